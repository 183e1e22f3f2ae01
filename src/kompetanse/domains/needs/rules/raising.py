"""Which needs the system suggests. It tells nobody's need by itself: a person confirms each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from kompetanse.domains.needs.types import LEAST_PEOPLE, MOST_PEOPLE, ProposalCause, ProposalRow


def is_declined(row: ProposalRow, declined: Collection[tuple[int, int | None, str, str, date | None]]) -> bool:
    """Has somebody said no to just this? Another version of the requirement is suggested anew."""
    return (row.tenant_id, row.unit_id, row.requirement_code, row.cause.value, row.valid_from) in declined


def propose(found: Iterable[ProposalRow], told: Collection[tuple[int, int | None, str]]) -> list[ProposalRow]:
    """What is not told already, the most people first; at most one for each place and requirement.

    `told` are standing needs as municipality, unit and requirement. What runs out is asked for before what is new.
    """
    best: dict[tuple[int, int | None, str], ProposalRow] = {}
    for row in found:
        key = (row.tenant_id, row.unit_id, row.requirement_code)
        if key in told or (row.people is not None and not LEAST_PEOPLE <= row.people <= MOST_PEOPLE):
            continue
        other = best.get(key)
        if other is None or (row.cause is ProposalCause.EXPIRY and other.cause is not ProposalCause.EXPIRY):
            best[key] = row
    return sorted(best.values(), key=lambda row: (-(row.people or 0), row.place, row.title, row.unit_id or 0))
