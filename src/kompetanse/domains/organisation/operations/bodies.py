"""Bodies and the seats in them."""

from __future__ import annotations

from datetime import date

from kompetanse.domains.organisation.events import BodyEstablished, BodyRulesSet, SeatLeft, SeatTaken
from kompetanse.domains.organisation.models import Affiliation, Body, Region, Seat
from kompetanse.domains.organisation.permissions import Right
from kompetanse.domains.organisation.types import BodyKind, BodyRulesAreImpossible, PersonHasNoSeat, SeatKind, VoteRule
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound


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
    weight: int = 1,
    deputy_for_id: int | None = None,
) -> int:
    """Seat a person in a body from a day, perhaps as deputy for a seat. Gives the seat's id; one that stands is
    found again.
    """
    body = access.fetch(ctx, Body.objects.all(), body_id, Right.BODY_READ)
    access.require(ctx, Right.REGION_ADMINISTER, Region(tenant_id=body.tenant_id))
    if deputy_for_id is not None and not Seat.objects.filter(pk=deputy_for_id, body=body).exists():
        raise PersonHasNoSeat()
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
            "weight": weight,
            "deputy_for_id": deputy_for_id,
        },
    )
    if is_new:
        Affiliation.objects.get_or_create(person_id=person_id, tenant_id=body.tenant_id)
        publish(ctx, SeatTaken(tenant_id=body.tenant_id, body_id=body_id, person_id=person_id, kind=kind))
    return int(seat.pk)


@operation
def leave_seat(ctx: Context, *, seat_id: int, last_day: date) -> None:
    """Somebody sits in a body to and with a day. Raises NotFound, Refused or PersonHasNoSeat."""
    found = Seat.objects.filter(pk=seat_id).values_list("tenant_id", "valid_from").first()
    if found is None:
        raise NotFound()
    access.require(ctx, Right.REGION_ADMINISTER, Region(tenant_id=found[0]))
    if last_day < found[1]:
        raise PersonHasNoSeat()
    Seat.objects.filter(pk=seat_id).update(valid_to=last_day)
    publish(ctx, SeatLeft(tenant_id=found[0], seat_id=seat_id, last_day=last_day))


@operation
def set_body_rules(
    ctx: Context,
    *,
    body_id: int,
    quorum: int,
    vote_rule: VoteRule = VoteRule.ONE_EACH,
    unions_vote: bool = False,
    above_id: int | None = None,
) -> None:
    """How many a body needs, how it counts votes, whether unions vote, and which body stands above it.

    Raises NotFound, Refused or BodyRulesAreImpossible.
    """
    body = access.fetch(ctx, Body.objects.all(), body_id, Right.BODY_READ, lock=True)
    access.require(ctx, Right.REGION_ADMINISTER, Region(tenant_id=body.tenant_id))
    if not 1 <= quorum <= 200 or above_id == body_id:
        raise BodyRulesAreImpossible()
    if above_id is not None and not Body.objects.filter(pk=above_id, tenant_id=body.tenant_id).exists():
        raise NotFound()
    body.quorum, body.vote_rule, body.unions_vote, body.above_id = quorum, vote_rule, unions_vote, above_id
    body.save()
    publish(ctx, BodyRulesSet(tenant_id=body.tenant_id, body_id=body_id, quorum=quorum))
