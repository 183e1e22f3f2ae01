"""What attendance gives: the run is held, and competence is written. Nothing else writes course evidence.

Who was there is told session by session (presence.py); here the sessions become an outcome by what the run asks for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import EvidenceInput, EvidenceSource
from kompetanse.domains.orders import api as orders
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureStatus
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .. import rules
from ..events import AttendanceRecorded, RunHeld
from ..models import Attendance, Run, RunContent, Session, Signup
from ..permissions import Right
from ..queries.attendance import enough_of, latest, minutes_of
from ..types import (
    SEATED,
    CorrectionNeedsReason,
    How,
    Mark,
    NotOnTheList,
    Part,
    Presence,
    RunIsNotOver,
    RunStatus,
    SignupStatus,
    Standing,
    Stretch,
)
from .presence import check_begun, check_open, find_session, take, write
from .runs import norwegian_date
from .seating import lock_run_with_siblings
from .terms import follow_attendance

Told = Mapping[tuple[int, int], Attendance]


@operation
def tell_presence(ctx: Context, *, session_id: int, marks: Iterable[Mark], reason: str = "") -> int:
    """The office tells who was at a session, and for how much of it. Gives how many were changed.

    Who is told to be as before is passed by; changing what was told needs a reason. Where the run is held the
    outcome and the ledger follow. Raises NotFound, Refused, RunIsCancelled, RunIsNotOpen, SessionHasNotBegun,
    NotOnTheList, MinutesAreWrong, CorrectionNeedsReason.
    """
    session = find_session(ctx, session_id, Right.RUN_MANAGE)
    check_open(ctx, session.run)
    check_begun(ctx, session)
    run = lock_run_with_siblings(ctx, session.run_id, Right.RUN_MANAGE)
    held = run.status == RunStatus.HELD
    changed = take(ctx, session, marks, How.OFFICE, reason, always_why=held)
    if held:
        _settle(ctx, run, changed, reason.strip()[:300])
    return len(changed)


@operation
def finish_attendance(ctx: Context, *, run_id: int) -> int:
    """The run is over: what is not told counts as not there, and those who were there enough get the competence.

    Gives how many did. Finishing again changes nothing. Raises Refused, RunIsNotOpen, RunIsCancelled, RunIsNotOver.
    """
    run = _lock(ctx, run_id)
    signups = _participants(run)
    sessions = _sessions(run)
    waiting = [signup for signup in signups if signup.status == SignupStatus.SEATED]
    told = latest([one.pk for one in sessions])
    for session in sessions:
        untold = [(s, Mark(s.pk, Part.NONE)) for s in waiting if (s.pk, session.pk) not in told]
        write(ctx, session, untold, How.OFFICE, "")
    _settle(ctx, run, waiting, "")
    if run.status != RunStatus.HELD:
        _hold(ctx, run)
    return sum(signup.status == SignupStatus.ATTENDED for signup in waiting)


@operation
def record_attendance(ctx: Context, *, run_id: int, present: Collection[int], reason: str = "") -> int:
    """Mark who was there, by sign-up id; the others on the list were absent. Gives how many were changed.

    The list fills in the sessions that nothing is told of. Where what is told already comes to something else
    than the list says, it is corrected, and that needs a reason. Saving the same list again changes nothing.
    Raises Refused, RunIsNotOpen, RunIsCancelled, RunIsNotOver, NotOnTheList, CorrectionNeedsReason.
    """
    run = _lock(ctx, run_id)
    signups = _participants(run)
    if set(present) - {signup.pk for signup in signups}:
        raise NotOnTheList()
    wanted = {signup.pk: signup.pk in set(present) for signup in signups}
    changed = [s for s in signups if s.status != _status(wanted[s.pk])]
    if any(signup.status != SignupStatus.SEATED for signup in changed) and not reason.strip():
        raise CorrectionNeedsReason()
    sessions, why = _sessions(run), reason.strip()[:300]
    told = latest([one.pk for one in sessions], [signup.pk for signup in changed])
    for session in sessions:
        untold = [
            (s, Mark(s.pk, Part.WHOLE if wanted[s.pk] else Part.NONE))
            for s in changed
            if (s.pk, session.pk) not in told
        ]
        write(ctx, session, untold, How.LIST, why)
    standings = _standings(run, sessions, changed)
    wrong = [signup for signup in changed if standings[signup.pk].enough != wanted[signup.pk]]
    if wrong and not why:
        raise CorrectionNeedsReason()
    for session in sessions if wrong else ():
        marks = [Mark(s.pk, Part.WHOLE if wanted[s.pk] else Part.NONE) for s in wrong]
        take(ctx, session, marks, How.LIST, why)
    _settle(ctx, run, changed, why)
    if run.status != RunStatus.HELD:
        _hold(ctx, run)
    return len(changed)


def _lock(ctx: Context, run_id: int) -> Run:
    """The run whose attendance is finished, on its last day or later. Raises where it cannot be."""
    run = lock_run_with_siblings(ctx, run_id, Right.RUN_MANAGE)
    check_open(ctx, run)
    last_day = norwegian_date(run.ends_at)
    if ctx.now < run.starts_at or ctx.today < last_day:
        raise RunIsNotOver(day=f"{last_day:%d.%m.%Y}")
    return run


def _participants(run: Run) -> list[Signup]:
    found = Signup.objects.filter(run_id=run.pk, status__in=sorted(SEATED))
    return list(found.select_for_update(no_key=True).order_by("id"))


def _sessions(run: Run) -> list[Session]:
    return list(Session.objects.filter(run_id=run.pk).order_by("number"))


def _standings(run: Run, sessions: list[Session], signups: Iterable[Signup]) -> dict[int, Standing]:
    enough, stretches = enough_of(run.pk), [Stretch(one.pk, minutes_of(one)) for one in sessions]
    found = list(signups)
    told = latest([one.pk for one in sessions], [signup.pk for signup in found])
    known: dict[int, dict[int, Presence]] = {signup.pk: {} for signup in found}
    for (signup_id, session_id), row in told.items():
        known[signup_id][session_id] = Presence(Part(row.part), row.minutes)
    return {pk: rules.reckon(enough, stretches, presences) for pk, presences in known.items()}


def _settle(ctx: Context, run: Run, signups: Iterable[Signup], reason: str) -> None:
    """Let the outcome, and with it the ledger, follow what is told. The sign-ups are locked."""
    found = list(signups)
    standings = _standings(run, _sessions(run), found)
    moved = [signup for signup in found if signup.status != _status(standings[signup.pk].enough)]
    if not moved:
        return
    taught = RunContent.objects.filter(run=run).values_list("requirement_code", flat=True).first()
    requirement = taught or plans.get_measure(ctx, measure_id=run.measure_id).requirement_code or None
    for signup in moved:
        _record(ctx, run, signup, requirement, standing=standings[signup.pk], reason=reason)
    # Who was there for too little of it has not stayed away.
    follow_attendance(
        ctx, run,
        came=[signup for signup in moved if standings[signup.pk].minutes or standings[signup.pk].enough],
        stayed_away=[signup for signup in moved if not (standings[signup.pk].minutes or standings[signup.pk].enough)],
    )  # fmt: skip


def _record(
    ctx: Context, run: Run, signup: Signup, requirement: str | None, *, standing: Standing, reason: str
) -> None:
    if standing.enough:
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
        signup.why = rules.NOT_ENOUGH if standing.minutes else rules.ABSENT
    signup.status, signup.reason = _status(standing.enough), reason
    signup.save(update_fields=["status", "why", "reason", "evidence"])
    publish(
        ctx,
        AttendanceRecorded(
            tenant_id=signup.tenant_id, run_id=run.pk, signup_id=signup.pk, present=standing.enough,
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
