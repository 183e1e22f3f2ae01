"""A seat that is offered: taken, refused, or not answered in time. Each walks down the line in its own transaction."""

from __future__ import annotations

from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .. import rules
from ..events import OfferAnswered
from ..models import Run, Signup
from ..permissions import Right
from ..types import NoOffer, RunStatus, SeatAct, SignupStatus
from .seating import Done, log_end, settle, tell
from .signups import end, locked


@operation
def accept_offer(ctx: Context, *, signup_id: int) -> None:
    """Take the seat. Raises NoOffer where it is answered, or the time is out."""
    run, signup = _offered(ctx, signup_id)
    signup.status, signup.offer_until, signup.why = SignupStatus.SEATED, None, rules.OFFER_ACCEPTED
    signup.decided_at, signup.decided_by_id = ctx.now, ctx.actor.person_id
    signup.save(update_fields=["status", "offer_until", "why", "decided_at", "decided_by"])
    publish(ctx, OfferAnswered(tenant_id=signup.tenant_id, run_id=run.pk, signup_id=signup.pk, taken=True))
    log_end(ctx, run, Done(SeatAct.ACCEPTED, signup.pk, signup.tenant_id, SignupStatus.SEATED, rules.OFFER_ACCEPTED))
    tell(ctx, run, signup.pk, signup.tenant_id, SignupStatus.SEATED, rules.OFFER_ACCEPTED)


@operation
def refuse_offer(ctx: Context, *, signup_id: int) -> None:
    """Say no to the seat; it goes to the next in line at once. Raises NoOffer."""
    run, signup = _offered(ctx, signup_id)
    end(ctx, signup, rules.OFFER_REFUSED)
    publish(ctx, OfferAnswered(tenant_id=signup.tenant_id, run_id=run.pk, signup_id=signup.pk, taken=False))
    ended = SignupStatus.WITHDRAWN
    settle(ctx, run, acts=[Done(SeatAct.REFUSED, signup.pk, signup.tenant_id, ended, rules.OFFER_REFUSED)])


@operation
def expire_offers(ctx: Context, *, region_id: int) -> int:
    """Offers nobody answered in time go to the next in line. Gives how many ran out."""
    access.require(ctx, Right.RUN_MANAGE, Run(tenant_id=region_id))
    late = Signup.objects.filter(region_id=region_id, status=SignupStatus.OFFERED, offer_until__lte=ctx.now)
    gone = 0
    for run_id in sorted(set(late.values_list("run_id", flat=True))):
        run = Run.objects.select_for_update(no_key=True).get(pk=run_id)
        acts = []
        for signup in late.filter(run_id=run_id).order_by("queue_number"):
            end(ctx, signup, rules.OFFER_EXPIRED)
            acts.append(Done(SeatAct.EXPIRED, signup.pk, signup.tenant_id, SignupStatus.WITHDRAWN, rules.OFFER_EXPIRED))
            tell(ctx, run, signup.pk, signup.tenant_id, SignupStatus.WITHDRAWN, rules.OFFER_EXPIRED)
        if acts and run.status == RunStatus.OPEN:
            settle(ctx, run, acts=acts)
        gone += len(acts)
    return gone


def _offered(ctx: Context, signup_id: int) -> tuple[Run, Signup]:
    run, signup = locked(ctx, signup_id, Right.SIGNUP_WITHDRAW)
    late = signup.offer_until is None or signup.offer_until <= ctx.now
    if late or signup.status != SignupStatus.OFFERED or run.status != RunStatus.OPEN:
        raise NoOffer()
    return run, signup
