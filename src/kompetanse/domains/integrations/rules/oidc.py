"""What must hold of a login provider's answer before anybody is let in. Plain Python on a vetted JOSE library.

OpenID Connect Core 1.0, sections 3.1.3.7 (id_token) and 5.3.2 (userinfo). Nothing is left to a default:
the signature is always verified, and only with algorithms where the provider alone can sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

# Asymmetric only: with HS256 our own client secret could sign, and `none` is no signature at all.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
LEEWAY = 60  # seconds two clocks may differ
OLDEST = 600  # seconds since the token was made; the whole round trip takes a few


class UntrustedAnswer(Exception):
    """The provider's answer does not hold. The text is for the log; the person is told to try again."""


def verify_id_token(
    token: object, *, keys: object, issuer: str, client_id: str, nonce: str, now: float
) -> dict[str, Any]:
    """The claims of an id_token that holds. `keys` is the provider's JWK set, `now` seconds since 1970.

    Raises UntrustedAnswer on any doubt.
    """
    if not isinstance(token, str) or not token:
        raise UntrustedAnswer("no id_token")
    try:
        key_set = KeySet.import_key_set(keys)  # type: ignore[arg-type]
        claims: object = jwt.decode(token, key_set, algorithms=ALGORITHMS).claims
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise UntrustedAnswer(f"signature: {error}") from error
    if not isinstance(claims, dict):
        raise UntrustedAnswer("the claims are not an object")
    _require(claims.get("iss") == issuer, "iss is not the provider")
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience
    _require(isinstance(audiences, list) and client_id in audiences, "aud is not us")
    assert isinstance(audiences, list)
    party = claims.get("azp")
    _require(party is None or party == client_id, "azp is not us")
    _require(len(audiences) == 1 or party == client_id, "several aud and no azp")
    expires, issued = _seconds(claims, "exp"), _seconds(claims, "iat")
    _require(now < expires + LEEWAY, "exp has passed")
    _require(issued < now + LEEWAY, "iat is in the future")
    _require(issued > now - OLDEST, "iat is too old")
    if "nbf" in claims:
        _require(_seconds(claims, "nbf") < now + LEEWAY, "nbf is in the future")
    _require(bool(nonce) and claims.get("nonce") == nonce, "nonce is not ours")
    subject = claims.get("sub")
    _require(isinstance(subject, str) and 0 < len(subject) <= 255, "no sub")
    return claims


def verify_userinfo(userinfo: object, claims: Mapping[str, Any]) -> dict[str, Any]:
    """The userinfo, if it is about the same person as the id_token. Raises UntrustedAnswer."""
    if not isinstance(userinfo, dict):
        raise UntrustedAnswer("userinfo is not an object")
    _require(isinstance(userinfo.get("sub"), str), "userinfo has no sub")
    _require(userinfo["sub"] == claims["sub"], "userinfo is about somebody else")
    return userinfo


def _seconds(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e12:
        raise UntrustedAnswer(f"{name} is not a time")
    return float(value)


def _require(holds: bool, why: str) -> None:
    if not holds:
        raise UntrustedAnswer(why)
