"""Wishing for a course that has no date: told, withdrawn, and turned into sign-ups when a run is opened."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.plans import api as plans
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context

from ..events import InterestSignedUp, InterestTold, InterestWithdrawn
from ..models import Interest, Run
from ..permissions import Right
from ..types import AlreadyInterested, AlreadySignedUp, HasNoInterest, HasNoPost, InterestStatus
from .seating import lock_run, whole_run
from .signups import Newcomer, give_out, invite, needs_approval, write_asked
from .statutory import has_statutory_deadline


@operation
def tell_interest(ctx: Context, *, measure_id: int, employee_id: int) -> int:
    """Want a course that has no date yet: for oneself, or one of one's people. Gives the interest's id.

    Raises NotFound, Refused, HasNoPost, AlreadyInterested.
    """
    measure = plans.get_measure(ctx, measure_id=measure_id)
    who = organisation.get_asker(ctx, employee_id=employee_id)
    if who is None:
        raise HasNoPost()
    interest = Interest(
        tenant_id=who.tenant_id, region_id=measure.tenant_id, measure_id=measure.id, employee_id=who.id,
        told_at=ctx.now, told_by_id=ctx.actor.person_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            interest.save(force_insert=True)
    except IntegrityError as error:
        if "interest_is_told_once" not in str(error):
            raise
        raise AlreadyInterested() from error
    publish(ctx, InterestTold(tenant_id=who.tenant_id, measure_id=measure.id, interest_id=interest.pk))
    return int(interest.pk)


@operation
def withdraw_interest(ctx: Context, *, interest_id: int) -> None:
    """No longer interested. Raises HasNoInterest where it is withdrawn or signed up already."""
    interest = access.fetch(ctx, Interest.objects.all(), interest_id, Right.INTEREST_WITHDRAW, lock=True)
    if interest.status != InterestStatus.WAITING:
        raise HasNoInterest()
    interest.status, interest.settled_at = InterestStatus.WITHDRAWN, ctx.now
    interest.save(update_fields=["status", "settled_at"])
    publish(
        ctx,
        InterestWithdrawn(tenant_id=interest.tenant_id, measure_id=interest.measure_id, interest_id=interest.pk),
    )


def sign_up_interested(ctx: Context, run_id: int) -> int:
    """A run is opened: those who waited for a date stand in its line in the order they told. Gives how many.

    Done as the system, since it is nobody's act; each is told within their own municipality. Who has left since is
    let go.
    """
    seen = lock_run(ctx, run_id, Right.RUN_READ)
    region = organisation.find_region_of(frozenset({seen.tenant_id}), ctx.today)
    if region is None:
        return 0
    whole = system_context("interest becomes sign-ups", set(region.tenants), ctx.now)
    with tenant_scope(whole):
        run: Run = Run.objects.get(pk=run_id)
        waiting = Interest.objects.filter(
            region_id=run.tenant_id, measure_id=run.measure_id, status=InterestStatus.WAITING
        )
        interests = list(waiting.select_for_update(no_key=True).order_by("told_at", "id"))
        people = organisation.list_askers(whole, employee_ids=[one.employee_id for one in interests])
        approved = []
        for interest in interests:
            who = people.get(interest.employee_id)
            interest.settled_at = ctx.now
            if who is None:
                interest.status = InterestStatus.WITHDRAWN
                interest.save(update_fields=["status", "settled_at"])
                continue
            invite(whole, run, who)
            narrow = whole_run(ctx, run, [who.tenant_id])
            newcomer = Newcomer(who, not needs_approval(run), has_statutory_deadline(whole, run, who.id))
            try:
                signup = write_asked(narrow, run, newcomer)
            except AlreadySignedUp:
                continue
            if newcomer.approved:
                approved.append(signup)
            interest.status, interest.signup = InterestStatus.SIGNED_UP, signup
            interest.save(update_fields=["status", "settled_at", "signup"])
            publish(
                narrow,
                InterestSignedUp(tenant_id=who.tenant_id, run_id=run.pk, signup_id=signup.pk, interest_id=interest.pk),
            )
        give_out(whole, run, approved)
    return sum(one.status == InterestStatus.SIGNED_UP for one in interests)
