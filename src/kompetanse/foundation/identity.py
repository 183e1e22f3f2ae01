"""Identity numbers are used to match and never kept: only a keyed hash, useless without the key."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings


def fingerprint(identity_number: str) -> str:
    """64 hex digits for an identity number of 11 digits."""
    key = settings.IDENTITY_KEY.encode()
    return hmac.new(key, identity_number.encode(), hashlib.sha256).hexdigest()
