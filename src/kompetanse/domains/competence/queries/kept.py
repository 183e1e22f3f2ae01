"""Reading what is kept ready: statuses of people, and sums over them. Always right for the day that is asked.

Where a day has come on which somebody's status turns, or the register has changed, the database reckons anew for
those it concerns instead of trusting what is kept; see models/keeping_statements.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from kompetanse.domains.competence.rules.status import NUMBERS
from kompetanse.domains.competence.types import State


@dataclass(frozen=True, slots=True)
class KeptStatus:
    """How one requirement stands for one person in one unit. `ends`: the last day of the best evidence."""

    tenant_id: int
    employee_id: int
    unit_id: int
    requirement_id: int
    state: State
    beneath: State
    ends: date | None
    evidence_id: int | None
    target_id: int | None
    since: date


OF_PEOPLE = """
    SELECT t.tenant_id, s.* FROM unnest(%(tenants)s::bigint[]) t(tenant_id)
    CROSS JOIN LATERAL competence_statuses_of(t.tenant_id, %(who)s::bigint[], %(day)s) s
"""


def statuses_of(tenants: Iterable[int], employees: Iterable[int], today: date) -> list[KeptStatus]:
    """Every status of these people. One query."""
    told = {"tenants": sorted(set(tenants)), "who": sorted(set(employees)), "day": today}
    return [
        KeptStatus(tenant, who, unit, key, NUMBERS[state], NUMBERS[beneath], *rest)
        for tenant, who, unit, key, state, beneath, *rest in _rows(OF_PEOPLE, told)
    ]


@dataclass(slots=True)
class Sums:
    """How people stand to requirements. Those on leave and dispensed are counted apart."""

    held: int = 0
    expiring: int = 0
    expired: int = 0
    lacking: int = 0
    on_leave: int = 0
    dispensed: int = 0

    @property
    def missing(self) -> int:
        """Never had, or had and ran out: what somebody must do something about."""
        return self.expired + self.lacking

    @property
    def required(self) -> int:
        return self.held + self.expiring + self.missing + self.dispensed

    def count(self, state: State) -> None:
        """One person more in a state."""
        name = "lacking" if state is State.MISSING else state.value
        setattr(self, name, getattr(self, name) + 1)

    def add(self, other: Sums) -> None:
        self.held += other.held
        self.expiring += other.expiring
        self.expired += other.expired
        self.lacking += other.lacking
        self.on_leave += other.on_leave
        self.dispensed += other.dispensed


# Where nothing has turned the sums are read as they stand, and the second part is not carried out at all.
_STANDING = """
    WITH turned AS MATERIALIZED (SELECT tenant_id FROM competence_turned(%(tenants)s::bigint[], %(day)s))
    SELECT {keys}, {sums} FROM (
        SELECT tenant_id, unit_id, requirement_id, held, expiring, expired, missing, on_leave, dispensed
        FROM competence_cell
        WHERE tenant_id = ANY (%(tenants)s::bigint[]) AND tenant_id NOT IN (SELECT tenant_id FROM turned)
        UNION ALL
        SELECT t.tenant_id, s.unit_id, s.requirement_id, (s.state = 1)::int, (s.state = 2)::int, (s.state = 3)::int,
               (s.state = 4)::int, (s.state = 5)::int, (s.state = 6)::int
        FROM turned t CROSS JOIN LATERAL competence_statuses(t.tenant_id, %(day)s) s
    ) cells
    {where}
    GROUP BY {keys} HAVING sum(held + expiring + expired + missing + on_leave + dispensed) > 0
"""
_SUMMED = ", ".join(f"sum({name})::int" for name in ("held", "expiring", "expired", "missing", "on_leave", "dispensed"))
BY_UNIT = _STANDING.format(keys="unit_id, requirement_id", sums=_SUMMED, where="")
IN_UNITS = _STANDING.format(
    keys="unit_id, requirement_id", sums=_SUMMED, where="WHERE unit_id = ANY (%(units)s::bigint[])"
)
BY_MUNICIPALITY = _STANDING.format(keys="tenant_id, requirement_id", sums=_SUMMED, where="")


def sums_by_unit(tenants: Iterable[int], today: date, units: Iterable[int] | None = None) -> dict[int, dict[int, Sums]]:
    """Unit → requirement → how its people stand; `units` narrows. One query."""
    told: dict[str, Any] = {"tenants": sorted(set(tenants)), "day": today}
    if units is not None:
        told["units"] = sorted(set(units))
    return _sums(BY_UNIT if units is None else IN_UNITS, told)


def sums_by_municipality(tenants: Iterable[int], today: date) -> dict[int, dict[int, Sums]]:
    """Municipality → requirement → how its people stand. One query."""
    return _sums(BY_MUNICIPALITY, {"tenants": sorted(set(tenants)), "day": today})


def _sums(statement: str, told: dict[str, Any]) -> dict[int, dict[int, Sums]]:
    found: dict[int, dict[int, Sums]] = {}
    for place, requirement, *counts in _rows(statement, told):
        found.setdefault(place, {})[requirement] = Sums(*counts)
    return found


def _rows(statement: str, told: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
