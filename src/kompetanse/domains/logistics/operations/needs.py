"""Food, and what participants need. Nothing of what somebody needs is written in deeds or events: it is to be gone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .. import rules
from ..events import CateringCancelled, CateringOrdered
from ..models import Catering, ParticipantNeed
from ..permissions import Right
from ..types import CONSENT, Need, PeopleAreImpossible, RunIsOver, WhyIsMissing


@operation
def order_catering(
    ctx: Context,
    *,
    region_id: int,
    run_id: int,
    session_id: int,
    starts_at: datetime,
    people: int,
    what: str,
    supplier: str = "",
) -> int:
    """Order food for a gathering; ordered again it is changed. Gives its id.

    Raises Refused, PeopleAreImpossible, WhyIsMissing or RunIsOver.
    """
    access.require(ctx, Right.CATERING_MANAGE, Catering(tenant_id=region_id))
    if not 1 <= people <= 5000:
        raise PeopleAreImpossible()
    words = rules.clean(what, 200)
    if not words:
        raise WhyIsMissing()
    if starts_at <= ctx.now:
        raise RunIsOver()
    row, _is_new = Catering.objects.update_or_create(
        tenant_id=region_id, session_id=session_id,
        defaults={
            "run_id": run_id, "starts_at": starts_at, "people": people, "what": words,
            "supplier": rules.clean(supplier, 120), "ordered_at": ctx.now,
        },
    )  # fmt: skip
    publish(ctx, CateringOrdered(tenant_id=region_id, run_id=run_id, session_id=session_id, people=people))
    return int(row.pk)


@operation
def cancel_catering(ctx: Context, *, catering_id: int) -> None:
    """No food after all. Raises NotFound or Refused."""
    row: Catering = access.fetch(ctx, Catering.objects.all(), catering_id, Right.CATERING_MANAGE)
    row.delete()
    publish(ctx, CateringCancelled(tenant_id=row.tenant_id, run_id=row.run_id, session_id=row.session_id))


@operation
def tell_needs(
    ctx: Context,
    *,
    tenant_id: int,
    region_id: int,
    run_id: int,
    run_ends_on: date,
    needs: Collection[Need],
    other: str = "",
    consent: bool = False,
) -> None:
    """Say what one needs oneself at a run; what was said before goes. Nothing at all takes it back.

    `tenant_id` is the municipality that signed the person up. There is no deed: that somebody needs something is
    itself what is to be gone. Raises Refused, NotFound, ConsentIsMissing, OtherIsMissing or RunIsOver.
    """
    if ctx.actor.person_id is None or tenant_id not in ctx.tenants:
        raise NotFound()
    words = rules.check_needs(needs, other, consent=consent)
    if run_ends_on < ctx.today:
        raise RunIsOver()
    mine = ParticipantNeed(tenant_id=tenant_id, person_id=ctx.actor.person_id)
    access.require(ctx, Right.PARTICIPANT_NEED_OWN, mine)
    ParticipantNeed.objects.filter(tenant_id=tenant_id, run_id=run_id, person_id=ctx.actor.person_id).delete()
    ParticipantNeed.objects.bulk_create(
        ParticipantNeed(
            tenant_id=tenant_id, region_id=region_id, run_id=run_id, person_id=ctx.actor.person_id, need=need,
            other=words if need is Need.OTHER else "", consent=CONSENT, told_at=ctx.now, run_ends_on=run_ends_on,
        )
        for need in sorted(set(needs))
    )  # fmt: skip


@operation
def forget_needs(ctx: Context, *, region_id: int, run_id: int, person_id: int | None = None) -> None:
    """The run is called off, or the person will not come: what was needed there is deleted at once.

    For the person, and for those who run the course. Raises Refused.
    """
    if person_id is None or person_id != ctx.actor.person_id:
        access.require(ctx, Right.CATERING_MANAGE, Catering(tenant_id=region_id))
    rows = ParticipantNeed.objects.filter(region_id=region_id, run_id=run_id)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    rows.delete()


@operation
def follow_run(ctx: Context, *, region_id: int, run_id: int, ends_on: date, sessions: dict[int, datetime]) -> None:
    """A run has other days: food and what is needed follow, and so does the day when it is deleted. Raises Refused."""
    access.require(ctx, Right.CATERING_MANAGE, Catering(tenant_id=region_id))
    ParticipantNeed.objects.filter(region_id=region_id, run_id=run_id).exclude(run_ends_on=ends_on).update(
        run_ends_on=ends_on
    )
    for session_id, starts_at in sessions.items():
        Catering.objects.filter(tenant_id=region_id, session_id=session_id).exclude(starts_at=starts_at).update(
            starts_at=starts_at
        )
