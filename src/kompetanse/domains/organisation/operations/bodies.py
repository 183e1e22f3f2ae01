"""Bodies and the seats in them."""

from __future__ import annotations

from datetime import date

from kompetanse.domains.organisation.events import BodyEstablished, SeatTaken
from kompetanse.domains.organisation.models import Affiliation, Body, Region, Seat
from kompetanse.domains.organisation.permissions import Right
from kompetanse.domains.organisation.types import BodyKind, SeatKind
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context


@operation
def establish_body(ctx: Context, *, tenant_id: int, name_nb: str, name_nn: str, kind: BodyKind, quorum: int = 1) -> int:
    """Establish a body, or find it by its name. Gives its id."""
    access.require(ctx, Right.REGION_ADMINISTER, Region(tenant_id=tenant_id))
    body, is_new = Body.objects.get_or_create(
        tenant_id=tenant_id, name_nb=name_nb, defaults={"name_nn": name_nn, "kind": kind, "quorum": quorum}
    )
    if is_new:
        publish(ctx, BodyEstablished(tenant_id=tenant_id, body_id=body.pk, kind=kind))
    return int(body.pk)


@operation
def take_seat(
    ctx: Context,
    *,
    body_id: int,
    person_id: int,
    name: str,
    kind: SeatKind,
    valid_from: date,
    represents: str = "",
    municipality_id: int | None = None,
) -> int:
    """Seat a person in a body from a day. Gives the seat's id; one that stands is found again."""
    body = access.fetch(ctx, Body.objects.all(), body_id, Right.BODY_READ)
    access.require(ctx, Right.REGION_ADMINISTER, Region(tenant_id=body.tenant_id))
    seat, is_new = Seat.objects.get_or_create(
        tenant_id=body.tenant_id,
        body=body,
        person_id=person_id,
        valid_to=None,
        defaults={
            "name": name,
            "kind": kind,
            "represents": represents,
            "municipality_id": municipality_id,
            "valid_from": valid_from,
        },
    )
    if is_new:
        Affiliation.objects.get_or_create(person_id=person_id, tenant_id=body.tenant_id)
        publish(ctx, SeatTaken(tenant_id=body.tenant_id, body_id=body_id, person_id=person_id, kind=kind))
    return int(seat.pk)
