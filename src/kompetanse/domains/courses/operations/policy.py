"""What the office declares for a run, and the seats it holds back itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from ..events import SeatPolicyDeclared
from ..models import Run, SeatPolicy, Signup
from ..permissions import Right
from ..rules import Ground
from ..types import (
    DoesNotWait,
    NoOfficeSeat,
    OfficeSeatsDoNotFit,
    PolicyInput,
    ReleaseIsAfterStart,
    RunCannotBeChanged,
    RunIsNotOpen,
    RunStatus,
    SeatAct,
    SignupStatus,
)
from .seating import Done, fit_quotas, lock_run_with_siblings, number_of, policy_of, settle, starts_on, tell
from .signups import locked


@operation
def declare_policy(ctx: Context, *, run_id: int, policy: PolicyInput) -> None:
    """Declare how a run's seats are given out; it holds from now on, and the line is settled by it at once.

    Nobody loses a seat. Raises RunCannotBeChanged, OfficeSeatsDoNotFit, ReleaseIsAfterStart.
    """
    run = lock_run_with_siblings(ctx, run_id, Right.RUN_MANAGE)
    if run.status not in (RunStatus.PLANNED, RunStatus.OPEN):
        raise RunCannotBeChanged()
    if policy.office_seats > run.max_seats - run.seats_taken:
        raise OfficeSeatsDoNotFit(
            most=run.max_seats - run.seats_taken, taken=run.seats_taken, seats=run.max_seats
        )  # fmt: skip
    if policy.release_on is not None and policy.release_on > starts_on(run):
        raise ReleaseIsAfterStart()
    SeatPolicy.objects.update_or_create(tenant_id=run.tenant_id, run=run, defaults=asdict(policy))
    publish(ctx, SeatPolicyDeclared(tenant_id=run.tenant_id, run_id=run.pk, **asdict(policy)))
    if run.status == RunStatus.OPEN:
        fit_quotas(ctx, run.tenant_id, run.measure_id)


@operation
def give_office_seat(ctx: Context, *, signup_id: int) -> None:
    """Give one who waits a seat of those the office holds back: the one way past the line, and recorded as such.

    Raises DoesNotWait, NoOfficeSeat.
    """
    run, signup = locked(ctx, signup_id, Right.SIGNUP_READ)
    access.require(ctx, Right.RUN_MANAGE, run)
    if run.status != RunStatus.OPEN:
        raise RunIsNotOpen()
    if signup.status != SignupStatus.WAITING:
        raise DoesNotWait()
    policy = policy_of(run)
    if not policy.office_seats:
        raise NoOfficeSeat()
    SeatPolicy.objects.filter(run_id=run.pk).update(office_seats=policy.office_seats - 1)
    place(ctx, run, signup, Ground.OFFICE)


def place(ctx: Context, run: Run, signup: Signup, ground: Ground, *, besides: Sequence[Done] = ()) -> None:
    """Seat one of a locked run by a person's choice, not by the walk; the line is walked after it."""
    signup.status, signup.place, signup.why = SignupStatus.SEATED, None, ground.value
    signup.decided_at, signup.decided_by_id, signup.group = ctx.now, ctx.actor.person_id, None
    signup.save(update_fields=["status", "place", "why", "decided_at", "decided_by", "group"])
    done = Done(SeatAct.PLACED, signup.pk, signup.tenant_id, SignupStatus.SEATED, ground.value, number_of(signup))
    settle(ctx, run, acts=[*besides, done])
    tell(ctx, run, signup.pk, signup.tenant_id, SignupStatus.SEATED, ground.value)
