"""Asking for a seat, approving, declining, withdrawing."""

from __future__ import annotations

from collections.abc import Iterable

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import EmployeeRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .. import rules
from ..events import SeatApproved, SeatAsked, SeatWithdrawn
from ..models import Run, Signup
from ..permissions import Right
from ..types import (
    STANDING,
    AlreadyDecided,
    AlreadySignedUp,
    DeadlineHasPassed,
    HasNoPost,
    MunicipalityIsNotInvited,
    NothingToWithdraw,
    OwnSignup,
    RunHasBegun,
    RunIsCancelled,
    RunIsHeld,
    RunIsNotOpen,
    RunStatus,
    SignupStatus,
)
from .seating import lock_run, settle, tell
from .terms import charge_withdrawal


@operation
def ask_for_seat(ctx: Context, *, run_id: int, employee_id: int) -> int:
    """Sign a person up: oneself, or one of one's people. Gives the sign-up's id.

    Where the actor is the one who approves for the person, it is approved at once. Raises NotFound, Refused,
    RunIsNotOpen, RunIsCancelled, RunIsHeld, RunHasBegun, DeadlineHasPassed, MunicipalityIsNotInvited,
    HasNoPost, AlreadySignedUp.
    """
    employee = organisation.access_employee(ctx, employee_id=employee_id, right=organisation.Right.POST_READ)
    approver_id = find_approver(ctx, employee)
    run = lock_run(ctx, run_id, Right.RUN_READ)
    _check_open(ctx, run)
    signup = _stand_in_line(ctx, run, employee, approver_id)
    _give_out(ctx, run, [signup] if _decides_for(ctx, signup, employee) else [])
    return int(signup.pk)


@operation
def ask_for_seats(ctx: Context, *, run_id: int, employee_ids: Iterable[int]) -> list[int]:
    """Sign several people up at once, in the given order. Gives the ids of the new sign-ups.

    Who is signed up already is passed by; any other refusal lets none of them in.
    """
    people = []
    for employee_id in employee_ids:
        employee = organisation.access_employee(ctx, employee_id=employee_id, right=organisation.Right.PEOPLE_LEAD)
        people.append((employee, find_approver(ctx, employee)))
    run = lock_run(ctx, run_id, Right.RUN_READ)
    _check_open(ctx, run)
    signups, approved = [], []
    for employee, approver_id in people:
        try:
            signup = _stand_in_line(ctx, run, employee, approver_id)
        except AlreadySignedUp:
            continue
        signups.append(signup)
        if _decides_for(ctx, signup, employee):
            approved.append(signup)
    _give_out(ctx, run, approved)
    return [int(signup.pk) for signup in signups]


@operation
def approve_signup(ctx: Context, *, signup_id: int) -> SignupStatus:
    """Approve; the person gets a seat or a place in the line at once. Raises OwnSignup, AlreadyDecided."""
    run, signup = _locked(ctx, signup_id, Right.SIGNUP_DECIDE)
    _check_decision(ctx, run, signup)
    _approve(ctx, signup)
    settle(ctx, run, fresh={signup.pk})
    signup.refresh_from_db(fields=["status"])
    return SignupStatus(signup.status)


@operation
def approve_signups(ctx: Context, *, signup_ids: Iterable[int]) -> int:
    """Approve several, in the order they stand in line. Gives how many still waited for it."""
    waiting = Signup.objects.filter(
        access.rows(ctx.actor, Right.SIGNUP_DECIDE), pk__in=list(signup_ids), status=SignupStatus.ASKED,
        run__status=RunStatus.OPEN,
    ).exclude(employee__person_id=ctx.actor.person_id)  # fmt: skip
    ids = list(waiting.order_by("run_id", "queue_number").values_list("id", flat=True))
    for signup_id in ids:
        approve_signup(ctx, signup_id=signup_id)
    return len(ids)


@operation
def decline_signup(ctx: Context, *, signup_id: int, reason: str = "") -> None:
    """Say no, with a reason the person can read. Raises OwnSignup, AlreadyDecided."""
    run, signup = _locked(ctx, signup_id, Right.SIGNUP_DECIDE)
    _check_decision(ctx, run, signup)
    signup.status, signup.why, signup.reason = SignupStatus.DECLINED, rules.DECLINED, reason.strip()[:500]
    signup.decided_at, signup.decided_by_id = ctx.now, ctx.actor.person_id
    signup.save(update_fields=["status", "why", "reason", "decided_at", "decided_by"])
    tell(ctx, run, signup.pk, signup.tenant_id, SignupStatus.DECLINED, rules.DECLINED)


@operation
def withdraw(ctx: Context, *, signup_id: int) -> None:
    """Give up the seat or the place; the next in line has it in the same transaction.

    Raises NothingToWithdraw, RunIsHeld, RunHasBegun.
    """
    run, signup = _locked(ctx, signup_id, Right.SIGNUP_WITHDRAW)
    if run.status == RunStatus.HELD:
        raise RunIsHeld()
    if not rules.can_withdraw(SignupStatus(signup.status)):
        raise NothingToWithdraw()
    if run.starts_at <= ctx.now:
        raise RunHasBegun()
    had_seat = signup.status == SignupStatus.SEATED
    signup.status, signup.place, signup.why = SignupStatus.WITHDRAWN, None, rules.WITHDRAWN
    signup.decided_at, signup.decided_by_id = ctx.now, ctx.actor.person_id
    signup.save(update_fields=["status", "place", "why", "decided_at", "decided_by"])
    publish(
        ctx,
        SeatWithdrawn(tenant_id=signup.tenant_id, run_id=run.pk, signup_id=signup.pk, had_seat=had_seat),
    )
    charge_withdrawal(ctx, run, signup, had_seat=had_seat)
    settle(ctx, run)


def find_approver(ctx: Context, employee: EmployeeRow) -> int | None:
    """Who answers for the person: the nearest leader of the post's unit who is not the person. None: HR."""
    if not employee.posts:
        raise HasNoPost()
    path = organisation.get_unit(ctx, unit_id=employee.posts[0].unit_id).path
    for unit_id in reversed(path):
        leader = organisation.find_leader_of(ctx, unit_id=unit_id)
        if leader is None:
            return None
        if leader.person_id != employee.person_id:
            return leader.id
    return None


def _check_open(ctx: Context, run: Run) -> None:
    if run.status == RunStatus.CANCELLED:
        raise RunIsCancelled()
    if run.status == RunStatus.HELD:
        raise RunIsHeld()
    if run.status == RunStatus.PLANNED:
        raise RunIsNotOpen()
    if run.starts_at <= ctx.now:
        raise RunHasBegun()
    if rules.is_released(run.deadline, ctx.today):
        raise DeadlineHasPassed(deadline=f"{run.deadline:%d.%m.%Y}")


def _stand_in_line(ctx: Context, run: Run, employee: EmployeeRow, approver_id: int | None) -> Signup:
    """Draw the next number of a locked run for a person. Raises MunicipalityIsNotInvited, AlreadySignedUp."""
    if employee.tenant_id not in run.municipalities:
        region = organisation.find_region_of(frozenset({run.tenant_id}), ctx.today)
        if region is None or employee.tenant_id not in region.tenants:
            raise MunicipalityIsNotInvited()
        run.municipalities = [*run.municipalities, employee.tenant_id]
    if Signup.objects.filter(run_id=run.pk, employee_id=employee.id, status__in=sorted(STANDING)).exists():
        raise AlreadySignedUp()
    run.last_number += 1
    signup = Signup(
        tenant_id=employee.tenant_id, region_id=run.tenant_id, run=run, employee_id=employee.id,
        unit_id=employee.posts[0].unit_id, queue_number=run.last_number, why=rules.ASKED,
        approver_id=approver_id, asked_at=ctx.now, asked_by_id=ctx.actor.person_id,
    )  # fmt: skip
    signup.save(force_insert=True)
    publish(
        ctx,
        SeatAsked(tenant_id=signup.tenant_id, run_id=run.pk, signup_id=signup.pk, approver_id=approver_id),
    )
    return signup


def _decides_for(ctx: Context, signup: Signup, employee: EmployeeRow) -> bool:
    """Is the actor one who would approve it anyway? Nobody approves their own."""
    own = employee.person_id == ctx.actor.person_id
    return not own and bool(access.answer(ctx.actor, Right.SIGNUP_DECIDE, signup))


def _give_out(ctx: Context, run: Run, approved: list[Signup]) -> None:
    """Seats or places for those approved at once; where nobody was, nobody's place has changed."""
    for signup in approved:
        _approve(ctx, signup)
    if approved:
        settle(ctx, run, fresh={signup.pk for signup in approved})
    else:
        run.save(update_fields=["last_number", "municipalities"])


def _approve(ctx: Context, signup: Signup) -> None:
    """Into the line, at the end until the seats are given out a moment later."""
    signup.status, signup.place, signup.why = SignupStatus.WAITING, signup.queue_number, ""
    signup.decided_at, signup.decided_by_id = ctx.now, ctx.actor.person_id
    signup.save(update_fields=["status", "place", "why", "decided_at", "decided_by"])
    publish(ctx, SeatApproved(tenant_id=signup.tenant_id, run_id=signup.run_id, signup_id=signup.pk))


def _check_decision(ctx: Context, run: Run, signup: Signup) -> None:
    if signup.employee.person_id == ctx.actor.person_id:
        raise OwnSignup()
    if run.status == RunStatus.CANCELLED:
        raise RunIsCancelled()
    if run.status == RunStatus.HELD:
        raise RunIsHeld()
    if signup.status != SignupStatus.ASKED:
        raise AlreadyDecided()


def _locked(ctx: Context, signup_id: int, right: str) -> tuple[Run, Signup]:
    """The run's row first, then the sign-up as it stands: everybody locks in that order."""
    signups = Signup.objects.select_related("employee", "unit")
    seen = access.fetch(ctx, signups, signup_id, right)
    run = lock_run(ctx, seen.run_id, Right.RUN_READ)
    return run, access.fetch(ctx, signups, signup_id, right)
