"""What could be booked: rooms that are free, big enough and near; trainers and things that are free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .. import rules
from ..models import Availability, Booking, OpeningHours, Resource
from ..permissions import Right
from ..types import Access, BookingStatus, Free, OpenHours, ResourceKind, RoomRow, Suggestion
from .bookings import resource_row
from .resources import list_rooms

FAR = 10**6  # where the way is not known
Span = tuple[datetime, datetime]


@query
def suggest(
    ctx: Context,
    *,
    times: Mapping[int, Span],
    people: int,
    homes: Mapping[int, int] | None = None,
    access_needed: Collection[Access] = (),
) -> dict[int, Free]:
    """What is free and open for the whole of each time, by the times' keys. Six queries for any number of times.

    Rooms have seats for so many and all that is needed: the shortest mean drive first, then the smallest. `homes`
    says how many come from which municipality.
    """
    found = Resource.objects.filter(access.rows(ctx.actor, Right.RESOURCE_READ), retired_on=None)
    rows = list(found.select_related("municipality").order_by("place", "name", "pk"))
    ways = _ways(ctx, list_rooms(ctx, people=people, access_needed=access_needed), homes or {})
    known = _Known(row.pk for row in rows)
    known.fetch(rows, times.values())
    answers = {}
    for key, span in times.items():
        free = [row for row in rows if known.is_free(row, span)]
        rooms = [ways[row.pk] for row in free if row.pk in ways]
        answers[key] = Free(
            tuple(sorted(rooms, key=_nearest)),
            tuple(resource_row(row) for row in free if row.kind == ResourceKind.TRAINER),
            tuple(resource_row(row) for row in free if row.kind == ResourceKind.EQUIPMENT),
        )
    return answers


def _nearest(it: Suggestion) -> tuple[int, int, str]:
    return FAR if it.minutes is None else it.minutes, it.room.capacity, it.room.resource.name


def _ways(ctx: Context, rooms: list[RoomRow], homes: Mapping[int, int]) -> dict[int, Suggestion]:
    """Each room with the mean drive of those who come."""
    centres = organisation.list_municipalities(frozenset(homes))
    names = {row.tenant_id: row.centre or row.name for row in centres}
    points = {
        names[row.tenant_id]: (row.latitude, row.longitude)
        for row in centres
        if row.latitude is not None and row.longitude is not None
    }
    from_where: dict[str, int] = defaultdict(int)
    for tenant_id, count in homes.items():
        if tenant_id in names:
            from_where[names[tenant_id]] += count
    found = {}
    for room in rooms:
        point = None
        if room.latitude is not None and room.longitude is not None:
            point = (room.latitude, room.longitude)
        way = rules.mean_drive(from_where, room.resource.place, points=points, point=point)
        found[room.resource.id] = Suggestion(room, way.minutes if way else None, bool(way and way.is_checked))
    return found


class _Known:
    """What stands in the way of booking some resources: bookings, hours and days."""

    def __init__(self, ids: Iterable[int]) -> None:
        self.ids = list(ids)
        self.taken: dict[int, list[Span]] = defaultdict(list)
        self.hours: dict[int, list[OpenHours]] = defaultdict(list)
        self.days: dict[int, list[tuple[date, date]]] = defaultdict(list)

    def fetch(self, rows: list[Resource], times: Collection[Span]) -> None:
        """Three queries."""
        if not times:
            return
        widest = rules.kept(
            min(start for start, _end in times), max(end for _start, end in times),
            max((row.prepare_minutes for row in rows), default=0), max((row.clear_minutes for row in rows), default=0),
        )  # fmt: skip
        booked = Booking.objects.filter(resource_id__in=self.ids, status=BookingStatus.BOOKED, period__overlap=widest)
        for resource_id, period in booked.values_list("resource_id", "period"):
            self.taken[resource_id].append((period.lower, period.upper))
        hours = OpeningHours.objects.filter(resource_id__in=self.ids)
        for resource_id, weekday, opens, closes in hours.values_list("resource_id", "weekday", "opens", "closes"):
            self.hours[resource_id].append(OpenHours(weekday, opens, closes))
        days = Availability.objects.filter(resource_id__in=self.ids)
        for resource_id, first, last in days.values_list("resource_id", "first_on", "last_on"):
            self.days[resource_id].append((first, last))

    def is_free(self, row: Resource, span: Span) -> bool:
        kept = rules.kept(*span, row.prepare_minutes, row.clear_minutes)
        return (
            rules.is_open(self.hours[row.pk], *span)
            and rules.is_available(self.days[row.pk], *span)
            and not any(rules.overlaps(taken, kept) for taken in self.taken[row.pk])
        )
