"""What an inspection asks for, as of any day; and what the coming years will take away if nobody does anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from kompetanse.domains.competence.models import Evidence
from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.rules.status import NUMBERS
from kompetanse.domains.competence.types import (
    ForecastPage,
    ForecastRow,
    LackRow,
    ReportRow,
    SourceType,
    StatutoryReport,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound
from kompetanse.kernel.periods import add_months

from .collective import Sight, collective_rows
from .kept import Sums
from .register import Register, read_register
from .report_statements import AS_KNOWN_NOW, AS_KNOWN_THEN, FORECAST, STATED

OSLO = ZoneInfo("Europe/Oslo")
LAW = frozenset({SourceType.ACT, SourceType.REGULATION})
EARLIEST, LATEST = 62, 67  # ages from which, and at which, people usually leave with a pension


@dataclass(frozen=True, slots=True)
class _Place:
    tenant_id: int
    name: str
    within: list[int]


def _place(ctx: Context, tenant_id: int, unit_id: int | None) -> _Place:
    """The municipality or unit that is asked about. Raises NotFound or Refused."""
    if tenant_id not in ctx.tenants:
        raise NotFound()
    access.require(ctx, Right.REPORT_READ, Evidence(tenant_id=tenant_id))
    rows = organisation.list_municipalities(frozenset({tenant_id}))
    if not rows:
        raise NotFound()
    if unit_id is None:
        return _Place(tenant_id, rows[0].name, [])
    unit = organisation.get_unit(ctx, unit_id=unit_id)
    if unit.tenant_id != tenant_id:
        raise NotFound()
    return _Place(tenant_id, f"{unit.name}, {rows[0].name}", [unit_id])


def tenants_to_report(ctx: Context) -> frozenset[int]:
    """The tenants in sight whose numbers the actor may see. No query."""
    return frozenset(
        tenant_id
        for tenant_id in ctx.tenants
        if access.answer(ctx.actor, Right.REPORT_READ, Evidence(tenant_id=tenant_id))
    )


@query
def get_statutory_report(
    ctx: Context,
    *,
    tenant_id: int,
    unit_id: int | None = None,
    day: date | None = None,
    as_known_then: bool = False,
    only_law: bool = True,
) -> StatutoryReport:
    """How a municipality or a unit stood to the requirements on a day: counts of people, and who lacked what.

    `as_known_then`: by what had been recorded when that day ended. Names are for those who may read them; others
    who may see the report (chief executive) get counts. `only_law`: acts and regulations alone. What is not put to one
    person stands apart, by what is known now. Raises NotFound or Refused.
    """
    place = _place(ctx, tenant_id, unit_id)
    day = min(day or ctx.today, ctx.today)
    register = read_register(day)
    source = AS_KNOWN_THEN if as_known_then else AS_KNOWN_NOW
    known = datetime.combine(day + timedelta(days=1), time(), tzinfo=OSLO)
    told = {"tenant": tenant_id, "day": day, "within": place.within, "known": known}
    named = bool(access.answer(ctx.actor, Right.REPORT_NAMES, Evidence(tenant_id=tenant_id)))
    sums: dict[int, Sums] = {}
    lacking: dict[int, list[LackRow]] = {}
    for key, number, ends, name, unit, who in _ask(STATED.format(source=source), told):
        state = NUMBERS[number]
        one = sums.setdefault(key, Sums())
        one.count(state)
        if named and state.is_gap:
            lacking.setdefault(key, []).append(LackRow(who, name, unit, state, ends))
    rows = [
        _report_row(register, key, sums[key], lacking.get(key, []))
        for key, row in register.rows.items()
        if key in sums and (not only_law or row.source_type in LAW)
    ]
    sight = Sight(tenant_id, day, named, whole=unit_id is None, within=place.within)
    together = [row for _, row in collective_rows(sight) if not only_law or row.requirement.source_type in LAW]
    return StatutoryReport(
        tenant_id, unit_id, place.name, day, as_known_then, only_law, named, tuple(rows), ctx.now, tuple(together)
    )


def _report_row(register: Register, key: int, one: Sums, lacking: list[LackRow]) -> ReportRow:
    row = register.rows[key]
    return ReportRow(
        row, one.required, one.held, one.expiring, one.expired, one.lacking, one.on_leave, one.dispensed,
        tuple(lacking),
    )  # fmt: skip


@query
def get_forecast(ctx: Context, *, tenant_id: int, months: int = 12) -> ForecastPage:
    """A municipality's requirements so many months ahead if nobody renews, hires or trains. Raises NotFound, Refused.

    Three queries. What it rests on is told in words with it: evidence that runs out, posts with a last day, leaves
    with a last day, rules with a first day, and the age people reach that year; nothing is guessed.
    """
    place = _place(ctx, tenant_id, None)
    later = add_months(ctx.today, months)
    told = {
        "tenant": tenant_id, "today": ctx.today, "later": later, "year": later.year, "earliest": EARLIEST,
        "latest": LATEST,
    }  # fmt: skip
    found = {row[0]: row[1:] for row in _ask(FORECAST, told)}
    register = read_register(ctx.today)
    rows = [ForecastRow(register.rows[key], *found[key]) for key in register.rows if key in found]
    rows.sort(key=lambda row: (row.covered_then - row.covered_now, -row.required_then))
    return ForecastPage(tenant_id, place.name, months, later, tuple(rows))


def _ask(statement: str, told: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
