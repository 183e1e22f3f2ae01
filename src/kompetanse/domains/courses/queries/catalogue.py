"""The catalogue: runs sought among many, a page at a time, and what happens in a month."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .. import rules
from ..permissions import Right
from ..types import (
    STANDING,
    CatalogueFilter,
    CataloguePage,
    CatalogueRow,
    CourseForm,
    RunStatus,
    SignupStatus,
)

SIZE = 50
# Each of the tenants in sight gives its first ones in order, from an index; of those the first are taken.
CATALOGUE = """
    SELECT r.id, r.title, r.place, coalesce(t.name, ''), r.starts_at, r.ends_at, r.form, r.deadline, r.status,
           r.min_seats, r.max_seats, r.seats_taken, own.status
      FROM unnest(%s::bigint[]) AS owner (id)
     CROSS JOIN LATERAL (
           SELECT r.*, c.form, c.municipality_id
             FROM courses_run r
             JOIN allowed ON allowed.id = r.id
             JOIN courses_runcontent c ON c.tenant_id = r.tenant_id AND c.run_id = r.id
            WHERE r.tenant_id = owner.id {narrowed}
            ORDER BY r.starts_at, r.id LIMIT %s) r
      LEFT JOIN foundation_tenant t ON t.id = r.municipality_id
      LEFT JOIN (SELECT s.region_id, s.run_id, max(s.status) AS status
                   FROM courses_signup s
                   JOIN organisation_employee e ON e.tenant_id = s.tenant_id AND e.id = s.employee_id
                  WHERE e.person_id = %s AND s.status = ANY(%s)
                  GROUP BY s.region_id, s.run_id) own ON own.region_id = r.tenant_id AND own.run_id = r.id
     ORDER BY r.starts_at, r.id LIMIT %s
"""
SESSIONS = """
    SELECT r.id, r.title, coalesce(nullif(s.place, ''), r.place), '', s.starts_at, s.ends_at, c.form, r.deadline,
           r.status, r.min_seats, r.max_seats, r.seats_taken, NULL
      FROM courses_session s
      JOIN courses_run r ON r.tenant_id = s.tenant_id AND r.id = s.run_id
      JOIN allowed ON allowed.id = r.id
      JOIN courses_runcontent c ON c.tenant_id = r.tenant_id AND c.run_id = r.id
     WHERE s.starts_at < %s AND s.ends_at > %s AND r.status <> 'cancelled'
     ORDER BY s.starts_at, s.id LIMIT %s
"""
# The beginning of a word in any inflection, or anywhere in the name: compounds hide words within them.
WORDED = "(c.search @@ to_tsquery('norwegian', %s) OR position(upper(%s) IN upper(r.title)) > 0)"
WORD = re.compile(r"\w+")
REFERENCE = re.compile(r"\s*KURS-(\d{1,18})\s*", re.IGNORECASE)


@query
def find_runs(
    ctx: Context, *, sought: CatalogueFilter, after: tuple[datetime, int] | None = None, size: int = SIZE
) -> CataloguePage:
    """A page of the runs the actor may see, by time, after the one that `after` points to. One query.

    Every word must be found: as the beginning of a word in what the run says of itself, in any inflection, or
    anywhere in its name. A run's reference gives that run.
    """
    rows = _rows(ctx, *_narrowed(ctx, sought, after), size + 1)
    more = len(rows) > size
    rows = rows[:size]
    return CataloguePage(tuple(rows), (rows[-1].starts_at, rows[-1].id) if more else None)


@query
def list_month(ctx: Context, *, first: date, last: date, most: int = 1000) -> list[CatalogueRow]:
    """The sessions of runs between two days, both in, by time, each as a row of its own with its time and place.

    Runs that are called off are left out. One query.
    """
    begins, ends = _begins(first), _begins(last + timedelta(days=1))
    return _as_rows(access.select(ctx, Right.RUN_READ, SESSIONS, ends, begins, most))


def rows_of_course(ctx: Context, course_id: int, most: int = 5) -> list[CatalogueRow]:
    """The coming runs of a template that the actor may see, by time. One query."""
    told = " AND c.course_id = %s AND r.ends_at >= %s AND r.status <> 'cancelled'"
    return _rows(ctx, told, [course_id, ctx.now], most)


def _narrowed(ctx: Context, sought: CatalogueFilter, after: tuple[datetime, int] | None) -> tuple[str, list[Any]]:
    """What narrows, in SQL: only what is asked for is said, so that the database plans for that."""
    reference = REFERENCE.fullmatch(sought.text)
    if reference:
        return " AND r.id = %s", [int(reference[1])]
    parts: list[tuple[str, tuple[Any, ...]]] = []
    if not sought.earlier:
        parts.append(("r.ends_at >= %s AND r.status <> 'cancelled'", (ctx.now,)))
    parts += [(WORDED, (f"{word}:*", word)) for word in WORD.findall(sought.text)[:8]]
    if sought.place:
        parts.append(("starts_with(upper(r.place), upper(%s))", (sought.place,)))
    if sought.municipality_id is not None:
        parts.append(("c.municipality_id = %s", (sought.municipality_id,)))
    if sought.form is not None:
        parts.append(("c.form = %s", (sought.form.value,)))
    if sought.requirement_code:
        parts.append(("c.requirement_code = %s", (sought.requirement_code,)))
    if sought.measure_id is not None:
        parts.append(("r.measure_id = %s", (sought.measure_id,)))
    if sought.free_seats:
        parts.append(("r.status = 'open' AND r.seats_taken < r.max_seats", ()))
    if sought.from_day is not None:
        parts.append(("r.ends_at >= %s", (_begins(sought.from_day),)))
    if sought.to_day is not None:
        parts.append(("r.starts_at < %s", (_begins(sought.to_day + timedelta(days=1)),)))
    if after is not None:
        parts.append(("(r.starts_at, r.id) > (%s, %s)", after))
    return "".join(f" AND {part}" for part, _ in parts), [value for _, values in parts for value in values]


def _begins(day: date) -> datetime:
    """When a day begins in Norway."""
    return datetime.combine(day, time(), rules.NORWAY)


def _rows(ctx: Context, narrowed: str, values: list[Any], most: int) -> list[CatalogueRow]:
    statement = CATALOGUE.format(narrowed=narrowed)
    found = access.select(
        ctx, Right.RUN_READ, statement, sorted(ctx.tenants), *values, most, ctx.actor.person_id, sorted(STANDING), most
    )
    return _as_rows(found)


def _as_rows(found: list[tuple[Any, ...]]) -> list[CatalogueRow]:
    return [
        CatalogueRow(
            key, title, place, town, starts, ends, CourseForm(form), deadline, RunStatus(status), least, seats, taken,
            SignupStatus(mine) if mine else None,
        )
        for key, title, place, town, starts, ends, form, deadline, status, least, seats, taken, mine in found
    ]  # fmt: skip
