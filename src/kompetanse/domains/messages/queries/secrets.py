"""The secret address of a calendar: it names whose rows it opens, and chance that nobody guesses."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable

MOST_TENANTS = 20
_SHAPE = re.compile(r"(\d{1,18}(?:\.\d{1,18})*)-[A-Za-z0-9_-]{43}")


def new_secret(tenants: Iterable[int]) -> str:
    return ".".join(str(tenant) for tenant in sorted(tenants)) + "-" + secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def tenants_of(secret: str) -> frozenset[int]:
    """The tenants that a secret says it opens something in; none where it is no secret of ours."""
    found = _SHAPE.fullmatch(secret)
    tenants = [int(part) for part in found[1].split(".")] if found else []
    return frozenset(tenants) if len(tenants) <= MOST_TENANTS else frozenset()
