"""A municipality's round: opened, weighed by the leaders above, and approved as one list."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import IntegrityError, transaction

from kompetanse.domains.needs.events import ApprovalDelegated, RoundApproved, RoundOpened
from kompetanse.domains.needs.models import Need, Round
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.rules.reporting import check_text
from kompetanse.domains.needs.rules.rounds import seal
from kompetanse.domains.needs.types import (
    DeadlineHasPassed,
    DelegateIsUnknown,
    NeedsAreWaiting,
    NeedStatus,
    NothingToApprove,
    RoundAct,
    RoundHasChanged,
    RoundHasNoTitle,
    RoundIsOpen,
    RoundStatus,
    Step,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound
from kompetanse.kernel.text_marker import N_

from .passing import lock_open, note, take_back
from .placing import place_alone

NOT_PASSED_ON = N_("Ikke sendt videre før kommunens liste ble godkjent.")
DELEGATES = frozenset({Role.HR, Role.CONTACT_PERSON})


@operation
def open_round(ctx: Context, *, tenant_id: int, title: str, deadline: date) -> int:
    """From now the municipality's needs are gathered and approved as one list. Gives the round's id.

    What was reported before stays where it is. Raises NotFound, Refused, RoundIsOpen, RoundHasNoTitle,
    DeadlineHasPassed, TextIsTooLong.
    """
    if tenant_id not in ctx.tenants or not organisation.list_municipalities(frozenset({tenant_id})):
        raise NotFound()
    access.require(ctx, Right.ROUND_OPEN, Round(tenant_id=tenant_id))
    title = check_text("round", title)
    if not title:
        raise RoundHasNoTitle()
    if deadline < ctx.today:
        raise DeadlineHasPassed()
    try:
        with transaction.atomic():
            made: Round = Round.objects.create(
                tenant_id=tenant_id, title=title, deadline=deadline, opened_by=ctx.actor.person_id, opened_at=ctx.now
            )
    except IntegrityError:
        standing = Round.objects.get(tenant_id=tenant_id, status=RoundStatus.OPEN)
        raise RoundIsOpen(title=standing.title) from None
    publish(ctx, RoundOpened(tenant_id=tenant_id, round_id=made.pk))
    return made.pk


@operation
def delegate_approval(ctx: Context, *, round_id: int, person_id: int | None) -> None:
    """The chief executive leaves the approval to somebody in HR or the contact person, or takes it back (None).

    Raises NotFound, Refused, RoundIsApproved, DelegateIsUnknown.
    """
    access.fetch(ctx, Round.objects.all(), round_id, Right.ROUND_DELEGATE)
    standing = lock_open(round_id)
    if person_id is not None:
        holders = organisation.list_role_holders(ctx, tenant_id=standing.tenant_id, roles=DELEGATES)
        if person_id not in {holder.person_id for holder in holders}:
            raise DelegateIsUnknown()
    standing.delegate = person_id
    standing.save(update_fields=["delegate"])
    publish(ctx, ApprovalDelegated(tenant_id=standing.tenant_id, round_id=round_id))


@operation
def approve_round(ctx: Context, *, round_id: int, seen: str, leave_out: bool = False) -> int:
    """The list as it was seen is the municipality's: from now its needs count in the region. Gives how many.

    `seen` comes with the list. What was not passed on is withdrawn with that reason, if `leave_out` says so.
    Raises NotFound, Refused, RoundIsApproved, RoundHasChanged, NeedsAreWaiting, NothingToApprove.
    """
    access.fetch(ctx, Round.objects.all(), round_id, Right.ROUND_APPROVE)
    standing = lock_open(round_id)
    access.require(ctx, Right.ROUND_APPROVE, standing)  # a delegation may have been taken back meanwhile
    gathered = list(Need.objects.filter(round=standing, status=NeedStatus.IN_ROUND).order_by("id"))
    listed = [need for need in gathered if need.step == Step.LIST]
    waiting = [need for need in gathered if need.step != Step.LIST]
    if seen != seal((need.pk, need.people) for need in listed):
        raise RoundHasChanged()
    if not listed:
        raise NothingToApprove()
    if waiting and not leave_out:
        raise NeedsAreWaiting(count=len(waiting))
    _leave_out(ctx, waiting)
    for need in listed:
        need.status, need.step = NeedStatus.REPORTED, ""
    Need.objects.bulk_update(listed, ["status", "step"], batch_size=500)
    note(ctx, listed, RoundAct.APPROVED)
    standing.status, standing.approved_at, standing.approved_by = RoundStatus.APPROVED, ctx.now, ctx.actor.person_id
    standing.save(update_fields=["status", "approved_at", "approved_by"])
    place_alone(ctx, standing.tenant_id, listed)
    publish(ctx, RoundApproved(tenant_id=standing.tenant_id, round_id=round_id, needs=len(listed)))
    return len(listed)


def _leave_out(ctx: Context, waiting: Collection[Need]) -> None:
    take_back(ctx, list(waiting), NOT_PASSED_ON)
    note(ctx, list(waiting), RoundAct.LEFT_OUT)
