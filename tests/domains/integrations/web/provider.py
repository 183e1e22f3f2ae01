"""A login provider in a process of its own that misbehaves on request.

The authorization code says how: `<fault>.<nonce>`. With the fault `none` it behaves. The first line it
prints is its port.
"""

from __future__ import annotations

import base64
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

KEY = RSAKey.generate_key(2048, parameters={"kid": "ours", "use": "sig", "alg": "RS256"})
OTHER_KEY = RSAKey.generate_key(2048, parameters={"kid": "ours"})
CLIENT, SECRET = "kompetanse", "a-client-secret-of-some-length"

# What each fault does to the claims.
CLAIMS: dict[str, dict[str, Any]] = {
    "other_issuer": {"iss": "https://somebody.else.example"},
    "other_audience": {"aud": "another-client"},
    "audience_missing": {"aud": None},
    "two_audiences": {"aud": [CLIENT, "another-client"]},
    "other_party": {"aud": [CLIENT, "another-client"], "azp": "another-client"},
    "other_party_alone": {"azp": "another-client"},
    "expired": {"exp": -3600},
    "expiry_missing": {"exp": None},
    "expiry_is_text": {"exp": "tomorrow"},
    "expiry_is_true": {"exp": True},
    "issued_in_the_future": {"iat": +3600},
    "issued_long_ago": {"iat": -86400},
    "issued_missing": {"iat": None},
    "not_before_the_future": {"nbf": +3600},
    "other_nonce": {"nonce": "not-yours"},
    "nonce_missing": {"nonce": None},
    "subject_missing": {"sub": None},
    "subject_is_a_number": {"sub": 7},
}
BODIES = {"is_html": b"<html>proxy says hello</html>", "is_a_list": b"[]", "is_empty": b"", "is_null": b"null"}
OTHERS = [
    "signed_by_another", "not_signed", "signed_with_our_secret", "signed_with_the_public_key", "token_missing",
    "token_is_a_number", "token_is_noise", "userinfo_of_another", "userinfo_without_subject", "access_token_missing",
]  # fmt: skip
FAULTS = [
    *CLAIMS, *OTHERS,
    *(f"{place}_{how}" for place in ("token_answer", "userinfo_answer") for how in (*BODIES, "fails", "moves")),
]  # fmt: skip


def id_token(fault: str, nonce: str, issuer: str) -> object:
    now = time.time()
    claims: dict[str, Any] = {
        "iss": issuer, "aud": CLIENT, "sub": "kari", "nonce": nonce, "iat": int(now), "exp": int(now) + 300,
    }  # fmt: skip
    for name, value in CLAIMS.get(fault, {}).items():
        is_time = name in ("exp", "iat", "nbf") and type(value) is int
        claims[name] = int(now) + value if is_time else value
        if value is None:
            del claims[name]
    header = {"alg": "RS256", "kid": "ours"}
    if fault == "token_missing":
        return None
    if fault == "token_is_a_number":
        return 7
    if fault == "token_is_noise":
        return "not.a.token"
    if fault == "not_signed":
        parts = [{"alg": "none"}, claims]
        return (
            ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts) + "."
        )
    if fault == "signed_with_our_secret":
        return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))
    if fault == "signed_with_the_public_key":
        return jwt.encode({"alg": "HS256", "kid": "ours"}, claims, OctKey.import_key(KEY.as_pem(private=False)))
    return jwt.encode(header, claims, OTHER_KEY if fault == "signed_by_another" else KEY)


class Provider(BaseHTTPRequestHandler):
    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/.well-known/openid-configuration":
            self.say({
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "jwks_uri": f"{self.issuer}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            })  # fmt: skip
        elif path == "/keys":
            self.say({"keys": [KEY.as_dict(private=False)]})
        elif path == "/userinfo":
            fault = (self.headers["Authorization"] or "").removeprefix("Bearer ")
            subject = {"userinfo_of_another": "ola", "userinfo_without_subject": None}.get(fault, "kari")
            if not self.misbehave("userinfo_answer", fault):
                self.say({"sub": subject, "email": "kari@example.com", "email_verified": True})
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"] or 0)
        form = parse_qs(self.rfile.read(length).decode())
        fault, _, nonce = form["code"][0].partition(".")
        if self.misbehave("token_answer", fault):
            return
        answer = {"access_token": fault, "token_type": "Bearer", "id_token": id_token(fault, nonce, self.issuer)}
        if fault == "access_token_missing":
            del answer["access_token"]
        self.say(answer)

    def misbehave(self, place: str, fault: str) -> bool:
        how = fault.removeprefix(f"{place}_")
        if how == fault:
            return False
        if how == "fails":
            self.send_error(500)
        elif how == "moves":
            self.send_response(302)
            self.send_header("Location", f"{self.issuer}/elsewhere")
            self.end_headers()
        else:
            self.answer(BODIES[how])
        return True

    def say(self, value: object) -> None:
        self.answer(json.dumps(value).encode())

    def answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
