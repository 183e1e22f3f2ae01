"""What a person's evidence is worth on a day. Pure: the same facts give the same answer, whenever it is asked.

A *pass* is one evidence that counts for a requirement, directly or because it proves something that covers it.
All dates are whole days; the last day of validity is in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kompetanse.domains.competence.types import State
from kompetanse.kernel.periods import add_months

# How the database keeps a state.
NUMBERS = {
    1: State.HELD, 2: State.EXPIRING, 3: State.EXPIRED, 4: State.MISSING, 5: State.ON_LEAVE, 6: State.DISPENSED,
}  # fmt: skip
SOON = 90  # days before the last day from which a pass is said to run out


class Anchor(StrEnum):
    """What the next interval is counted from."""

    COMPLETION = "completion"
    PREVIOUS_EXPIRY = "previous_expiry"  # when renewed within the early window; else from completion
    FIXED_DATE = "fixed_date"  # everybody's runs out on the same day of the year


class ExpiryRule(StrEnum):
    """How a last day was found: the reason behind the date."""

    NONE = "none"
    STATED = "stated"  # the issuer says so
    INTERVAL = "interval"
    KEPT_DATE = "kept_date"  # renewed early: the new period runs from the old last day
    FIXED_DATE = "fixed_date"  # everybody's runs out on that day of the year
    COVERING = "covering"  # what covers the requirement runs out first


@dataclass(frozen=True, slots=True)
class Renewal:
    """How often a requirement is renewed. `interval_months` None: never by itself."""

    interval_months: int | None = None
    anchor: Anchor | None = None
    early_window_months: int = 0
    grace_days: int = 0
    fixed_month: int | None = None
    fixed_day: int | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """An evidence: what it proves, when it was completed, and the last day its issuer gives it."""

    evidence_id: int
    requirement_id: int
    completed_on: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Pass:
    """An evidence as it counts for one requirement: its last day (None: without end), how found, and through what."""

    proof: Proof
    expires_on: date | None
    rule: ExpiryRule

    @property
    def lasts(self) -> tuple[bool, date, date, int]:
        """For finding the pass that lasts longest; the latest completed on ties."""
        return (
            self.expires_on is None,
            self.expires_on or date.max,
            self.proof.completed_on,
            self.proof.evidence_id,
        )


@dataclass(frozen=True, slots=True)
class Status:
    """The state of one requirement for one person. `beneath`: what it would be if the person were not on leave."""

    state: State
    beneath: State
    best: Pass | None = None

    @property
    def expires_on(self) -> date | None:
        return self.best.expires_on if self.best else None


class Rulebook:
    """Renewal and equivalences of a whole register, made ready once for many people.

    `satisfied_by[a]` holds what counts for a, in one step; longer ways are followed here. A circle in it is
    harmless (each requirement is visited once), but `load_register` refuses it, see `find_circle`.
    """

    def __init__(self, renewals: Mapping[int, Renewal], satisfied_by: Mapping[int, Sequence[int]]) -> None:
        self.renewals = renewals
        self.satisfied_by = satisfied_by
        self._covering = {requirement: closure(satisfied_by, requirement) for requirement in renewals}

    def covering(self, requirement_id: int) -> frozenset[int]:
        """Every requirement whose evidence counts for this one, itself included."""
        return self._covering.get(requirement_id, frozenset({requirement_id}))

    def renewal(self, requirement_id: int) -> Renewal:
        return self.renewals.get(requirement_id, Renewal())

    def passes(self, requirement_id: int, proofs: Iterable[Proof]) -> list[Pass]:
        """The proofs that count for a requirement with their last days, in order of completion.

        What covers a requirement counts for it as long as it stands by its own rule, and no longer than the
        requirement's rule says.
        """
        held = list(proofs)
        found: list[Pass] = []
        for by in self.covering(requirement_id):
            direct = _direct(held, by)
            if by == requirement_id:
                found += direct
            else:
                found += [
                    Pass(one.proof, one.expires_on, ExpiryRule.COVERING if one.expires_on else ExpiryRule.NONE)
                    for one in renew(self.renewal(by), direct)
                ]
        return renew(self.renewal(requirement_id), sorted(found, key=_in_order))

    def status(
        self,
        requirement_id: int,
        proofs: Iterable[Proof],
        today: date,
        *,
        on_leave: bool = False,
        dispensed: bool = False,
    ) -> Status:
        """The state on a day. Proofs completed after the day are not known to it."""
        passes = self.passes(requirement_id, [proof for proof in proofs if proof.completed_on <= today])
        best = max(passes, key=lambda p: p.lasts) if passes else None
        beneath = state_of(best, today, self.renewal(requirement_id).grace_days)
        if on_leave:
            return Status(State.ON_LEAVE, beneath, best)
        if dispensed and beneath in (State.EXPIRED, State.MISSING):
            return Status(State.DISPENSED, beneath, best)
        return Status(beneath, beneath, best)


def _direct(proofs: Iterable[Proof], requirement_id: int) -> list[Pass]:
    """The evidence of one requirement as its issuer tells it, in order of completion."""
    found = [
        Pass(proof, proof.valid_to, ExpiryRule.STATED if proof.valid_to else ExpiryRule.NONE)
        for proof in proofs
        if proof.requirement_id == requirement_id
    ]
    return sorted(found, key=_in_order)


def _in_order(one: Pass) -> tuple[date, int]:
    return (one.proof.completed_on, one.proof.evidence_id)


def renew(renewal: Renewal, passes: Sequence[Pass]) -> list[Pass]:
    """Put a requirement's own interval on passes that stand in order of completion.

    A pass lasts to the earliest of the day it is given and the end of the interval. Where the interval is
    counted from the old last day, the issuer's date may lie up to one early window beyond: the issuer may
    know an older certificate that we do not.
    """
    if renewal.interval_months is None:
        return list(passes)
    previous: date | None = None
    result: list[Pass] = []
    for one in passes:
        end, rule = _interval_end(renewal, one, previous)
        if one.expires_on is not None and one.expires_on <= end:
            end, rule = one.expires_on, one.rule
        result.append(Pass(one.proof, end, rule))
        previous = end if previous is None else max(previous, end)
    return result


def _interval_end(renewal: Renewal, one: Pass, previous: date | None) -> tuple[date, ExpiryRule]:
    """The end of the interval that a pass opens, before the day the issuer may have given."""
    day, months, early = one.proof.completed_on, renewal.interval_months or 0, renewal.early_window_months
    if renewal.anchor is Anchor.FIXED_DATE:
        return fixed_day(day, renewal), ExpiryRule.FIXED_DATE
    if renewal.anchor is Anchor.PREVIOUS_EXPIRY:
        if previous is not None and add_months(previous, -early) <= day <= previous + timedelta(
            days=renewal.grace_days
        ):
            return add_months(previous, months), ExpiryRule.KEPT_DATE
        if one.proof.valid_to is not None:
            return add_months(day, months + early), ExpiryRule.INTERVAL
    return add_months(day, months), ExpiryRule.INTERVAL


def fixed_day(day: date, renewal: Renewal) -> date:
    """The latest fixed day within the interval; the interval's own end where there is none.

    Done within the early window before a fixed day, the period runs from that day.
    """
    months, early = renewal.interval_months or 0, renewal.early_window_months
    month, of_month = renewal.fixed_month or 12, renewal.fixed_day or 28
    limit = add_months(day, months)
    upcoming = date(day.year, month, of_month)
    if upcoming < day:
        upcoming = date(day.year + 1, month, of_month)
    if early and add_months(upcoming, -early) <= day:
        return add_months(upcoming, months)
    latest = date(limit.year, month, of_month)
    if latest > limit:
        latest = date(limit.year - 1, month, of_month)
    return latest if latest > day else limit


def state_of(best: Pass | None, today: date, grace_days: int = 0) -> State:
    """What the best pass is worth on a day."""
    if best is None:
        return State.MISSING
    if best.expires_on is None:
        return State.HELD
    left = (best.expires_on - today).days
    return State.EXPIRED if left < -grace_days else State.EXPIRING if left <= SOON else State.HELD


def closure(satisfied_by: Mapping[int, Sequence[int]], requirement_id: int) -> frozenset[int]:
    """The requirement and everything that counts for it, however many steps away."""
    seen = {requirement_id}
    waiting = [requirement_id]
    while waiting:
        for by in satisfied_by.get(waiting.pop(), ()):
            if by not in seen:
                seen.add(by)
                waiting.append(by)
    return frozenset(seen)


def find_circle(satisfied_by: Mapping[int, Sequence[int]]) -> int | None:
    """A requirement that would come to count for itself through others; None when there is none."""
    for requirement_id in sorted(satisfied_by):
        if any(requirement_id in closure(satisfied_by, by) for by in satisfied_by[requirement_id]):
            return requirement_id
    return None
