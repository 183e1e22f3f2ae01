"""What could be booked: rooms that are free, big enough and near; trainers and things that are free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .. import rules
from ..models import Availability, Booking, OpeningHours, Resource
from ..permissions import Right
from ..types import Access, BookingStatus, OpenHours, ResourceKind, ResourceRow, Suggestion
from .bookings import resource_row
from .resources import list_rooms

FAR = 10**6  # where the way is not known


@query
def suggest_rooms(
    ctx: Context,
    *,
    starts_at: datetime,
    ends_at: datetime,
    people: int,
    homes: Mapping[int, int] | None = None,
    access_needed: Collection[Access] = (),
) -> list[Suggestion]:
    """Rooms that are free and open the whole time, have room for so many and all that is needed: the shortest mean
    drive first, then the smallest. `homes` says how many come from which municipality. Six queries."""
    rooms = list_rooms(ctx, people=people, access_needed=access_needed)
    free = {row.pk for row in _free(ctx, ResourceKind.ROOM, starts_at, ends_at)}
    centres = organisation.list_municipalities(frozenset(homes or {}))
    names = {row.tenant_id: row.centre or row.name for row in centres}
    points = {
        names[row.tenant_id]: (row.latitude, row.longitude)
        for row in centres
        if row.latitude is not None and row.longitude is not None
    }
    from_where: dict[str, int] = defaultdict(int)
    for tenant_id, count in (homes or {}).items():
        if tenant_id in names:
            from_where[names[tenant_id]] += count
    found = []
    for room in rooms:
        if room.resource.id not in free:
            continue
        point = None
        if room.latitude is not None and room.longitude is not None:
            point = (room.latitude, room.longitude)
        way = rules.mean_drive(from_where, room.resource.place, points=points, point=point)
        found.append(Suggestion(room, way.minutes if way else None, bool(way and way.is_checked)))
    return sorted(
        found,
        key=lambda it: (FAR if it.minutes is None else it.minutes, it.room.capacity, it.room.resource.name),
    )


@query
def list_free(ctx: Context, *, kind: ResourceKind, starts_at: datetime, ends_at: datetime) -> list[ResourceRow]:
    """What of a kind can be booked for the whole time, by place and name. Four queries."""
    return [resource_row(row) for row in _free(ctx, kind, starts_at, ends_at)]


def _free(ctx: Context, kind: ResourceKind, starts_at: datetime, ends_at: datetime) -> list[Resource]:
    found = Resource.objects.filter(access.rows(ctx.actor, Right.RESOURCE_READ), kind=kind, retired_on=None)
    rows = list(found.select_related("municipality").order_by("place", "name", "pk"))
    widest = rules.kept(
        starts_at, ends_at, max((row.prepare_minutes for row in rows), default=0),
        max((row.clear_minutes for row in rows), default=0),
    )  # fmt: skip
    ids = [row.pk for row in rows]
    taken: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    booked = Booking.objects.filter(resource_id__in=ids, status=BookingStatus.BOOKED, period__overlap=widest)
    for resource_id, period in booked.values_list("resource_id", "period"):
        taken[resource_id].append((period.lower, period.upper))
    hours: dict[int, list[OpenHours]] = defaultdict(list)
    for resource_id, *told in OpeningHours.objects.filter(resource_id__in=ids).values_list(
        "resource_id", "weekday", "opens", "closes"
    ):
        hours[resource_id].append(OpenHours(*told))
    days = defaultdict(list)
    for resource_id, *told in Availability.objects.filter(resource_id__in=ids).values_list(
        "resource_id", "first_on", "last_on"
    ):
        days[resource_id].append((told[0], told[1]))
    return [
        row
        for row in rows
        if rules.is_open(hours[row.pk], starts_at, ends_at)
        and rules.is_available(days[row.pk], starts_at, ends_at)
        and not any(
            rules.overlaps(span, rules.kept(starts_at, ends_at, row.prepare_minutes, row.clear_minutes))
            for span in taken[row.pk]
        )
    ]
