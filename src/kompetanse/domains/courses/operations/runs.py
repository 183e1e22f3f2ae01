"""Planning, opening, changing and cancelling runs."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureStatus
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context

from .. import rules
from ..events import RunCancelled, RunChanged, RunOpened, RunPlanned
from ..models import Run, Session, Signup
from ..permissions import Right
from ..types import (
    PENDING,
    CapacityBelowSeated,
    DeadlineIsAfterStart,
    OfficeSeatsDoNotFit,
    ReasonIsMissing,
    RunCannotBeChanged,
    RunInput,
    RunIsNotPlanned,
    RunStatus,
    RunTimesAreBackwards,
    SeatsAreBackwards,
    SignupStatus,
)
from .bookings import let_go, move_bookings
from .contents import describe, follow_run, keep_up
from .interest import sign_up_interested
from .seating import (
    fit_quotas,
    kept_line,
    lock_run_with_siblings,
    log_cancelled,
    policy_of,
    settle,
    tell_all,
    whole_run,
)
from .terms import note_move


def norwegian_date(moment: datetime) -> date:
    return rules.norwegian_date(moment)


@operation
def plan_run(ctx: Context, *, run: RunInput) -> int:
    """The office plans a run of a measure. Gives its id; nobody else sees it before it is opened."""
    access.require_role(ctx, Right.RUN_MANAGE)
    _check(run)
    measure = plans.get_measure(ctx, measure_id=run.measure_id)
    row = Run(tenant_id=measure.tenant_id, **asdict(run))
    access.require(ctx, Right.RUN_MANAGE, row)
    row.save(force_insert=True)
    Session(tenant_id=row.tenant_id, run=row, number=1, **_when(run)).save(force_insert=True)
    describe(row, requirement_code=measure.requirement_code)
    keep_up(row)
    publish(ctx, RunPlanned(tenant_id=row.tenant_id, run_id=row.pk, measure_id=run.measure_id))
    return int(row.pk)


@operation
def change_run(ctx: Context, *, run_id: int, run: RunInput) -> None:
    """Change a run that is not held or cancelled; more seats go to the line at once.

    A run of several sessions stays when they are, whatever the input says. Raises CapacityBelowSeated where people
    already sit on the chairs that would go, and BlockIsOutsideSession where the time blocks have no room.
    """
    row = lock_run_with_siblings(ctx, run_id, Right.RUN_MANAGE)
    if row.status not in (RunStatus.PLANNED, RunStatus.OPEN):
        raise RunCannotBeChanged()
    _check(run)
    if run.max_seats < row.seats_taken:
        raise CapacityBelowSeated(taken=row.seats_taken)
    if run.max_seats < row.seats_taken + policy_of(row).office_seats:
        raise OfficeSeatsDoNotFit(most=run.max_seats - row.seats_taken, taken=row.seats_taken, seats=run.max_seats)
    if Session.objects.filter(run_id=row.pk).count() == 1:  # of several, the run is when they are
        note_move(ctx, row, run.starts_at)
    for name, value in asdict(run).items():
        if name != "measure_id":
            setattr(row, name, value)
    row.save()
    moved = follow_run(row)
    keep_up(row)
    move_bookings(ctx, row)
    publish(ctx, RunChanged(tenant_id=row.tenant_id, run_id=row.pk, moved=moved))
    if row.status == RunStatus.OPEN:
        fit_quotas(ctx, row.tenant_id, row.measure_id)


@operation
def open_run(ctx: Context, *, run_id: int) -> None:
    """Open for sign-up, with the municipalities' ordered seats kept for them until the deadline."""
    row = lock_run_with_siblings(ctx, run_id, Right.RUN_MANAGE)
    if row.status != RunStatus.PLANNED:
        raise RunIsNotPlanned()
    row.status = RunStatus.OPEN
    row.save(update_fields=["status"])
    fit_quotas(ctx, row.tenant_id, row.measure_id)
    sign_up_interested(ctx, run_id)
    if plans.get_measure(ctx, measure_id=row.measure_id).status in (
        MeasureStatus.PLANNED,
        MeasureStatus.ORDERED,
    ):
        plans.set_measure_status(ctx, measure_id=row.measure_id, status=MeasureStatus.RUNNING)
    publish(ctx, RunOpened(tenant_id=row.tenant_id, run_id=row.pk, measure_id=row.measure_id))


@operation
def cancel_run(ctx: Context, *, run_id: int, reason: str) -> None:
    """Call the run off. Everybody who stood on it is told, with the reason."""
    row = lock_run_with_siblings(ctx, run_id, Right.RUN_MANAGE)
    if row.status not in (RunStatus.PLANNED, RunStatus.OPEN):
        raise RunCannotBeChanged()
    if not reason.strip():
        raise ReasonIsMissing()
    row.status, row.cancel_reason = RunStatus.CANCELLED, reason.strip()[:500]
    row.seats_taken = row.waiting = 0
    row.save(update_fields=["status", "cancel_reason", "seats_taken", "waiting"])
    with tenant_scope(whole_run(ctx, row, row.municipalities)):
        standing = Signup.objects.filter(run_id=row.pk, status__in=sorted(PENDING))
        told = list(standing.order_by("queue_number").values_list("id", "tenant_id"))
        standing.update(
            status=SignupStatus.WITHDRAWN, place=None, offer_until=None, why=rules.RUN_CANCELLED,
            reason=row.cancel_reason,
        )  # fmt: skip
        log_cancelled(ctx, row, told)
        gone = SignupStatus.WITHDRAWN
        tell_all(ctx, row, [(key, tenant_id, gone, rules.RUN_CANCELLED) for key, tenant_id in told])
    let_go(ctx, row)
    publish(ctx, RunCancelled(tenant_id=row.tenant_id, run_id=row.pk, reason=row.cancel_reason))
    fit_quotas(ctx, row.tenant_id, row.measure_id)


@operation
def follow_orders(ctx: Context, *, region_id: int, measure_id: int) -> None:
    """Orders have changed: let the seats kept on the measure's open runs follow."""
    access.require(ctx, Right.RUN_MANAGE, Run(tenant_id=region_id))
    fit_quotas(ctx, region_id, measure_id)


@operation
def release_seats(ctx: Context, *, region_id: int) -> int:
    """The day of release has come: kept seats nobody took go to the line. Gives how many runs were looked at."""
    access.require(ctx, Right.RUN_MANAGE, Run(tenant_id=region_id))
    due = Run.objects.filter(tenant_id=region_id, status=RunStatus.OPEN, starts_at__gt=ctx.now, waiting__gt=0)
    locked = due.select_for_update(no_key=True).order_by("id")
    runs = [run for run in locked if kept_line(ctx, run) is None]
    for run in runs:
        settle(ctx, run)
    return len(runs)


def _when(run: RunInput) -> dict[str, object]:
    return {"starts_at": run.starts_at, "ends_at": run.ends_at, "place": run.place, "room": run.room}


def _check(run: RunInput) -> None:
    if run.ends_at <= run.starts_at:
        raise RunTimesAreBackwards()
    if run.deadline > norwegian_date(run.starts_at):
        raise DeadlineIsAfterStart()
    if run.min_seats < 1 or run.max_seats < run.min_seats:
        raise SeatsAreBackwards()
