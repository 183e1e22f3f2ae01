"""What a round decides in plain Python."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

SECTOR_DEPTH = 2  # the municipality, then its sectors


def starts_at_sector(path: Sequence[int]) -> bool:
    """Does a need of this unit go by a leader above it? A sector's own needs, and the municipality's, do not."""
    return len(path) > SECTOR_DEPTH


def people_of(parts: Iterable[int | None]) -> int | None:
    """How many the parts are together, as far as is known."""
    known = [people for people in parts if people is not None]
    return sum(known) if known else None


def seal(listed: Iterable[tuple[int, int | None]]) -> str:
    """What an approver has seen, as a short word: the needs on the list and their people, whatever their order."""
    told = ";".join(f"{need}:{people}" for need, people in sorted(listed, key=lambda it: it[0]))
    return hashlib.sha256(told.encode()).hexdigest()[:16]
