"""Booking, moving and freeing. The resource's row is locked first, so that two who ask at once stand in line; the
database has the last word all the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound
from kompetanse.ui import formats

from .. import rules
from ..events import BookingFreed, BookingMoved, ResourceBooked
from ..models import Availability, Booking, OpeningHours, Resource
from ..permissions import Right
from ..types import (
    LONGEST_DAYS,
    TITLE_LENGTH,
    BookingIsFreed,
    BookingIsOver,
    BookingKind,
    BookingMade,
    BookingStatus,
    Caution,
    OpenHours,
    OutsideHours,
    OutsideOpeningHours,
    ResourceIsRetired,
    ResourceIsTaken,
    ResourceIsTakenBy,
    ResourceKind,
    TimesAreBackwards,
    TooFewPieces,
    TrainerIsNotAvailable,
    WhyIsMissing,
)

Times = tuple[datetime, datetime]


@operation
def book(
    ctx: Context,
    *,
    resource_id: int,
    starts_at: datetime,
    ends_at: datetime,
    title: str,
    run_id: int | None = None,
    session_id: int | None = None,
) -> BookingMade:
    """Book a room, a trainer or a piece of equipment: for a gathering of a run where one is named, else for the owner.

    Gives the booking, and what it was made in spite of where the owner lets it. Raises NotFound, Refused,
    TimesAreBackwards, BookingIsOver, WhyIsMissing, ResourceIsRetired, ResourceIsTaken, OutsideOpeningHours or
    TrainerIsNotAvailable.
    """
    (row,) = _lock(ctx, [resource_id])
    kind = BookingKind.OTHER if session_id is None else BookingKind.SESSION
    return _book(ctx, row, kind, (starts_at, ends_at), title, run_id=run_id, session_id=session_id)


@operation
def book_pieces(
    ctx: Context,
    *,
    piece_id: int,
    count: int,
    starts_at: datetime,
    ends_at: datetime,
    title: str,
    run_id: int | None = None,
    session_id: int | None = None,
) -> list[BookingMade]:
    """Book so many of the things that are like this one and stand in the same place: all of them, or none.

    Raises what `book` raises, and TooFewPieces.
    """
    like = Resource.objects.filter(pk=piece_id, kind=ResourceKind.EQUIPMENT).first()
    if like is None:
        raise NotFound()
    _check_times(ctx, (starts_at, ends_at))
    alike = Resource.objects.filter(
        kind=ResourceKind.EQUIPMENT, tenant_id=like.tenant_id, series=like.series, place=like.place, retired_on=None
    )
    pieces = _lock(ctx, alike.values_list("pk", flat=True))
    kept = {it.pk: rules.kept(starts_at, ends_at, it.prepare_minutes, it.clear_minutes) for it in pieces}
    free = [it for it in pieces if not _overlapping(it, kept[it.pk]).exists()]
    if not 1 <= count <= len(free):
        raise TooFewPieces(free=len(free), name=like.series, when=_when(starts_at, ends_at), count=count)
    kind = BookingKind.OTHER if session_id is None else BookingKind.SESSION
    return [
        _book(ctx, it, kind, (starts_at, ends_at), title, run_id=run_id, session_id=session_id) for it in free[:count]
    ]


@operation
def block(ctx: Context, *, resource_id: int, starts_at: datetime, ends_at: datetime, title: str) -> int:
    """Nobody may have it for a time: it is closed, lent out, or the trainer is away. Gives the booking's id.

    Raises NotFound, Refused, TimesAreBackwards, BookingIsOver, WhyIsMissing, ResourceIsRetired or ResourceIsTaken.
    """
    (row,) = _lock(ctx, [resource_id])
    return _book(ctx, row, BookingKind.BLOCKED, (starts_at, ends_at), title).id


@operation
def move_booking(ctx: Context, *, booking_id: int, starts_at: datetime, ends_at: datetime) -> BookingMade:
    """Move a booking to another time. Raises what `book` raises, and BookingIsFreed; then it stays where it was."""
    row = _booked(ctx, booking_id)
    ((_id, warnings),) = _move(ctx, {row.pk: (starts_at, ends_at)}).items()
    return BookingMade(booking_id, warnings)


@operation
def move_sessions(ctx: Context, *, run_id: int, sessions: Mapping[int, Times]) -> tuple[Caution, ...]:
    """Gatherings of a run have new times, by their ids: all that is booked for them goes along, or nothing is moved.

    Raises what `book` raises.
    """
    booked = Booking.objects.filter(run_id=run_id, session_id__in=list(sessions), status=BookingStatus.BOOKED)
    wanted = {
        row.pk: sessions[row.session_id]
        for row in booked
        if (row.starts_at, row.ends_at) != sessions[row.session_id]
    }  # fmt: skip
    found = _move(ctx, wanted) if wanted else {}
    return tuple(sorted({warning for warnings in found.values() for warning in warnings}))


@operation
def free(ctx: Context, *, booking_id: int, why: str = "") -> None:
    """Give it free for others. Raises NotFound, Refused or BookingIsFreed."""
    _free(ctx, _booked(ctx, booking_id), why)


@operation
def free_run(ctx: Context, *, run_id: int, sessions: Iterable[int] | None = None, why: str = "") -> int:
    """A run, or some of its gatherings, will not be held: all that is booked and is not over is free again.

    Gives how many bookings that was. Raises Refused.
    """
    booked = Booking.objects.filter(run_id=run_id, status=BookingStatus.BOOKED, ends_at__gt=ctx.now)
    if sessions is not None:
        booked = booked.filter(session_id__in=list(sessions))
    rows = list(booked.select_related("resource").select_for_update(of=("self",), no_key=True).order_by("pk"))
    for row in rows:
        access.require(ctx, Right.BOOKING_MANAGE, row)
        _free(ctx, row, why)
    return len(rows)


def _lock(ctx: Context, ids: Iterable[int]) -> list[Resource]:
    """The resources, locked in one order for all. Raises NotFound, Refused or ResourceIsRetired."""
    wanted = sorted(set(ids))
    rows = list(
        Resource.objects.filter(access.rows(ctx.actor, Right.RESOURCE_READ), pk__in=wanted)
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    if [row.pk for row in rows] != wanted or not rows:
        raise NotFound()
    for row in rows:
        access.require(ctx, Right.BOOKING_MANAGE, Booking(tenant_id=row.tenant_id, resource=row))
        if row.retired_on is not None:
            raise ResourceIsRetired(name=row.name)
    return rows


def _booked(ctx: Context, booking_id: int) -> Booking:
    rows = Booking.objects.select_related("resource").filter(access.rows(ctx.actor, Right.BOOKING_READ))
    row: Booking = access.fetch(ctx, rows, booking_id, Right.BOOKING_MANAGE, lock=True)
    if row.status != BookingStatus.BOOKED:
        raise BookingIsFreed()
    return row


def _check_times(ctx: Context, times: Times) -> None:
    starts_at, ends_at = times
    if starts_at.tzinfo is None or ends_at.tzinfo is None:
        raise ValueError("a booking's times carry their zone")
    if not timedelta() < ends_at - starts_at <= timedelta(days=LONGEST_DAYS):
        raise TimesAreBackwards(days=LONGEST_DAYS)


def _book(
    ctx: Context,
    resource: Resource,
    kind: BookingKind,
    times: Times,
    title: str,
    *,
    run_id: int | None = None,
    session_id: int | None = None,
) -> BookingMade:
    _check_times(ctx, times)
    if kind is not BookingKind.SESSION and times[1] <= ctx.now:
        raise BookingIsOver()
    words = rules.clean(title, TITLE_LENGTH)
    if not words:
        raise WhyIsMissing()
    if (kind is BookingKind.SESSION) != (run_id is not None and session_id is not None):
        raise ValueError("a gathering's booking says which run and which gathering")
    row = Booking(
        tenant_id=resource.tenant_id, resource=resource, kind=kind, title=words, run_id=run_id, session_id=session_id,
        booked_by_id=ctx.actor.person_id, booked_at=ctx.now,
    )  # fmt: skip
    warnings = _place(ctx, row, times)
    publish(
        ctx,
        ResourceBooked(tenant_id=row.tenant_id, resource_id=resource.pk, booking_id=row.pk, run_id=run_id),
    )
    return BookingMade(int(row.pk), warnings)


def _place(ctx: Context, row: Booking, times: Times) -> tuple[Caution, ...]:
    """Put a booking at a time, if it is open and nobody has it; save it."""
    resource = row.resource
    is_blocked = row.kind == BookingKind.BLOCKED
    buffers = (0, 0) if is_blocked else (resource.prepare_minutes, resource.clear_minutes)
    row.starts_at, row.ends_at = times
    span = rules.kept(*times, *buffers)
    row.period, row.status, row.freed_at = span, BookingStatus.BOOKED, None
    warnings = () if is_blocked else _check_open(resource, times)
    if standing := _overlapping(resource, span).exclude(pk=row.pk).order_by("starts_at").first():
        raise _taken(ctx, resource, times, standing)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "booking_is_never_double" not in str(error):
            raise
        raise _taken(ctx, resource, times, None) from error
    return warnings


def _check_open(resource: Resource, times: Times) -> tuple[Caution, ...]:
    hours = _hours(resource)
    days = list(Availability.objects.filter(resource=resource).values_list("first_on", "last_on"))
    lets = resource.outside_hours == OutsideHours.WARNED
    warnings = []
    if not rules.is_open(hours, *times):
        if not lets:
            raise OutsideOpeningHours(
                name=resource.name, when=_when(*times), next=_next(resource, times)
            )  # fmt: skip
        warnings.append(Caution.OUTSIDE_HOURS)
    if not rules.is_available(days, *times):
        if not lets:
            raise TrainerIsNotAvailable(name=resource.name, when=_when(*times))
        warnings.append(Caution.NOT_AVAILABLE)
    return tuple(warnings)


def _move(ctx: Context, wanted: Mapping[int, Times]) -> dict[int, tuple[Caution, ...]]:
    """Move bookings together: those that go out of each other's way do, and if one cannot, none is moved."""
    ids = Booking.objects.filter(pk__in=list(wanted)).values_list("resource_id", flat=True)
    resources = {row.pk: row for row in _lock(ctx, ids)}
    rows = list(Booking.objects.filter(pk__in=list(wanted), status=BookingStatus.BOOKED).order_by("starts_at", "pk"))
    moved: dict[int, tuple[Caution, ...]] = {}
    with transaction.atomic():
        # For the moment they stand nowhere, so that one may take another's old time.
        Booking.objects.filter(pk__in=[row.pk for row in rows]).update(status=BookingStatus.FREED, freed_at=ctx.now)
        for row in rows:
            row.resource = resources[row.resource_id]
            _check_times(ctx, wanted[row.pk])
            moved[row.pk] = _place(ctx, row, wanted[row.pk])
    for row in rows:
        publish(
            ctx,
            BookingMoved(
                tenant_id=row.tenant_id, resource_id=row.resource_id, booking_id=row.pk, begins=row.starts_at
            ),
        )  # fmt: skip
    return moved


def _free(ctx: Context, row: Booking, why: str) -> None:
    row.status, row.freed_at, row.freed_why = BookingStatus.FREED, ctx.now, rules.clean(why, 200)
    row.save(update_fields=["status", "freed_at", "freed_why"])
    publish(
        ctx,
        BookingFreed(tenant_id=row.tenant_id, resource_id=row.resource_id, booking_id=row.pk, run_id=row.run_id),
    )


def _overlapping(resource: Resource, span: Times) -> QuerySet[Booking]:
    return Booking.objects.filter(resource=resource, status=BookingStatus.BOOKED, period__overlap=span)


def _hours(resource: Resource) -> list[OpenHours]:
    found = OpeningHours.objects.filter(resource=resource).order_by("weekday")
    return [OpenHours(*row) for row in found.values_list("weekday", "opens", "closes")]


def _taken(ctx: Context, resource: Resource, times: Times, standing: Booking | None) -> ResourceIsTaken:
    """Said with who has it to those who may know."""
    told = {"name": resource.name, "when": _when(*times), "next": _next(resource, times)}
    if standing is not None:
        standing.resource = resource
        if access.answer(ctx.actor, Right.BOOKING_READ, standing):
            return ResourceIsTakenBy(**told, title=standing.title)
    return ResourceIsTaken(**told)


def _next(resource: Resource, times: Times) -> str:
    """The first time when it is free for as long, in words."""
    ahead = _overlapping(resource, (times[0] - timedelta(days=1), times[1] + rules.LOOKED_AT + timedelta(days=1)))
    taken = [(period.lower, period.upper) for period in ahead.values_list("period", flat=True)]
    start = rules.next_free(
        *times, taken=taken, hours=_hours(resource), prepare=resource.prepare_minutes, clear=resource.clear_minutes
    )
    return formats.moment(start) if start else _("senere enn om seksti dager")


def _when(starts_at: datetime, ends_at: datetime) -> str:
    last = formats.moment(ends_at)
    if rules.norwegian_day(starts_at) == rules.norwegian_day(ends_at):
        last = f"{ends_at.astimezone(rules.NORWAY):%H.%M}"
    return f"{formats.moment(starts_at)}–{last}"
