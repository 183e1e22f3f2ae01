"""Signing what others are to believe: compact JWS with Ed25519 (RFC 7515, 8037).

The key is worked out from the installation's identity key, which is kept for as long as the installation is, and is
the same on every machine. A new key is a new number here; what the old one signed is then no longer vouched for.
"""

from __future__ import annotations

import base64
import functools
import json
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

NUMBER = "1"


def sign(payload: dict[str, Any], *, key_address: str) -> str:
    """The payload as a signed word, the same each time; `key_address` is where the public key is to be read."""
    head = {"alg": "EdDSA", "typ": "JWT", "kid": key_address}
    signed = b".".join(
        _word(json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode()) for part in (head, payload)
    )
    return b".".join((signed, _word(_key(settings.IDENTITY_KEY).sign(signed)))).decode()


def public_key(key_address: str) -> dict[str, str]:
    """The public half, as a JSON Web Key."""
    raw = _key(settings.IDENTITY_KEY).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return {"kty": "OKP", "crv": "Ed25519", "x": _word(raw).decode(), "kid": key_address, "use": "sig", "alg": "EdDSA"}


@functools.cache
def _key(secret: str) -> Ed25519PrivateKey:
    told = f"kompetanse credentials {NUMBER}".encode()
    return Ed25519PrivateKey.from_private_bytes(
        HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=told).derive(secret.encode())
    )


def _word(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")
