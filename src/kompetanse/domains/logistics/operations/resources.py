"""Writing down rooms, trainers and things: what they are, when they can be had, and that they are gone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.errors import NotFound

from .. import rules
from ..events import ResourceAdded, ResourceChanged, ResourceRetired
from ..models import Availability, Booking, OpeningHours, Resource, Room, Trainer
from ..permissions import Right
from ..types import (
    MOST_PIECES,
    NAME_LENGTH,
    NOTE_LENGTH,
    AvailabilityIsBackwards,
    BookingStatus,
    CountIsImpossible,
    EquipmentInput,
    NameIsTaken,
    OpenHours,
    OwnPersonIsUnknown,
    ResourceHasChanged,
    ResourceInput,
    ResourceIsInUse,
    ResourceIsRetired,
    ResourceKind,
    RoomInput,
    TrainerInput,
)


@operation
def add_room(ctx: Context, *, region_id: int, room: RoomInput) -> int:
    """Write a room down. Gives its id. Raises Refused, NameIsTaken, or what cannot be."""
    return _add(ctx, region_id, ResourceKind.ROOM, room)


@operation
def add_trainer(ctx: Context, *, region_id: int, trainer: TrainerInput) -> int:
    """Write a trainer down. Gives the id. Raises Refused, NameIsTaken, OwnPersonIsUnknown, ContactNeedsAgreement."""
    return _add(ctx, region_id, ResourceKind.TRAINER, trainer)


@operation
def add_equipment(ctx: Context, *, region_id: int, equipment: EquipmentInput) -> list[int]:
    """Write down so many alike: each is booked by itself. Gives their ids. Raises Refused, NameIsTaken,

    CountIsImpossible.
    """
    if not 1 <= equipment.count <= MOST_PIECES:
        raise CountIsImpossible(most=MOST_PIECES)
    rules.check_resource(equipment)
    called = rules.clean(equipment.name, NAME_LENGTH - 8)
    same = Resource.objects.filter(
        tenant_id=region_id, kind=ResourceKind.EQUIPMENT, series=called, place=rules.clean(equipment.place, 60)
    )
    first = same.count() + 1
    return [
        _add(ctx, region_id, ResourceKind.EQUIPMENT, equipment, name=f"{called} nr. {number}", series=called)
        for number in range(first, first + equipment.count)
    ]


@operation
def change_room(ctx: Context, *, resource_id: int, version: int, room: RoomInput) -> None:
    """Write a room anew. `version` is as the writer saw it. Raises NotFound, Refused, ResourceHasChanged."""
    _change(ctx, resource_id, version, ResourceKind.ROOM, room)


@operation
def change_trainer(ctx: Context, *, resource_id: int, version: int, trainer: TrainerInput) -> None:
    """Write a trainer anew. Raises NotFound, Refused, ResourceHasChanged, ContactNeedsAgreement."""
    _change(ctx, resource_id, version, ResourceKind.TRAINER, trainer)


@operation
def set_hours(ctx: Context, *, resource_id: int, hours: Collection[OpenHours]) -> None:
    """Say when it is open, weekday by weekday; what was said before goes. None at all: at any time.

    What is booked already stands. Raises NotFound, Refused, HoursAreBackwards.
    """
    row = standing(ctx, resource_id)
    rules.check_hours(hours)
    OpeningHours.objects.filter(resource=row).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(tenant_id=row.tenant_id, resource=row, weekday=it.weekday, opens=it.opens, closes=it.closes)
        for it in hours
    )
    publish(ctx, ResourceChanged(tenant_id=row.tenant_id, resource_id=row.pk))


@operation
def set_availability(ctx: Context, *, resource_id: int, periods: Sequence[tuple[date, date]]) -> None:
    """Say on which days a trainer can, from and with to and with. None at all: is asked each time.

    Raises NotFound, Refused, AvailabilityIsBackwards.
    """
    row = standing(ctx, resource_id)
    if any(last < first for first, last in periods):
        raise AvailabilityIsBackwards()
    Availability.objects.filter(resource=row).delete()
    Availability.objects.bulk_create(
        Availability(tenant_id=row.tenant_id, resource=row, first_on=first, last_on=last) for first, last in periods
    )
    publish(ctx, ResourceChanged(tenant_id=row.tenant_id, resource_id=row.pk))


@operation
def retire(ctx: Context, *, resource_id: int) -> None:
    """Take it out of use. How a trainer is reached goes at once. Raises NotFound, Refused, ResourceIsInUse."""
    row = standing(ctx, resource_id)
    coming = Booking.objects.filter(resource=row, status=BookingStatus.BOOKED, ends_at__gt=ctx.now).count()
    if coming:
        raise ResourceIsInUse(name=row.name, count=coming)
    row.retired_on, row.version = ctx.today, row.version + 1
    row.save(update_fields=["retired_on", "version"])
    Trainer.objects.filter(resource=row).update(email="", phone="")
    publish(ctx, ResourceRetired(tenant_id=row.tenant_id, resource_id=row.pk))


def standing(ctx: Context, resource_id: int) -> Resource:
    """The resource, locked, while it is in use and the actor may change it. Raises NotFound, Refused or

    ResourceIsRetired.
    """
    row: Resource = access.fetch(ctx, _in_sight(ctx), resource_id, Right.RESOURCE_MANAGE, lock=True)
    if row.retired_on is not None:
        raise ResourceIsRetired(name=row.name)
    return row


def _in_sight(ctx: Context) -> QuerySet[Resource]:
    # A trainer whom the actor may not see is not there.
    return Resource.objects.filter(access.rows(ctx.actor, Right.RESOURCE_READ))


def _add(
    ctx: Context, region_id: int, kind: ResourceKind, told: ResourceInput, *, name: str = "", series: str = ""
) -> int:
    row = Resource(tenant_id=region_id, kind=kind)
    _tell(ctx, row, told)
    if name:
        row.name, row.series = name, series
    access.require(ctx, Right.RESOURCE_MANAGE, row)
    _save(row)
    _tell_more(row, told)
    publish(ctx, ResourceAdded(tenant_id=region_id, resource_id=row.pk))
    return int(row.pk)


def _change(ctx: Context, resource_id: int, version: int, kind: ResourceKind, told: ResourceInput) -> None:
    row = standing(ctx, resource_id)
    if row.kind != kind:
        raise NotFound()
    if row.version != version:
        raise ResourceHasChanged()
    _tell(ctx, row, told)
    access.require(ctx, Right.RESOURCE_MANAGE, row)  # nobody gives away what is another's, nor takes it
    row.version += 1
    _save(row)
    _tell_more(row, told)
    publish(ctx, ResourceChanged(tenant_id=row.tenant_id, resource_id=row.pk))


def _tell(ctx: Context, row: Resource, told: ResourceInput) -> None:
    rules.check_resource(told)
    row.name, row.place = rules.clean(told.name, NAME_LENGTH), rules.clean(told.place, 60)
    row.municipality_id, row.note = told.municipality_id, rules.clean(told.note, NOTE_LENGTH)
    row.prepare_minutes, row.clear_minutes = told.prepare_minutes, told.clear_minutes
    row.outside_hours = told.outside_hours
    if isinstance(told, TrainerInput):
        if told.person_id is not None and told.person_id != row.person_id and not _works_here(ctx, told.person_id):
            raise OwnPersonIsUnknown()
        row.person_id = None if told.is_external else told.person_id


def _works_here(ctx: Context, person_id: int) -> bool:
    inside = system_context("who may train", ctx.tenants, ctx.now)
    return any(post.person_id == person_id for post in organisation.list_staff(inside))


def _save(row: Resource) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "its_own" in str(error) or "for_a_person" in str(error):
            raise NameIsTaken(name=row.name) from error
        raise


def _tell_more(row: Resource, told: ResourceInput) -> None:
    if isinstance(told, RoomInput):
        Room.objects.update_or_create(
            tenant_id=row.tenant_id, resource=row,
            defaults={
                "address": rules.clean(told.address, 200), "capacity": told.capacity,
                "features": sorted(told.features), "access": sorted(told.access), "latitude": told.latitude,
                "longitude": told.longitude, "contact": rules.clean(told.contact, 200),
            },
        )  # fmt: skip
    elif isinstance(told, TrainerInput):
        Trainer.objects.update_or_create(
            tenant_id=row.tenant_id, resource=row,
            defaults={
                "is_external": told.is_external, "is_course_leader": told.is_course_leader,
                "firm": rules.clean(told.firm, 120), "email": rules.clean(told.email, 160),
                "phone": rules.clean(told.phone, 40), "agreed_on": told.agreed_on,
                "skills": sorted({rules.clean(skill, 80) for skill in told.skills} - {""}),
            },
        )  # fmt: skip
