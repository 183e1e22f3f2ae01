"""Whom a campaign asks. Plain Python."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol


class Post(Protocol):
    """What a target group asks of a post."""

    @property
    def unit_path(self) -> tuple[int, ...]: ...
    @property
    def sector(self) -> str: ...
    @property
    def position_title(self) -> str: ...
    @property
    def leave_from(self) -> date | None: ...
    @property
    def leave_to(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Group:
    """Within each kind one hit is enough; each kind that is named must hit. Nothing named: everybody."""

    units: frozenset[int] = frozenset()
    sectors: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()

    @classmethod
    def of(cls, units: Iterable[int], sectors: Iterable[str], titles: Iterable[str]) -> Group:
        return cls(frozenset(units), _folded(sectors), _folded(titles))

    def takes(self, post: Post, today: date) -> bool:
        """Is whoever holds this post asked? Those on leave are asked when they are back."""
        if post.leave_from and post.leave_from <= today and (post.leave_to is None or today <= post.leave_to):
            return False
        return (
            (not self.units or not self.units.isdisjoint(post.unit_path))
            and (not self.sectors or post.sector.strip().casefold() in self.sectors)
            and (not self.titles or post.position_title.strip().casefold() in self.titles)
        )


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.strip().casefold() for word in words if word.strip())


def is_complete(asked: Collection[int], answered: Collection[int]) -> bool:
    """Everything that is asked has its answer; nothing asked is nothing answered."""
    return bool(asked) and set(asked) <= set(answered)


def reminder_due(starts_on: date, ends_on: date, today: date) -> str:
    """The cause of a reminder that is due on the day, or nothing: halfway (in long campaigns), and the last week.

    A cause is used once for each person, so a day that is missed is made up for on the next.
    """
    if not starts_on <= today <= ends_on:
        return ""
    if (ends_on - today).days <= 7 and today > starts_on:
        return "last-week"
    length = (ends_on - starts_on).days
    return "halfway" if length >= 21 and (today - starts_on).days * 2 >= length else ""
