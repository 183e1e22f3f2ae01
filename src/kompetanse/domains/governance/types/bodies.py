"""A body with its rules, as its page shows them. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse.domains.organisation.types import BodyRow, RulingRow, SeatRow


@dataclass(frozen=True, slots=True)
class BodyPage:
    body: BodyRow
    name: str
    above: str
    seats: tuple[SeatRow, ...]
    left: frozenset[int]  # seats whose municipality is not in the region
    rulings: tuple[RulingRow, ...]
    bodies: tuple[tuple[int, str], ...]  # those that may stand above
    numbers: tuple[tuple[int, int], ...]  # (year, last case number drawn), newest first
    may_rule: bool
    may_prepare: bool
    year: int
    has_cases: bool  # this year
