"""Attendance: what makes competence of a course. Nothing else writes course evidence to the ledger."""

from __future__ import annotations

from collections.abc import Collection

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import EvidenceInput, EvidenceSource
from kompetanse.domains.orders import api as orders
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureStatus
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .. import rules
from ..events import AttendanceRecorded, RunHeld
from ..models import Run, Signup
from ..permissions import Right
from ..types import (
    SEATED,
    CorrectionNeedsReason,
    NotOnTheList,
    RunIsCancelled,
    RunIsNotOpen,
    RunIsNotOver,
    RunStatus,
    SignupStatus,
)
from .runs import norwegian_date
from .seating import lock_run_with_siblings
from .terms import follow_attendance


@operation
def record_attendance(ctx: Context, *, run_id: int, present: Collection[int], reason: str = "") -> int:
    """Mark who was there, by sign-up id; the others on the list were absent. Gives how many were changed.

    Saving the same list again changes nothing. Changing what was recorded before needs a reason. Raises
    Refused, RunIsNotOpen, RunIsCancelled, RunIsNotOver, NotOnTheList, CorrectionNeedsReason.
    """
    run = lock_run_with_siblings(ctx, run_id, Right.RUN_MANAGE)
    if run.status == RunStatus.CANCELLED:
        raise RunIsCancelled()
    if run.status == RunStatus.PLANNED:
        raise RunIsNotOpen()
    last_day = norwegian_date(run.ends_at)
    if ctx.now < run.starts_at or ctx.today < last_day:
        raise RunIsNotOver(day=f"{last_day:%d.%m.%Y}")
    signups = list(
        Signup.objects.filter(run_id=run.pk, status__in=sorted(SEATED)).select_for_update(no_key=True).order_by("id")
    )
    if set(present) - {signup.pk for signup in signups}:
        raise NotOnTheList()
    attended = {signup.pk: signup.pk in set(present) for signup in signups}
    changed = [s for s in signups if s.status != _status(attended[s.pk])]
    if any(signup.status != SignupStatus.SEATED for signup in changed) and not reason.strip():
        raise CorrectionNeedsReason()
    requirement = plans.get_measure(ctx, measure_id=run.measure_id).requirement_code or None
    for signup in changed:
        _record(ctx, run, signup, requirement, present=attended[signup.pk], reason=reason.strip()[:300])
    follow_attendance(ctx, run, changed)
    if run.status != RunStatus.HELD:
        _hold(ctx, run)
    return len(changed)


def _record(ctx: Context, run: Run, signup: Signup, requirement: str | None, *, present: bool, reason: str) -> None:
    if present:
        signup.evidence_id = competence.record_evidence(
            ctx,
            EvidenceInput(
                tenant_id=signup.tenant_id,
                employee_id=signup.employee_id,
                requirement_code=requirement,
                title=run.title,
                completed_on=norwegian_date(run.ends_at),
                source=EvidenceSource.COURSE,
                reference=run.reference,
            ),
        )
        signup.why = rules.PRESENT if requirement else rules.PRESENT_WITHOUT_REQUIREMENT
    else:
        if signup.evidence_id is not None:
            competence.correct_evidence(ctx, evidence_id=signup.evidence_id, why=reason, void=True)
            signup.evidence_id = None
        signup.why = rules.ABSENT
    signup.status, signup.reason = _status(present), reason
    signup.save(update_fields=["status", "why", "reason", "evidence"])
    publish(
        ctx,
        AttendanceRecorded(
            tenant_id=signup.tenant_id, run_id=run.pk, signup_id=signup.pk, present=present,
            evidence_id=signup.evidence_id, reason=reason,
        ),
    )  # fmt: skip


def _hold(ctx: Context, run: Run) -> None:
    """The run was held; when it was the measure's last, the measure is done and its orders are delivered."""
    run.status = RunStatus.HELD
    run.save(update_fields=["status"])
    publish(ctx, RunHeld(tenant_id=run.tenant_id, run_id=run.pk, measure_id=run.measure_id))
    left = Run.objects.filter(measure_id=run.measure_id, status__in=[RunStatus.PLANNED, RunStatus.OPEN])
    if not left.exists():
        plans.set_measure_status(ctx, measure_id=run.measure_id, status=MeasureStatus.DONE)
        orders.deliver_orders(ctx, measure_id=run.measure_id)


def _status(present: bool) -> SignupStatus:
    return SignupStatus.ATTENDED if present else SignupStatus.ABSENT
