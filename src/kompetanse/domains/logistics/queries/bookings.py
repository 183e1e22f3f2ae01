"""What is booked: for a run, and day by day in the calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .. import rules
from ..models import Booking, Resource
from ..permissions import Right
from ..types import (
    BookingKind,
    BookingRow,
    BookingStatus,
    CalendarPage,
    CalendarRow,
    Entry,
    OutsideHours,
    ResourceKind,
    ResourceRow,
)

ON_A_PAGE = 25  # rows of the calendar


@query
def list_bookings(ctx: Context, *, run_id: int) -> list[BookingRow]:
    """What stands booked for a run, of what the reader may see, by time and kind. One query."""
    found = Booking.objects.filter(
        run_id=run_id, status=BookingStatus.BOOKED,
        resource__in=Resource.objects.filter(access.rows(ctx.actor, Right.RESOURCE_READ)),
    )  # fmt: skip
    return booking_rows(ctx, found.select_related("resource").order_by("starts_at", "resource__name", "pk"))


@query
def get_calendar(
    ctx: Context,
    *,
    first: date,
    days: int,
    kind: ResourceKind = ResourceKind.ROOM,
    place: str = "",
    resource_id: int | None = None,
    number: int = 1,
) -> CalendarPage:
    """What is booked on these days, a row for each room, trainer or thing, a page at a time. Four queries at most."""
    seen = Resource.objects.filter(access.rows(ctx.actor, Right.RESOURCE_READ), retired_on=None, kind=kind)
    places = tuple(seen.order_by("place").values_list("place", flat=True).distinct())
    if place:
        seen = seen.filter(place=place)
    if resource_id is not None:
        seen = seen.filter(pk=resource_id)
    total = seen.count()
    pages = max(1, -(-total // ON_A_PAGE))
    number = min(max(1, number), pages)
    start = (number - 1) * ON_A_PAGE
    rows = list(seen.select_related("municipality").order_by("place", "name", "pk")[start : start + ON_A_PAGE])
    shown = tuple(first + timedelta(days=n) for n in range(days))
    entries = _entries(ctx, rows, shown)
    return CalendarPage(
        shown,
        tuple(CalendarRow(resource_row(row), tuple(tuple(entries[row.pk, day]) for day in shown)) for row in rows),
        tuple(it for it in places if it), number, pages, total,
    )  # fmt: skip


def _entries(ctx: Context, rows: list[Resource], days: tuple[date, ...]) -> dict[tuple[int, date], list[Entry]]:
    span = (rules.at(days[0], rules.MIDNIGHT), rules.at(days[-1] + timedelta(days=1), rules.MIDNIGHT))
    # Whether the reader may know what for is the same for all of a resource's bookings: asked once for each.
    told = {
        row.pk: bool(access.answer(ctx.actor, Right.BOOKING_READ, Booking(tenant_id=row.tenant_id, resource=row)))
        for row in rows
    }
    found = Booking.objects.filter(
        resource_id__in=list(told), status=BookingStatus.BOOKED, starts_at__lt=span[1], ends_at__gt=span[0]
    ).order_by("starts_at", "pk")
    entries: dict[tuple[int, date], list[Entry]] = defaultdict(list)
    for pk, resource_id, kind, title, run_id, starts_at, ends_at in found.values_list(
        "pk", "resource_id", "kind", "title", "run_id", "starts_at", "ends_at"
    ):
        may = told[resource_id]
        entry = Entry(pk, starts_at, ends_at, title if may else "", BookingKind(kind), run_id if may else None)
        for day in rules.days_of(max(starts_at, span[0]), min(ends_at, span[1])):
            entries[resource_id, day].append(entry)
    return entries


def booking_rows(ctx: Context, found: Iterable[Booking]) -> list[BookingRow]:
    """Bookings with their resources fetched; for what only where the reader may know."""
    return [
        BookingRow(
            row.pk, row.resource_id, row.resource.name, ResourceKind(row.resource.kind), BookingKind(row.kind),
            row.title if access.answer(ctx.actor, Right.BOOKING_READ, row) else "", row.starts_at, row.ends_at,
            row.period.lower, row.period.upper, row.run_id, row.session_id, BookingStatus(row.status),
        )
        for row in found
    ]  # fmt: skip


def resource_row(row: Resource) -> ResourceRow:
    return ResourceRow(
        row.pk, row.tenant_id, ResourceKind(row.kind), row.name, row.series, row.place,
        row.municipality.name if row.municipality else "", row.municipality_id, row.prepare_minutes,
        row.clear_minutes, OutsideHours(row.outside_hours), row.note, row.retired_on is not None, row.version,
    )  # fmt: skip
