"""What happens next with a requirement: its last day, when it may be renewed, and what a renewal would give. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kompetanse.kernel.periods import add_months

from .status import Anchor, Proof, Renewal, Rulebook


class Occasion(StrEnum):
    """When somebody might renew."""

    TODAY = "today"
    WINDOW = "window"  # the first day on which the old last day is kept
    LAST_DAY = "last_day"
    AFTER = "after"  # the first day on which it counts as run out


@dataclass(frozen=True, slots=True)
class Renewed:
    """Renewed on a day, it would last to this one; None: without end."""

    occasion: Occasion
    day: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Ahead:
    """The last day there is today (None: without end, or nothing held), and what renewals would give."""

    held: bool
    last_day: date | None
    window_opens: date | None
    renewals: tuple[Renewed, ...]


def look_ahead(rulebook: Rulebook, requirement_id: int, proofs: Iterable[Proof], today: date) -> Ahead:
    """Reckon today's last day and what it would become if renewed today, in the window, on the last day and after."""
    known = [proof for proof in proofs if proof.completed_on <= today]
    held, end = _last_day(rulebook, requirement_id, known)
    renewal = rulebook.renewal(requirement_id)
    opens = window_opens(renewal, end)
    days = {Occasion.TODAY: today}
    if end is not None and end >= today:
        if opens is not None and opens > today:
            days[Occasion.WINDOW] = opens
        if end > today:
            days[Occasion.LAST_DAY] = end
        days[Occasion.AFTER] = end + timedelta(days=renewal.grace_days + 1)
    new = max((proof.evidence_id for proof in known), default=0) + 1
    renewals = tuple(
        Renewed(occasion, day, _last_day(rulebook, requirement_id, [*known, Proof(new, requirement_id, day)])[1])
        for occasion, day in days.items()
    )
    return Ahead(held, end, opens, () if held and end is None else renewals)


def window_opens(renewal: Renewal, end: date | None) -> date | None:
    """The first day on which a renewal keeps the old last day; None where it is always counted from completion."""
    keeps = renewal.anchor in (Anchor.PREVIOUS_EXPIRY, Anchor.FIXED_DATE)
    if end is None or renewal.interval_months is None or not keeps or not renewal.early_window_months:
        return None
    return add_months(end, -renewal.early_window_months)


def _last_day(rulebook: Rulebook, requirement_id: int, proofs: list[Proof]) -> tuple[bool, date | None]:
    best = max(rulebook.passes(requirement_id, proofs), key=lambda one: one.lasts, default=None)
    return best is not None, best.expires_on if best else None
