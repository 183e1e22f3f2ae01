"""Many people: a unit's matrix, and the gaps per unit × requirement. A handful of queries, whatever the size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.rules.status import Status
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
from kompetanse.domains.organisation.types import StaffRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .ledger import proofs_by_employee
from .mapping import count_waiting
from .register import Register, read_register
from .required import all_away, required_of

DUE_WITHIN = 180  # days ahead that a leader is shown


@dataclass(slots=True)
class Sums:
    """How people stand to a requirement. Those on leave are counted apart: they are nobody's gap today."""

    held: int = 0
    expiring: int = 0
    missing: int = 0
    on_leave: int = 0

    @property
    def required(self) -> int:
        return self.held + self.expiring + self.missing

    def count(self, state: State) -> None:
        match state:
            case State.HELD:
                self.held += 1
            case State.EXPIRING:
                self.expiring += 1
            case State.ON_LEAVE:
                self.on_leave += 1
            case _:
                self.missing += 1

    def add(self, other: Sums) -> None:
        self.held += other.held
        self.expiring += other.expiring
        self.missing += other.missing
        self.on_leave += other.on_leave


Statuses = dict[int, dict[int, dict[int, Status]]]  # unit id → employee id → requirement id → status


def _statuses(register: Register, staff: list[StaffRow], today: date) -> Statuses:
    """The status of each person for what their posts in each unit require. One query."""
    proofs = proofs_by_employee({p.tenant_id for p in staff}, {p.employee_id for p in staff})
    by_unit: dict[int, list[StaffRow]] = {}
    for post in staff:
        by_unit.setdefault(post.unit_id, []).append(post)
    found: Statuses = {}
    for unit_id, posts in by_unit.items():
        found[unit_id] = {
            who: {
                requirement_id: register.rulebook.status(
                    requirement_id,
                    proofs.get(who, ()),
                    today,
                    on_leave=all_away((post for post, _ in reasons), today),
                )
                for requirement_id, reasons in requirements.items()
            }
            for who, requirements in required_of(register, posts).items()
        }
    return found


@query
def list_gaps(ctx: Context, *, unit_id: int | None = None, tenant_id: int | None = None) -> list[GapRow]:
    """Gap per unit × requirement for the people the actor answers for. Three queries.

    `unit_id` takes in the units below it. Rows stand in the order of the tree, then of the register.
    """
    staff = organisation.list_staff(ctx, right=organisation.Right.POST_OVERSEE, unit_id=unit_id, tenant_id=tenant_id)
    register = read_register(ctx.today)
    statuses = _statuses(register, staff, ctx.today)
    return _gap_rows(register, staff, statuses)


def _gap_rows(register: Register, staff: list[StaffRow], statuses: Statuses) -> list[GapRow]:
    names = {post.unit_id: post.unit_name for post in staff}
    found = []
    for unit_id, people in statuses.items():
        sums = _by_requirement(people)
        for requirement_id in register.rows:
            one = sums.get(requirement_id)
            if one is not None:
                row = register.rows[requirement_id]
                found.append(
                    GapRow(
                        unit_id, names[unit_id], row.code, row.name, one.required, one.held, one.expiring,
                        one.missing, one.on_leave,
                    )
                )  # fmt: skip
    return found


def _by_requirement(people: dict[int, dict[int, Status]]) -> dict[int, Sums]:
    sums: dict[int, Sums] = {}
    for statuses in people.values():
        for requirement_id, status in statuses.items():
            sums.setdefault(requirement_id, Sums()).count(status.state)
    return sums


def _unit_rows(staff: list[StaffRow], statuses: Statuses) -> list[UnitGapRow]:
    found = []
    for unit_id, post in {post.unit_id: post for post in reversed(staff)}.items():
        total = Sums()
        for sums in _by_requirement(statuses[unit_id]).values():
            total.add(sums)
        found.append(
            UnitGapRow(
                unit_id, post.unit_name, post.municipality, len(statuses[unit_id]), total.required, total.held,
                total.expiring, total.missing,
            )
        )  # fmt: skip
    return found[::-1]


@query
def get_unit_matrix(ctx: Context, *, unit_id: int) -> UnitMatrix:
    """A unit's own people × requirements, what runs out within 180 days, and the units below with their sums.

    Four queries. Raises NotFound or Refused.
    """
    unit = organisation.get_unit(ctx, unit_id=unit_id, right=organisation.Right.UNIT_PEOPLE)
    staff = organisation.list_staff(ctx, right=organisation.Right.POST_OVERSEE, unit_id=unit_id)
    register = read_register(ctx.today)
    statuses = _statuses(register, staff, ctx.today)
    people = statuses.get(unit_id, {})
    sums = _by_requirement(people)
    columns = [requirement_id for requirement_id in register.rows if requirement_id in sums]
    direct = [post for post in staff if post.unit_id == unit_id]
    return UnitMatrix(
        unit_id,
        unit.name,
        tuple(_column(register, requirement_id, sums[requirement_id]) for requirement_id in columns),
        tuple(_matrix_rows(direct, people, columns)),
        tuple(_due(register, direct, people, ctx.today)),
        tuple(row for row in _unit_rows(staff, statuses) if row.unit_id != unit_id),
    )


def _column(register: Register, requirement_id: int, sums: Sums) -> MatrixColumn:
    row = register.rows[requirement_id]
    return MatrixColumn(
        requirement_id, row.code, row.name, row.verified, row.source_type, sums.required, sums.held,
        sums.expiring, sums.missing, sums.on_leave,
    )  # fmt: skip


def _matrix_rows(posts: list[StaffRow], people: dict[int, dict[int, Status]], columns: list[int]) -> list[MatrixRow]:
    titles: dict[int, list[str]] = {}
    names: dict[int, str] = {}
    for post in posts:
        names[post.employee_id] = post.name
        titles.setdefault(post.employee_id, []).append(post.position_title)
    found = []
    for who, name in names.items():
        statuses = people[who]
        cells = tuple(
            Cell(status.state, status.expires_on) if (status := statuses.get(column)) else Cell(None)
            for column in columns
        )
        states = [cell.state for cell in cells]
        found.append(
            MatrixRow(
                who, name, ", ".join(dict.fromkeys(titles[who])), cells,
                states.count(State.MISSING) + states.count(State.EXPIRED), states.count(State.EXPIRING),
            )
        )  # fmt: skip
    return found


def _due(register: Register, posts: list[StaffRow], people: dict[int, dict[int, Status]], today: date) -> list[DueRow]:
    names = {post.employee_id: post.name for post in posts}
    found = [
        DueRow(who, names[who], register.rows[key].code, register.rows[key].name, end, (end - today).days)
        for who, statuses in people.items()
        for key, status in statuses.items()
        if (end := status.expires_on) and status.state is not State.ON_LEAVE and 0 <= (end - today).days <= DUE_WITHIN
    ]
    return sorted(found, key=lambda row: (row.expires_on, row.name, row.requirement_code))


@query
def get_overview(ctx: Context) -> OverviewPage:
    """The units the actor answers for with their sums, and the requirements that lack most. Four queries."""
    staff = organisation.list_staff(ctx, right=organisation.Right.POST_OVERSEE)
    register = read_register(ctx.today)
    statuses = _statuses(register, staff, ctx.today)
    total: dict[int, Sums] = {}
    for people in statuses.values():
        for requirement_id, sums in _by_requirement(people).items():
            total.setdefault(requirement_id, Sums()).add(sums)
    rows = [
        GapRow(
            0, "", register.rows[key].code, register.rows[key].name, one.required, one.held, one.expiring,
            one.missing, one.on_leave,
        )
        for key, one in total.items()
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row.missing, -row.expiring, row.requirement_code))
    may_confirm = access.possible(ctx.actor, Right.MAPPING_CONFIRM)
    waiting = sum(count_waiting(ctx).values()) if may_confirm else 0
    return OverviewPage(tuple(_unit_rows(staff, statuses)), tuple(rows), waiting, may_confirm)
