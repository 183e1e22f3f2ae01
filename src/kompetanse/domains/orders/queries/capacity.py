"""The office's time: what there is, what is planned, what is used, and when an order can begin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kompetanse.domains.orders.models import StaffMember
from kompetanse.domains.orders.permissions import Right
from kompetanse.domains.orders.rules import capacity
from kompetanse.domains.orders.types.catalogue import ServiceKind
from kompetanse.domains.orders.types.office import (
    CapacityPage,
    Job,
    KindTime,
    MonthRow,
    PersonTime,
    QueueRow,
    Schedule,
    Slot,
    StaffRow,
    Worker,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import RegionRow, Role
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.foundation.tenancy import select, tenant_scope
from kompetanse.kernel.context import Context, system_context

from .words import in_written_form

MONTHS_BACK = 2
MONTHS_AHEAD = 6
# What is left to do of the region's orders, and what has been done of it.
LEFT = """
    SELECT o.id, o.tenant_id, n.name, o.kind, o.status, o.staff_id, o.due_on, coalesce(o.decided_at, o.placed_at),
           coalesce(t.title_nb, ''), coalesce(t.title_nn, ''), coalesce(t.minutes, o.minutes),
           coalesce((SELECT sum(e.minutes) FROM orders_timeentry e
                      WHERE e.tenant_id = o.tenant_id AND e.order_id = o.id), 0)
      FROM orders_order o JOIN foundation_tenant n ON n.id = o.tenant_id
      LEFT JOIN orders_orderterms t ON t.tenant_id = o.tenant_id AND t.order_id = o.id AND t.number = o.terms_number
     WHERE o.region_id = %s AND o.status IN ('at_forum', 'placed', 'quoted', 'accepted')
       AND coalesce(t.minutes, o.minutes) > 0
"""
USED = """
    SELECT e.staff_id, o.kind, e.day, e.minutes FROM orders_timeentry e
      JOIN orders_order o ON o.tenant_id = e.tenant_id AND o.id = e.order_id
     WHERE e.region_id = %s AND e.day >= %s
"""


@dataclass(frozen=True, slots=True)
class _Work:
    """An order that asks for the office's time."""

    id: int
    municipality: str
    kind: ServiceKind
    title: str
    is_agreed: bool
    is_begun: bool
    since: date
    job: Job


def next_start(ctx: Context, region_id: int) -> date | None:
    """The week in which an order placed today can begin, by the queue as it is; None where nobody has time for it."""
    region = organisation.find_region_of(frozenset({region_id}), ctx.today)
    if region is None:
        return None
    with tenant_scope(_whole(ctx, region)):
        staff = staff_of(region_id)
        queue = [work.job for work in _queue(region_id)]
    new = Job(0, 1)
    plan = capacity.plan([*queue, new], _workers(staff), ctx.today)
    return plan.expected[-1].starts


def expected_start(ctx: Context, region_id: int, order_id: int) -> date | None:
    """When an order in the queue can begin; None where it is not in it, or nobody has time for it."""
    region = organisation.find_region_of(frozenset({region_id}), ctx.today)
    if region is None:
        return None
    with tenant_scope(_whole(ctx, region)):
        plan = _plan(region_id, ctx.today)[1]
    return next((it.starts for it in plan.expected if it.job_id == order_id), None)


@query
def get_capacity_page(ctx: Context) -> CapacityPage:
    """The office's months, for those who decide how big it is. Who, and for whom, is told to the office alone.

    Raises Refused.
    """
    access.require_role(ctx, Right.CAPACITY_READ)
    region = organisation.find_region_of(ctx.tenants, ctx.today)
    if region is None:
        return CapacityPage((), (), (), (), 0, 0, 0, None, (), (), is_office=False)
    key = region.tenant_id
    is_office = bool(access.answer(ctx.actor, Right.STAFF_SET, StaffMember(tenant_id=key)))
    months = _months(ctx.today)
    with tenant_scope(_whole(ctx, region)):
        staff = staff_of(key)
        works, plan = _plan(key, ctx.today)
        used = select(USED, key, min(months[0], ctx.today.replace(month=1, day=1)))
    planned = [part for slot in plan.slots for part in _by_month(slot, ctx.today)]
    waiting = {work.id: work for work in works}
    inside = sum(minutes for _job, _worker, month, minutes in planned if month <= months[-1])
    return CapacityPage(
        months=tuple(
            MonthRow(
                month,
                sum(capacity.minutes_in_month(worker, month) for worker in _workers(staff)),
                sum(minutes for _job, _worker, when, minutes in planned if when == month),
                sum(minutes for _who, _kind, day, minutes in used if day.replace(day=1) == month),
            )
            for month in months
        ),
        kinds=_kinds(works, [row for row in used if row[2].year == ctx.today.year]),
        people=_people(staff, months, planned, used) if is_office else (),
        queue=_rows(works, plan, staff) if is_office else (),
        waiting=len(works),
        late=sum(it.is_late for it in plan.expected),
        beyond=sum(waiting[it.job_id].job.minutes for it in plan.expected) - inside,
        next_start=capacity.plan([*(work.job for work in works), Job(0, 1)], _workers(staff), ctx.today)
        .expected[-1]
        .starts,
        staff=staff if is_office else (),
        choices=_choices(ctx, key, staff) if is_office else (),
        is_office=is_office,
    )


def staff_of(region_id: int) -> tuple[StaffRow, ...]:
    """The office's people by name, also those who have left."""
    return tuple(
        StaffRow(row.id, row.tenant_id, row.person_id, row.name, row.weekly_minutes, row.valid_from, row.valid_to)
        for row in StaffMember.objects.filter(tenant_id=region_id).order_by("name", "id")
    )


def _choices(ctx: Context, region_id: int, staff: Sequence[StaffRow]) -> tuple[tuple[int, str], ...]:
    known = {row.person_id for row in staff}
    holders = organisation.list_role_holders(ctx, tenant_id=region_id, roles=frozenset({Role.COURSE_ADMINISTRATOR}))
    return tuple((row.person_id, row.name) for row in holders if row.person_id not in known)


def _whole(ctx: Context, region: RegionRow) -> Context:
    """The whole region in sight: the queue is one for all. What is told of it is decided where it is told."""
    return system_context("the office's queue", set(region.tenants), ctx.now)


def _workers(staff: Sequence[StaffRow]) -> list[Worker]:
    return [Worker(row.id, row.weekly_minutes, row.valid_from, row.valid_to) for row in staff]


def _plan(region_id: int, today: date) -> tuple[list[_Work], Schedule]:
    works = _queue(region_id)
    return works, capacity.plan([work.job for work in works], _workers(staff_of(region_id)), today)


def _queue(region_id: int) -> list[_Work]:
    """What is agreed in its order, then what is not answered yet in its."""
    found = []
    for key, _tenant, place, kind, status, staff_id, due_on, since, nb, nn, minutes, used in select(LEFT, region_id):
        job = Job(key, max(int(minutes - used), 0), staff_id, due_on)
        title = in_written_form(nb, nn)
        found.append(_Work(key, place, ServiceKind(kind), title, status == "accepted", used > 0, since.date(), job))
    works = {work.id: work for work in found}
    ordered = [
        job
        for agreed in (True, False)
        for job in capacity.in_queue_order(
            (work.job, work.is_begun, work.since) for work in found if work.is_agreed is agreed
        )
    ]
    return [works[job.id] for job in ordered]


def _months(today: date) -> list[date]:
    first = today.year * 12 + today.month - 1 - MONTHS_BACK
    return [_month(number) for number in range(first, first + MONTHS_BACK + MONTHS_AHEAD)]


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _by_month(slot: Slot, today: date) -> list[tuple[int, int, date, int]]:
    """(job, worker, month, minutes): a week across two months is shared by the working days left of it."""
    week = (slot.week + timedelta(days=number) for number in range(capacity.WORKDAYS))
    days = [day for day in week if day >= today] or [today]
    months = sorted({day.replace(day=1) for day in days})
    if len(months) == 1:
        return [(slot.job_id, slot.worker_id, months[0], slot.minutes)]
    first = slot.minutes * sum(day.replace(day=1) == months[0] for day in days) // len(days)
    return [
        (slot.job_id, slot.worker_id, months[0], first),
        (slot.job_id, slot.worker_id, months[1], slot.minutes - first),
    ]


def _kinds(works: Sequence[_Work], used: Sequence[tuple[int, str, date, int]]) -> tuple[KindTime, ...]:
    planned: dict[str, int] = defaultdict(int)
    spent: dict[str, int] = defaultdict(int)
    for work in works:
        planned[work.kind] += work.job.minutes
    for _who, kind, _day, minutes in used:
        spent[kind] += minutes
    return tuple(KindTime(kind, planned[kind], spent[kind]) for kind in ServiceKind if planned[kind] or spent[kind])


def _people(
    staff: Sequence[StaffRow],
    months: Sequence[date],
    planned: Sequence[tuple[int, int, date, int]],
    used: Sequence[tuple[int, str, date, int]],
) -> tuple[PersonTime, ...]:
    ahead: dict[tuple[int, date], int] = defaultdict(int)
    spent: dict[tuple[int, date], int] = defaultdict(int)
    for _job, who, month, minutes in planned:
        ahead[who, month] += minutes
    for who, _kind, day, minutes in used:
        spent[who, day.replace(day=1)] += minutes
    found = []
    for row, worker in zip(staff, _workers(staff), strict=True):
        for month in months:
            room = capacity.minutes_in_month(worker, month)
            if room or ahead[row.id, month] or spent[row.id, month]:
                found.append(PersonTime(row.name, month, room, ahead[row.id, month], spent[row.id, month]))
    return tuple(found)


def _rows(works: Sequence[_Work], plan: Schedule, staff: Sequence[StaffRow]) -> tuple[QueueRow, ...]:
    names = {row.id: row.name for row in staff}
    return tuple(
        QueueRow(
            place, work.id, work.title, work.municipality, work.kind, names.get(it.worker_id or 0, ""),
            work.job.minutes, work.job.due_on, it.starts, it.ends, it.is_late, work.is_agreed,
        )
        for place, (work, it) in enumerate(zip(works, plan.expected, strict=True), start=1)
    )  # fmt: skip
