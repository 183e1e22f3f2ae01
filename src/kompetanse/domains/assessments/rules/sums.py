"""What a closed campaign comes to: standing words counted, never averaged. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

K = TypeVar("K")


@dataclass(slots=True)
class Tally:
    """How many stand at each of the four levels, and how many of them below what is wanted."""

    counts: list[int]
    below: int = 0

    def add(self, level: int, lowest: int | None) -> None:
        self.counts[level - 1] += 1
        self.below += lowest is not None and level < lowest


def tally(rows: Iterable[tuple[K, int, int | None]]) -> dict[K, Tally]:
    """Rows of (what to count by, level, lowest wanted), counted."""
    found: dict[K, Tally] = {}
    for key, level, lowest in rows:
        found.setdefault(key, Tally([0, 0, 0, 0])).add(level, lowest)
    return found
