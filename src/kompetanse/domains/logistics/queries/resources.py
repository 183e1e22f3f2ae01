"""Rooms, trainers and things: what there is, and one of them with all that the reader may know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .. import rules
from ..models import Availability, Booking, OpeningHours, Resource, Room, Trainer
from ..permissions import Right
from ..types import (
    Access,
    AvailableRow,
    BookingStatus,
    DriveRow,
    EquipmentPage,
    EquipmentRow,
    Feature,
    OpenHours,
    ResourceKind,
    ResourcePage,
    ResourceRow,
    RoomRow,
    RoomsPage,
    TrainerRow,
    TrainersPage,
)
from .bookings import booking_rows, resource_row

MOST_COMING = 50  # bookings told on a thing's own page


def visible(ctx: Context, kind: ResourceKind | None = None) -> QuerySet[Resource]:
    found = Resource.objects.filter(access.rows(ctx.actor, Right.RESOURCE_READ), retired_on=None)
    return found.filter(kind=kind) if kind else found


@query
def list_rooms(
    ctx: Context,
    *,
    place: str = "",
    people: int = 0,
    access_needed: Collection[Access] = (),
    free_from: datetime | None = None,
    free_to: datetime | None = None,
) -> list[RoomRow]:
    """Rooms in use, by place and name: with room for so many, with all of this, free the whole time. One query."""
    found = Room.objects.select_related("resource__municipality").filter(
        resource__in=visible(ctx, ResourceKind.ROOM), capacity__gte=people, access__contains=sorted(access_needed)
    )
    if place:
        found = found.filter(resource__place=place)
    if free_from and free_to and free_from < free_to:
        taken = Booking.objects.filter(status=BookingStatus.BOOKED, period__overlap=(free_from, free_to))
        found = found.exclude(resource_id__in=taken.values("resource_id"))
    return [_room(row) for row in found.order_by("resource__place", "resource__name", "pk")]


@query
def get_rooms(
    ctx: Context,
    *,
    place: str = "",
    people: int = 0,
    access_needed: Collection[Access] = (),
    free_from: datetime | None = None,
    free_to: datetime | None = None,
) -> RoomsPage:
    """Rooms as `list_rooms` finds them, the places there are, and whose rooms the reader may write down."""
    places = visible(ctx, ResourceKind.ROOM).order_by("place").values_list("place", flat=True).distinct()
    rooms = list_rooms(
        ctx, place=place, people=people, access_needed=access_needed, free_from=free_from, free_to=free_to
    )
    region_id, owners = owners_of(ctx)
    return RoomsPage(tuple(rooms), tuple(places), owners, region_id)


@query
def get_trainers(ctx: Context, *, skill: str = "") -> TrainersPage:
    """Trainers the reader may know of, by name; those with a skill that has these words."""
    found = Trainer.objects.select_related("resource__municipality").filter(
        access.rows(ctx.actor, Right.TRAINER_READ), resource__retired_on=None
    )
    rows = [_trainer(ctx, row) for row in found.order_by("resource__name", "pk")]
    words = skill.strip().casefold()
    region_id, owners = owners_of(ctx)
    chosen = tuple(row for row in rows if not words or any(words in it.casefold() for it in row.skills))
    return TrainersPage(chosen, owners, region_id)


@query
def get_equipment(ctx: Context) -> EquipmentPage:
    """Things in use, those alike together, by name and place."""
    pieces: dict[tuple[str, str, str], list[ResourceRow]] = defaultdict(list)
    found = visible(ctx, ResourceKind.EQUIPMENT).select_related("municipality").order_by("series", "place", "pk")
    for row in map(resource_row, found):
        pieces[row.series, row.place, row.owner].append(row)
    region_id, owners = owners_of(ctx)
    return EquipmentPage(tuple(EquipmentRow(*key, tuple(rows)) for key, rows in pieces.items()), owners, region_id)


@query
def get_resource(ctx: Context, *, resource_id: int) -> ResourcePage:
    """One room, trainer or thing, with what is coming. Raises NotFound or Refused."""
    row = access.fetch(ctx, Resource.objects.select_related("municipality"), resource_id, Right.RESOURCE_READ)
    room = Room.objects.select_related("resource__municipality").filter(resource=row).first()
    trainer = Trainer.objects.select_related("resource__municipality").filter(resource=row).first()
    coming = Booking.objects.filter(resource=row, status=BookingStatus.BOOKED, ends_at__gt=ctx.now)
    may_manage = bool(access.answer(ctx.actor, Right.RESOURCE_MANAGE, row)) and row.retired_on is None
    hours = OpeningHours.objects.filter(resource=row).order_by("weekday")
    days = Availability.objects.filter(resource=row, last_on__gte=ctx.today).order_by("first_on")
    return ResourcePage(
        resource=resource_row(row),
        room=_room(room) if room else None,
        trainer=_trainer(ctx, trainer) if trainer else None,
        hours=tuple(OpenHours(*it) for it in hours.values_list("weekday", "opens", "closes")),
        available=tuple(AvailableRow(*it) for it in days.values_list("first_on", "last_on")),
        coming=tuple(
            booking_rows(ctx, coming.select_related("resource").order_by("starts_at", "pk")[:MOST_COMING])
        ),
        may_manage=may_manage,
        may_book=may_manage and bool(access.answer(ctx.actor, Right.BOOKING_MANAGE, Booking(
            tenant_id=row.tenant_id, resource=row))),
        drives=_drives(ctx, _room(room)) if room else (),
        owners=tuple((key or 0, name) for key, name in owners_of(ctx)[1]) if may_manage else (),
    )  # fmt: skip


def _drives(ctx: Context, room: RoomRow) -> tuple[DriveRow, ...]:
    """From each municipality of the region, the nearest first; those from where no way is known are left out."""
    region = organisation.find_region_of(ctx.tenants, ctx.today)
    to = (room.latitude, room.longitude) if room.latitude is not None and room.longitude is not None else None
    found = []
    for row in organisation.list_municipalities(region.tenants) if region else []:
        at = (row.latitude, row.longitude) if row.latitude is not None and row.longitude is not None else None
        way = rules.drive(row.centre or row.name, room.resource.place, from_point=at, to_point=to)
        if way is not None:
            found.append(DriveRow(row.name, way.minutes, way.is_checked))
    return tuple(sorted(found, key=lambda it: (it.minutes, it.municipality)))


def owners_of(ctx: Context) -> tuple[int | None, tuple[tuple[int | None, str], ...]]:
    """The region, and those whose rooms and things the reader may write down: None is the region itself."""
    if not access.possible(ctx.actor, Right.RESOURCE_MANAGE):
        return None, ()
    region = organisation.find_region_of(ctx.tenants, ctx.today)
    if region is None:
        return None, ()
    own = {grant.tenant_id for role in (Role.CONTACT_PERSON, Role.HR) for grant in ctx.actor.places(role)}
    whole = bool(access.answer(ctx.actor, Right.RESOURCE_MANAGE, Resource(tenant_id=region.tenant_id)))
    members = tuple((row.tenant_id, row.name) for row in region.municipalities if whole or row.tenant_id in own)
    return region.tenant_id, ((None, region.name), *members) if whole else members


def _room(row: Room) -> RoomRow:
    return RoomRow(
        resource_row(row.resource), row.address, row.capacity, tuple(it for it in Feature if it in row.features),
        tuple(it for it in Access if it in row.access), row.latitude, row.longitude, row.contact,
    )  # fmt: skip


def _trainer(ctx: Context, row: Trainer) -> TrainerRow:
    near = bool(access.answer(ctx.actor, Right.TRAINER_REACH, row))
    return TrainerRow(
        resource_row(row.resource), row.is_external, row.is_course_leader, row.firm, tuple(row.skills),
        row.email if near else "", row.phone if near else "", row.agreed_on,
        row.resource.person_id,
    )  # fmt: skip
