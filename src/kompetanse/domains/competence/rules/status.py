"""What a person's evidence is worth on a day. Pure: the same facts give the same answer, whenever it is asked.

A *pass* is one evidence that counts for a requirement, directly or because it proves something that covers it.
All dates are whole days; the last day of validity is in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kompetanse.domains.competence.types import State
from kompetanse.kernel.periods import add_months

SOON = 90  # days before the last day from which a pass is said to run out


class Anchor(StrEnum):
    """What the next interval is counted from."""

    COMPLETION = "completion"
    PREVIOUS_EXPIRY = "previous_expiry"  # when renewed within the early window; else from completion


class ExpiryRule(StrEnum):
    """How a last day was found: the reason behind the date."""

    NONE = "none"
    STATED = "stated"  # the issuer says so
    INTERVAL = "interval"
    KEPT_DATE = "kept_date"  # renewed early: the new period runs from the old last day
    COVERING = "covering"  # what covers the requirement runs out first


@dataclass(frozen=True, slots=True)
class Renewal:
    """How often a requirement is renewed. `interval_months` None: never by itself."""

    interval_months: int | None = None
    anchor: Anchor | None = None
    early_window_months: int = 0


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

    def passes(self, requirement_id: int, proofs: Iterable[Proof]) -> list[Pass]:
        """The proofs that count for a requirement with their last days, in order of completion."""
        covering = self.covering(requirement_id)
        return self._passes(requirement_id, [p for p in proofs if p.requirement_id in covering], frozenset())

    def _passes(self, requirement_id: int, proofs: list[Proof], above: frozenset[int]) -> list[Pass]:
        if not proofs:
            return []
        found: dict[int, Pass] = {
            proof.evidence_id: Pass(proof, proof.valid_to, ExpiryRule.STATED if proof.valid_to else ExpiryRule.NONE)
            for proof in proofs
            if proof.requirement_id == requirement_id
        }
        if len(found) < len(proofs):
            above |= {requirement_id}
            for by in self.satisfied_by.get(requirement_id, ()):
                if by in above:
                    continue
                within = self.covering(by)
                counting = [p for p in proofs if p.requirement_id in within]
                for one in self._passes(by, counting, above):
                    # What covers a requirement counts for it only as long as it stands itself.
                    rule = ExpiryRule.NONE if one.expires_on is None else ExpiryRule.COVERING
                    carried = Pass(one.proof, one.expires_on, rule)
                    known = found.get(one.proof.evidence_id)
                    if known is None or known.lasts < carried.lasts:
                        found[one.proof.evidence_id] = carried
        ordered = sorted(found.values(), key=lambda p: (p.proof.completed_on, p.proof.evidence_id))
        return renew(self.renewals.get(requirement_id, Renewal()), ordered)

    def status(self, requirement_id: int, proofs: Iterable[Proof], today: date, *, on_leave: bool = False) -> Status:
        """The state on a day. Proofs completed after the day are not known to it."""
        covering = self.covering(requirement_id)
        done = [p for p in proofs if p.requirement_id in covering and p.completed_on <= today]
        passes = self._passes(requirement_id, done, frozenset())
        best = max(passes, key=lambda p: p.lasts) if passes else None
        beneath = state_of(best, today)
        return Status(State.ON_LEAVE if on_leave else beneath, beneath, best)


def renew(renewal: Renewal, passes: Sequence[Pass]) -> list[Pass]:
    """Put a requirement's own interval on passes that stand in order of completion.

    A pass lasts to the earliest of the day it is given and the end of the interval. Where the interval is
    counted from the old last day, the issuer's date may lie up to one early window beyond: the issuer may
    know an older certificate that we do not.
    """
    if renewal.interval_months is None:
        return list(passes)
    keeps = renewal.anchor is Anchor.PREVIOUS_EXPIRY
    previous: date | None = None
    result: list[Pass] = []
    for one in passes:
        day, rule = one.proof.completed_on, ExpiryRule.INTERVAL
        end = add_months(day, renewal.interval_months)
        if keeps:
            opens = add_months(previous, -renewal.early_window_months) if previous else None
            if previous and opens and opens <= day <= previous:
                end, rule = add_months(previous, renewal.interval_months), ExpiryRule.KEPT_DATE
            elif one.rule is ExpiryRule.STATED and one.expires_on:
                end = add_months(day, renewal.interval_months + renewal.early_window_months)
        if one.expires_on is not None and one.expires_on <= end:
            end, rule = one.expires_on, one.rule
        result.append(Pass(one.proof, end, rule))
        previous = end if previous is None else max(previous, end)
    return result


def state_of(best: Pass | None, today: date) -> State:
    """What the best pass is worth on a day."""
    if best is None:
        return State.MISSING
    if best.expires_on is None:
        return State.HELD
    left = (best.expires_on - today).days
    return State.EXPIRED if left < 0 else State.EXPIRING if left <= SOON else State.HELD


def is_away(leave_from: date | None, leave_to: date | None, today: date) -> bool:
    """On leave on the day; a leave without a last day is still going on."""
    return leave_from is not None and leave_from <= today and (leave_to is None or today <= leave_to)


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
