"""The office's people and their time."""

from __future__ import annotations

from datetime import date

from django.db.models import Sum

from kompetanse.domains.orders.events import StaffMemberSet, TimeTakenBack, TimeWritten
from kompetanse.domains.orders.models import StaffMember, TimeEntry
from kompetanse.domains.orders.permissions import Right
from kompetanse.domains.orders.types import AGREED
from kompetanse.domains.orders.types.delivery import OrderIsNotAgreed
from kompetanse.domains.orders.types.office import (
    MOST_A_DAY,
    MOST_WEEKLY,
    DayIsFull,
    StaffIsUnknown,
    StaffPeriodIsTurned,
    TimeIsImpossible,
    WeeklyHoursAreImpossible,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .entries import locked


@operation
def set_staff(
    ctx: Context,
    *,
    region_id: int,
    person_id: int,
    weekly_minutes: int,
    valid_from: date,
    valid_to: date | None = None,
) -> int:
    """Say how much of a week somebody in the office has for orders, and from when. Gives the staff member's id.

    Raises Refused, StaffIsUnknown, WeeklyHoursAreImpossible or StaffPeriodIsTurned.
    """
    access.require(ctx, Right.STAFF_SET, StaffMember(tenant_id=region_id))
    if not 0 <= weekly_minutes <= MOST_WEEKLY:
        raise WeeklyHoursAreImpossible()
    if valid_to is not None and valid_to < valid_from:
        raise StaffPeriodIsTurned()
    staff = StaffMember.objects.filter(tenant_id=region_id, person_id=person_id).first()
    roles = frozenset({Role.COURSE_ADMINISTRATOR})
    holders = organisation.list_role_holders(ctx, tenant_id=region_id, roles=roles)
    name = next((row.name for row in holders if row.person_id == person_id), staff.name if staff else "")
    if not name:
        raise StaffIsUnknown()
    staff, _is_new = StaffMember.objects.update_or_create(
        tenant_id=region_id,
        person_id=person_id,
        defaults={"name": name, "weekly_minutes": weekly_minutes, "valid_from": valid_from, "valid_to": valid_to},
    )
    publish(ctx, StaffMemberSet(tenant_id=region_id, staff_id=staff.id, weekly_minutes=weekly_minutes))
    return int(staff.id)


@operation
def write_time(ctx: Context, *, order_id: int, staff_id: int, day: date, minutes: int, note: str = "") -> int:
    """Write down time spent on an order. Gives the entry's id.

    Raises OrderIsNotAgreed, StaffIsUnknown, TimeIsImpossible or DayIsFull.
    """
    order = locked(ctx, order_id, Right.ORDER_ACCEPT)
    if order.status not in AGREED:
        raise OrderIsNotAgreed()
    # Held, so that two tabs cannot fill the same day twice.
    staff = StaffMember.objects.filter(tenant_id=order.region_id, pk=staff_id).select_for_update(no_key=True).first()
    if staff is None:
        raise StaffIsUnknown()
    if not 1 <= minutes <= MOST_A_DAY or day > ctx.today:
        raise TimeIsImpossible()
    before = TimeEntry.objects.filter(staff_id=staff.id, day=day).aggregate(minutes=Sum("minutes"))["minutes"] or 0
    if before + minutes > MOST_A_DAY:
        raise DayIsFull()
    entry = TimeEntry.objects.create(
        tenant_id=order.tenant_id, order=order, region_id=order.region_id, staff=staff, day=day, minutes=minutes,
        note=note.strip()[:200], written_at=ctx.now,
    )  # fmt: skip
    publish(
        ctx,
        TimeWritten(tenant_id=order.tenant_id, order_id=order.id, staff_id=staff.id, minutes=minutes, worked_on=day),
    )
    return int(entry.id)


@operation
def take_back_time(ctx: Context, *, order_id: int, entry_id: int) -> None:
    """Take back time that was written wrongly; the deed tells what stood there. Raises NotFound or Refused."""
    order = locked(ctx, order_id, Right.ORDER_ACCEPT)
    entry = TimeEntry.objects.filter(order=order, pk=entry_id).first()
    if entry is None:
        raise NotFound()
    told = TimeTakenBack(
        tenant_id=order.tenant_id, order_id=order.id, staff_id=entry.staff_id, minutes=entry.minutes,
        worked_on=entry.day,
    )  # fmt: skip
    entry.delete()
    publish(ctx, told)
