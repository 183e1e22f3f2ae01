"""Bodies and the seats in them."""

from __future__ import annotations

from datetime import date

from kompetanse.domains.organisation.events import BodyEstablished, BodyRulesSet, SeatLeft, SeatTaken, SeatWeighed
from kompetanse.domains.organisation.models import Affiliation, Body, BodyRuling, Region, Seat
from kompetanse.domains.organisation.permissions import Right
from kompetanse.domains.organisation.types import (
    BodyKind,
    BodyRulesAreImpossible,
    PersonHasNoSeat,
    SeatKind,
    VoteRule,
    WeightIsImpossible,
)
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
    notice_days: int = 0,
    decision_reference: str = "",
) -> None:
    """How many a body needs, how it counts votes, whether unions vote, which body stands above it, and how long
    before a meeting it is called. What the rules were before stays readable.

    Raises NotFound, Refused or BodyRulesAreImpossible.
    """
    body = access.fetch(ctx, Body.objects.all(), body_id, Right.BODY_READ, lock=True)
    access.require(ctx, Right.BODY_RULE, body)
    if not 1 <= quorum <= 200 or not 0 <= notice_days <= 90 or above_id == body_id:
        raise BodyRulesAreImpossible()
    above = Body.objects.filter(pk=above_id, tenant_id=body.tenant_id).first() if above_id is not None else None
    if above_id is not None and above is None:
        raise NotFound()
    body.quorum, body.vote_rule, body.unions_vote, body.above_id = quorum, vote_rule, unions_vote, above_id
    body.notice_days = notice_days
    body.save()
    BodyRuling.objects.create(
        tenant_id=body.tenant_id, body=body, quorum=quorum, vote_rule=vote_rule, unions_vote=unions_vote,
        above_name=above.name_nb if above else "", notice_days=notice_days,
        decision_reference=" ".join(decision_reference.split())[:120], set_by=ctx.actor.name[:160],
        person_id=ctx.actor.person_id, set_at=ctx.now,
    )  # fmt: skip
    publish(
        ctx,
        BodyRulesSet(
            tenant_id=body.tenant_id, body_id=body_id, quorum=quorum, vote_rule=vote_rule, unions_vote=unions_vote,
            above_id=above_id, notice_days=notice_days,
        ),
    )  # fmt: skip


@operation
def weigh_seat(ctx: Context, *, seat_id: int, weight: int) -> None:
    """How much a seat's vote weighs from now on, where the body weighs votes. Ballots that are open stay as they are.

    Raises NotFound, Refused or WeightIsImpossible.
    """
    seat = Seat.objects.select_for_update(of=("self",)).select_related("body").filter(pk=seat_id).first()
    if seat is None:
        raise NotFound()
    access.require(ctx, Right.BODY_RULE, seat.body)
    if not 1 <= weight <= 100:
        raise WeightIsImpossible()
    seat.weight = weight
    seat.save()
    publish(ctx, SeatWeighed(tenant_id=seat.tenant_id, body_id=seat.body_id, seat_id=seat_id, weight=weight))
