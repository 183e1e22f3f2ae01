"""Somebody came without standing on the list: the office may put them there, and says why."""

from __future__ import annotations

from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .. import rules
from ..events import WalkedIn
from ..models import Run, Session, Signup
from ..permissions import Right
from ..types import (
    SEATED,
    STANDING,
    AlreadySignedUp,
    HasNoPost,
    MunicipalityIsNotInvited,
    SignupStatus,
    WalkInNeedsReason,
)
from .presence import check_begun, check_open
from .seating import lock_run


@operation
def add_walk_in(ctx: Context, *, run_id: int, employee_id: int, reason: str) -> int:
    """Put somebody who is there on the list, also where it is full: nobody who sat in the room is written out of it.

    Who waits or has asked is given the seat; nobody else's place changes. Gives the sign-up's id. Raises NotFound,
    Refused, RunIsCancelled, RunIsNotOpen, SessionHasNotBegun, WalkInNeedsReason, HasNoPost,
    MunicipalityIsNotInvited, AlreadySignedUp.
    """
    run = lock_run(ctx, run_id, Right.RUN_MANAGE)
    check_open(ctx, run)
    first = Session.objects.filter(run_id=run.pk).order_by("starts_at").first()
    if first is not None:
        check_begun(ctx, first)
    if not reason.strip():
        raise WalkInNeedsReason()
    employee = organisation.access_employee(ctx, employee_id=employee_id)
    if not employee.posts:
        raise HasNoPost()
    region = organisation.find_region_of(frozenset({run.tenant_id}), ctx.today)
    if region is None or employee.tenant_id not in region.tenants:
        raise MunicipalityIsNotInvited()
    found = Signup.objects.filter(run_id=run.pk, employee_id=employee.id, status__in=sorted(STANDING)).first()
    if found is not None and found.status in SEATED:
        raise AlreadySignedUp()
    if found is None:
        run.last_number += 1
        found = Signup(
            tenant_id=employee.tenant_id, region_id=run.tenant_id, run=run, employee_id=employee.id,
            unit_id=employee.posts[0].unit_id, queue_number=run.last_number, asked_at=ctx.now,
            asked_by_id=ctx.actor.person_id,
        )  # fmt: skip
    elif found.status == SignupStatus.WAITING:
        run.waiting -= 1
    found.status, found.place, found.why, found.reason = SignupStatus.SEATED, None, rules.WALK_IN, reason.strip()[:500]
    found.decided_at, found.decided_by_id = ctx.now, ctx.actor.person_id
    found.save()
    _make_room(run, employee.tenant_id)
    publish(
        ctx,
        WalkedIn(tenant_id=found.tenant_id, run_id=run.pk, signup_id=found.pk, reason=reason.strip()[:300]),
    )
    return int(found.pk)


def _make_room(run: Run, municipality_id: int) -> None:
    """One chair more is taken. Were they all taken, there was one more in the room than we knew."""
    run.seats_taken += 1
    run.max_seats = max(run.max_seats, run.seats_taken)
    if municipality_id not in run.municipalities:
        run.municipalities = [*run.municipalities, municipality_id]
    run.save(update_fields=["seats_taken", "max_seats", "waiting", "last_number", "municipalities"])
