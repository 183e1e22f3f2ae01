"""Requirements that are not put to one person: a team, a ratio, the municipality as such. Decided in plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from kompetanse.domains.competence.types.collective import CollectiveState

SOON = timedelta(days=90)  # so long before it falls below what is needed, it is at risk
LARGEST_COUNT = 1000  # more children or users than any unit has
FOREVER = date.max


class Why(StrEnum):
    """What decided the answer."""

    ENOUGH = "enough"
    NOBODY = "nobody"
    TOO_FEW = "too_few"
    AWAY = "away"
    ENDS = "ends"
    UNCOUNTED = "uncounted"
    NONE_NEEDED = "none_needed"
    DISPENSED = "dispensed"
    ARRANGED = "arranged"


class Ending(StrEnum):
    """Why somebody does not hold it any more after a day."""

    EVIDENCE = "evidence"
    POST = "post"
    LEAVE = "leave"
    DISPENSATION = "dispensation"
    ARRANGEMENT = "arrangement"


@dataclass(frozen=True, slots=True)
class Until:
    """The last day that is sure, and what ends then. `ending` None: nothing that is known ends it."""

    day: date = FOREVER
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody whose post the requirement is put to, in one unit. `share`: whole posts filled there, leave apart."""

    holds: bool
    away: bool = False
    dispensed: bool = False
    share: Fraction = Fraction(1)
    until: Until = Until()

    @property
    def present(self) -> bool:
        return self.holds and not self.away

    @property
    def fills(self) -> Fraction:
        """What they fill of posts today: by competence, or by a dispensation."""
        return self.share if not self.away and (self.holds or self.dispensed) else Fraction(0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How it stands and what decided. `held` and `dispensed` are people in a team, whole posts in a ratio."""

    state: CollectiveState
    why: Why
    held: Fraction
    needed: int
    dispensed: Fraction = Fraction(0)
    until: Until = Until()

    @property
    def missing(self) -> Fraction:
        return max(Fraction(0), self.needed - self.held - self.dispensed)


def first_ending(*, ends: date | None, last_day: date | None, leaving: date | None, dispensed: bool = False) -> Until:
    """The earliest: the last day of evidence or dispensation, the last in the post, the day before a leave."""
    known = [
        (ends, Ending.DISPENSATION if dispensed else Ending.EVIDENCE),
        (last_day, Ending.POST),
        (leaving - timedelta(days=1) if leaving else None, Ending.LEAVE),
    ]
    return min((Until(day, ending) for day, ending in known if day), key=lambda it: it.day, default=Until())


def judge_team(members: Iterable[Member], needed: int, today: date) -> Verdict:
    """At least so many of those in the unit hold it. A dispensation is no competence, and counts for nothing here."""
    people = list(members)
    present = sorted((it for it in people if it.present), key=lambda it: it.until.day, reverse=True)
    away = sum(1 for it in people if it.holds and it.away)
    held = Fraction(len(present))
    if len(present) >= needed:
        critical = present[needed - 1].until if needed else Until()
        return _standing(held, needed, critical, today)
    if len(present) + away >= needed:
        return Verdict(CollectiveState.AT_RISK, Why.AWAY, held, needed)
    why = Why.TOO_FEW if present or away else Why.NOBODY
    return Verdict(CollectiveState.NOT_MET, why, held, needed)


def posts_needed(parts: Iterable[tuple[int, int]]) -> int:
    """Whole posts for (number, per how many): the parts are added exactly, and one more than fits asks for a whole
    post more."""
    total = sum((Fraction(number, per) for number, per in parts), Fraction(0))
    return -(-total.numerator // total.denominator)


def judge_ratio(parts: Sequence[tuple[int | None, int]], members: Iterable[Member], today: date) -> Verdict:
    """Whole posts filled against whole posts needed. A part that nobody has counted: not known."""
    people = list(members)
    held = sum((it.fills for it in people if it.holds), Fraction(0))
    dispensed = sum((it.fills for it in people if not it.holds), Fraction(0))
    counted = [(number, per) for number, per in parts if number is not None]
    if len(counted) < len(parts) or not parts:
        return Verdict(CollectiveState.UNKNOWN, Why.UNCOUNTED, held, 0, dispensed)
    needed = posts_needed(counted)
    if held + dispensed < needed:
        why = Why.TOO_FEW if held + dispensed else Why.NOBODY
        return Verdict(CollectiveState.NOT_MET, why, held, needed, dispensed)
    if not needed:
        return Verdict(CollectiveState.MET, Why.NONE_NEEDED, held, 0, dispensed)
    left, critical = held + dispensed, Until()
    for member in sorted(people, key=lambda it: it.until.day):
        left -= member.fills
        if left < needed:
            critical = member.until
            break
    return _standing(held, needed, critical, today, dispensed)


def judge_part(present: int, away: int, people: Until, arrangements: Sequence[Until], today: date) -> Verdict:
    """A part of what the municipality must have: somebody in a post, or an arrangement with others.

    `people`: until when somebody in a post surely stands there.
    """
    held = Fraction(present)
    standing = [*([people] if present else []), *arrangements]
    if standing:
        longest = max(standing, key=lambda it: it.day)
        if not present and longest.day > today + SOON:
            return Verdict(CollectiveState.MET, Why.ARRANGED, held, 1, until=longest)
        return _standing(held, 1, longest, today)
    if away:
        return Verdict(CollectiveState.AT_RISK, Why.AWAY, held, 1)
    return Verdict(CollectiveState.NOT_MET, Why.NOBODY, held, 1)


def _standing(held: Fraction, needed: int, critical: Until, today: date, dispensed: Fraction = Fraction(0)) -> Verdict:
    if critical.day <= today + SOON:
        return Verdict(CollectiveState.AT_RISK, Why.ENDS, held, needed, dispensed, critical)
    why = Why.DISPENSED if held < needed and dispensed else Why.ENOUGH
    return Verdict(CollectiveState.MET, why, held, needed, dispensed, critical)


_WORST = (CollectiveState.NOT_MET, CollectiveState.UNKNOWN, CollectiveState.AT_RISK, CollectiveState.MET)


def worst(states: Iterable[CollectiveState]) -> CollectiveState:
    """What a requirement with several places or parts is as a whole; met where there is none."""
    return min(states, key=_WORST.index, default=CollectiveState.MET)
