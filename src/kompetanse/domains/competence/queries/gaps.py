"""Many people: a unit's matrix, and the gaps per unit × requirement. A handful of queries, whatever the size."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.types import (
    Cell,
    DueRow,
    GapRow,
    MatrixColumn,
    MatrixRow,
    OverviewPage,
    State,
    UnitGapRow,
    UnitMatrix,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import PlaceRow, StaffRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .duties import list_duties
from .kept import KeptStatus, Sums, statuses_of, sums_by_unit
from .leave import leave_warnings
from .mapping import count_waiting
from .register import Register, read_register

DUE_WITHIN = 180  # days ahead that a leader is shown

People = dict[int, dict[int, KeptStatus]]  # employee id → requirement id → status in one unit


def _sums(places: list[PlaceRow], today: date) -> dict[int, dict[int, Sums]]:
    return sums_by_unit({place.tenant_id for place in places}, today, (place.id for place in places))


@query
def list_gaps(ctx: Context, *, unit_id: int | None = None, tenant_id: int | None = None) -> list[GapRow]:
    """Gap per unit × requirement for the people the actor answers for. Three queries.

    `unit_id` takes in the units below it. Rows stand in the order of the tree, then of the register.
    """
    places = organisation.list_places(ctx, unit_id=unit_id, tenant_id=tenant_id)
    sums = _sums(places, ctx.today)
    register = read_register(ctx.today)
    return [
        _gap_row(register, key, one, place.id, place.name)
        for place in places
        for key in register.rows
        if (one := sums.get(place.id, {}).get(key))
    ]


def _gap_row(register: Register, key: int, one: Sums, unit_id: int = 0, unit_name: str = "") -> GapRow:
    row = register.rows[key]
    return GapRow(
        unit_id, unit_name, row.code, row.name, one.required, one.held, one.expiring, one.missing, one.on_leave,
        one.dispensed,
    )  # fmt: skip


def _unit_rows(places: Iterable[PlaceRow], sums: dict[int, dict[int, Sums]]) -> list[UnitGapRow]:
    found = []
    for place in places:
        if place.id in sums:
            total = Sums()
            for one in sums[place.id].values():
                total.add(one)
            found.append(
                UnitGapRow(
                    place.id, place.name, place.municipality, place.people, total.required, total.held,
                    total.expiring, total.missing,
                )
            )  # fmt: skip
    return found


@query
def get_unit_matrix(ctx: Context, *, unit_id: int) -> UnitMatrix:
    """A unit's own people × requirements, what runs out within 180 days, and the units below with their sums.

    With it the duties there, and what runs out during leaves that start soon. Six queries. Raises NotFound or
    Refused.
    """
    unit = organisation.get_unit(ctx, unit_id=unit_id, right=organisation.Right.UNIT_PEOPLE)
    posts = organisation.list_staff(ctx, right=organisation.Right.POST_OVERSEE, unit_id=unit_id, below=False)
    places = organisation.list_places(ctx, unit_id=unit_id)
    register = read_register(ctx.today)
    people: People = {post.employee_id: {} for post in posts}
    sums: dict[int, Sums] = {}
    kept = statuses_of({unit.tenant_id}, people, ctx.today)
    for status in kept:
        if status.unit_id == unit_id:
            people[status.employee_id][status.requirement_id] = status
            sums.setdefault(status.requirement_id, Sums()).count(status.state)
    columns = [requirement_id for requirement_id in register.rows if requirement_id in sums]
    below = [place for place in places if place.id != unit_id]
    return UnitMatrix(
        unit_id,
        unit.name,
        tuple(_column(register, requirement_id, sums[requirement_id]) for requirement_id in columns),
        tuple(_matrix_rows(posts, people, columns)),
        tuple(_due(register, posts, people, ctx.today)),
        tuple(_unit_rows(below, _sums(below, ctx.today))) if below else (),
        tuple(list_duties(ctx, unit_id=unit_id)),
        tuple(leave_warnings(register, posts, kept, ctx.today)),
    )


def _column(register: Register, requirement_id: int, sums: Sums) -> MatrixColumn:
    row = register.rows[requirement_id]
    return MatrixColumn(
        requirement_id, row.code, row.name, row.verified, row.source_type, sums.required, sums.held,
        sums.expiring, sums.missing, sums.on_leave, sums.dispensed,
    )  # fmt: skip


def _matrix_rows(posts: list[StaffRow], people: People, columns: list[int]) -> list[MatrixRow]:
    titles: dict[int, list[str]] = {}
    names: dict[int, str] = {}
    for post in posts:
        names[post.employee_id] = post.name
        titles.setdefault(post.employee_id, []).append(post.position_title)
    found = []
    for who, name in names.items():
        statuses = people[who]
        cells = tuple(
            Cell(status.state, status.ends) if (status := statuses.get(column)) else Cell(None) for column in columns
        )
        states = [cell.state for cell in cells]
        found.append(
            MatrixRow(
                who, name, ", ".join(dict.fromkeys(titles[who])), cells,
                states.count(State.MISSING) + states.count(State.EXPIRED), states.count(State.EXPIRING),
            )
        )  # fmt: skip
    return found


def _due(register: Register, posts: list[StaffRow], people: People, today: date) -> list[DueRow]:
    names = {post.employee_id: post.name for post in posts}
    found = [
        DueRow(who, names[who], register.rows[key].code, register.rows[key].name, end, (end - today).days)
        for who, statuses in people.items()
        for key, status in statuses.items()
        if (end := status.ends) and status.state is not State.ON_LEAVE and 0 <= (end - today).days <= DUE_WITHIN
    ]
    return sorted(found, key=lambda row: (row.expires_on, row.name, row.requirement_code))


@query
def get_overview(ctx: Context) -> OverviewPage:
    """The units the actor answers for with their sums, and the requirements that lack most. Four queries."""
    places = organisation.list_places(ctx)
    sums = _sums(places, ctx.today)
    register = read_register(ctx.today)
    total: dict[int, Sums] = {}
    for people in sums.values():
        for requirement_id, one in people.items():
            total.setdefault(requirement_id, Sums()).add(one)
    rows = [_gap_row(register, key, one) for key, one in total.items() if key in register.rows]
    rows.sort(key=lambda row: (-row.missing, -row.expiring, row.requirement_code))
    may_confirm = access.possible(ctx.actor, Right.MAPPING_CONFIRM)
    waiting = sum(count_waiting(ctx).values()) if may_confirm else 0
    return OverviewPage(tuple(_unit_rows(places, sums)), tuple(rows), waiting, may_confirm)
