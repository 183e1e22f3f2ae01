"""Who leads a unit follows from the employee number that the org file gives it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from kompetanse.domains.organisation import rules
from kompetanse.domains.organisation.models import Leadership, Post, Unit
from kompetanse.kernel.context import Context


def settle_leaders(ctx: Context, tenant_id: int, cleared: Collection[int] = ()) -> None:
    """Let leaderships follow `Unit.leader_number`; called when units or posts have changed.

    `cleared` are units that had a leader in the file before and have none now. Where the number belongs to nobody
    (yet), the leader stays as long as they work in the municipality.
    """
    wanted = dict(Unit.objects.filter(tenant_id=tenant_id, valid_to=None).values_list("id", "leader_number"))
    at_work = Post.objects.filter(Q(valid_to=None) | Q(valid_to__gte=ctx.today), tenant_id=tenant_id, ended_on=None)
    numbers = sorted({number for number in wanted.values() if number})
    holders = dict(
        at_work.filter(employee_number__in=numbers).order_by("-id").values_list("employee_number", "employee_id")
    )
    ordinary = Leadership.objects.filter(tenant_id=tenant_id, valid_to=None, is_acting=False)
    leaders = {leadership.unit_id: leadership for leadership in ordinary}
    working = set(
        at_work.filter(employee_id__in=[each.employee_id for each in leaders.values()]).values_list(
            "employee_id", flat=True
        )
    )
    new, altered = [], []
    for unit_id, leadership in leaders.items():
        successor = holders.get(wanted.get(unit_id, ""))
        if successor == leadership.employee_id:
            continue
        closed = unit_id not in wanted or unit_id in cleared or leadership.employee_id not in working
        if successor is None and not closed:
            continue
        altered.append(leadership)
        if successor is not None and leadership.valid_from >= ctx.today:
            leadership.employee_id = successor  # put right on the very day it was told
            continue
        leadership.valid_to = rules.last_day(leadership.valid_from, ctx.today)
        if successor is not None:
            new.append(_leadership(ctx, tenant_id, unit_id, successor))
    for unit_id, number in wanted.items():
        if unit_id not in leaders and number in holders:
            new.append(_leadership(ctx, tenant_id, unit_id, holders[number]))
    Leadership.objects.bulk_update(altered, ["employee", "valid_to"], batch_size=500)
    Leadership.objects.bulk_create(new, batch_size=1000)


def _leadership(ctx: Context, tenant_id: int, unit_id: int, employee_id: int) -> Leadership:
    return Leadership(tenant_id=tenant_id, unit_id=unit_id, employee_id=employee_id, valid_from=ctx.today)
