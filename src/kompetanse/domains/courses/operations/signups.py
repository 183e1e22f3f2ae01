"""Asking for a seat, approving, declining, withdrawing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import AskerRow
from kompetanse.foundation import access, tenancy
from kompetanse.foundation.operation import Event, operation, publish, publish_all
from kompetanse.kernel.context import Context

from .. import rules
from ..events import SeatApproved, SeatAsked, SeatWithdrawn, SignupSettled
from ..models import Run, Signup
from ..permissions import Right
from ..rules import Entry, Ruling
from ..types import (
    AlreadyDecided,
    AlreadySignedUp,
    DeadlineHasPassed,
    GroupIsTooLarge,
    GroupIsTooSmall,
    HasNoPost,
    MunicipalityIsNotInvited,
    NothingToWithdraw,
    OwnSignup,
    Placed,
    RunHasBegun,
    RunIsCancelled,
    RunIsHeld,
    RunIsNotOpen,
    RunStatus,
    SeatAct,
    SignupStatus,
)
from .seating import Done, lock_run, log_end, number_of, numbers_of, place_last, settle, tell, whole_run
from .statutory import has_statutory_deadline
from .terms import charge_withdrawal

ASKED, SEATED, WAITING = SignupStatus.ASKED, SignupStatus.SEATED, SignupStatus.WAITING
# The sign-up, its decision and the run's row in one go. Who stands on the run already gets nothing, and no number.
PLACE = """
    WITH signup AS (
        INSERT INTO courses_signup (tenant_id, region_id, run_id, employee_id, unit_id, status, queue_number, place,
                                    why, reason, approver_id, asked_at, asked_by_id, decided_at, decided_by_id,
                                    first, "group", levels_up)
        VALUES (%(tenant)s, %(region)s, %(run)s, %(employee)s, %(unit)s, %(status)s, %(number)s, %(place)s,
                %(why)s, '', %(approver)s, %(now)s, %(actor)s, %(decided)s, %(decider)s, %(first)s, %(group)s, 0)
        ON CONFLICT DO NOTHING RETURNING tenant_id, id
    ), decision AS (
        INSERT INTO courses_seatdecision (tenant_id, region_id, run_id, signup_id, step, act, status, place, rule,
                                          numbers, decided_at)
        SELECT tenant_id, %(region)s, %(run)s, id, %(step)s, %(act)s, %(status)s, %(place)s, %(why)s,
               %(numbers)s::jsonb, %(now)s
          FROM signup WHERE %(step)s IS NOT NULL
    ), run AS (
        UPDATE courses_run SET last_number = %(number)s, seats_taken = %(taken)s, waiting = %(waiting)s,
               municipalities = %(municipalities)s, line = %(line)s::jsonb
         WHERE tenant_id = %(region)s AND id = %(run)s AND EXISTS (SELECT FROM signup)
    )
    SELECT id FROM signup
"""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is about to stand in line, with what needs no lock to know."""

    who: AskerRow
    approved: bool
    first: bool = False


@operation
def ask_for_seat(ctx: Context, *, run_id: int, employee_id: int) -> int:
    """Sign a person up: oneself, or one of one's people. Gives the sign-up's id.

    Where the actor is the one who approves for the person, it is approved at once. Raises NotFound, Refused,
    RunIsNotOpen, RunIsCancelled, RunIsHeld, RunHasBegun, DeadlineHasPassed, MunicipalityIsNotInvited,
    HasNoPost, AlreadySignedUp.
    """
    return _sign_up(ctx, run_id, employee_id).signup_id


@operation
def sign_up(ctx: Context, *, run_id: int, employee_id: int) -> Placed:
    """The same, and gives what came of it: the status, and the place where the person waits."""
    return _sign_up(ctx, run_id, employee_id)


def _sign_up(ctx: Context, run_id: int, employee_id: int) -> Placed:
    who = organisation.get_asker(ctx, employee_id=employee_id)
    if who is None:
        raise HasNoPost()
    decides = decides_for(ctx, who)
    run = lock_run(ctx, run_id, Right.RUN_READ)
    check_open(ctx, run)
    approved = decides or not needs_approval(run)
    first = has_statutory_deadline(ctx, run, who.id)
    return stand_in_line(ctx, run, Newcomer(who, approved, first))


@operation
def ask_for_seats(ctx: Context, *, run_id: int, employee_ids: Iterable[int], as_group: bool = False) -> list[int]:
    """Sign several people up at once, in the given order. Gives the ids of the new sign-ups.

    Who is signed up already is passed by; any other refusal lets none of them in. As a group they get seats for
    all or none. Raises GroupIsTooSmall, GroupIsTooLarge.
    """
    return _sign_up_many(ctx, run_id, employee_ids, organisation.Right.PEOPLE_LEAD, as_group)


@operation
def sign_up_listed(ctx: Context, *, run_id: int, employee_ids: Iterable[int], as_group: bool = False) -> list[int]:
    """The same for those who answer for people without leading them: HR, and the office. What the actor would not
    approve waits for the leader."""
    return _sign_up_many(ctx, run_id, employee_ids, organisation.Right.POST_OVERSEE, as_group)


def _sign_up_many(ctx: Context, run_id: int, employee_ids: Iterable[int], right: str, as_group: bool) -> list[int]:
    wanted = list(dict.fromkeys(employee_ids))
    found = organisation.list_askers(ctx, employee_ids=wanted, right=right)
    people = []
    for employee_id in wanted:
        who = found.get(employee_id) or organisation.get_asker(ctx, employee_id=employee_id, right=right)
        if who is None:
            raise HasNoPost()
        people.append((who, decides_for(ctx, who)))
    run = lock_run(ctx, run_id, Right.RUN_READ)
    check_open(ctx, run)
    group = run.last_number + 1 if as_group else None
    signups, approved = [], []
    for who, decides in people:
        newcomer = Newcomer(who, decides or not needs_approval(run), has_statutory_deadline(ctx, run, who.id))
        invite(ctx, run, who)
        try:
            signup = write_asked(ctx, run, newcomer, group)
        except AlreadySignedUp:
            continue
        signups.append(signup)
        if newcomer.approved:
            approved.append(signup)
    if as_group and len(signups) < 2:
        raise GroupIsTooSmall()
    if as_group and len(signups) > run.max_seats:
        raise GroupIsTooLarge(people=len(signups), seats=run.max_seats)
    give_out(ctx, run, approved)
    return [int(signup.pk) for signup in signups]


@operation
def approve_signup(ctx: Context, *, signup_id: int) -> SignupStatus:
    """Approve; the person gets a seat or a place in the line at once. Raises OwnSignup, AlreadyDecided."""
    run, signup = locked(ctx, signup_id, Right.SIGNUP_DECIDE)
    _check_decision(ctx, run, signup)
    approve(ctx, signup)
    ruling = settle(ctx, run, fresh={signup.pk}, acts=[approval_of(signup)])[signup.pk]
    return SEATED if ruling.seated else WAITING


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
    run, signup = locked(ctx, signup_id, Right.SIGNUP_DECIDE)
    _check_decision(ctx, run, signup)
    signup.status, signup.why, signup.reason = SignupStatus.DECLINED, rules.DECLINED, reason.strip()[:500]
    signup.decided_at, signup.decided_by_id = ctx.now, ctx.actor.person_id
    signup.save(update_fields=["status", "why", "reason", "decided_at", "decided_by"])
    tell(ctx, run, signup.pk, signup.tenant_id, SignupStatus.DECLINED, rules.DECLINED)
    done = Done(SeatAct.DECLINED, signup.pk, signup.tenant_id, SignupStatus.DECLINED, rules.DECLINED)
    if signup.group is None:
        log_end(ctx, run, done)
    else:  # the others may have waited for this answer alone
        settle(ctx, run, acts=[done])


@operation
def withdraw(ctx: Context, *, signup_id: int) -> None:
    """Give up the seat or the place; the next in line has it in the same transaction.

    Raises NothingToWithdraw, RunIsHeld, RunHasBegun.
    """
    run, signup = locked(ctx, signup_id, Right.SIGNUP_WITHDRAW)
    if run.status == RunStatus.HELD:
        raise RunIsHeld()
    if not rules.can_withdraw(SignupStatus(signup.status)):
        raise NothingToWithdraw()
    if run.starts_at <= ctx.now:
        raise RunHasBegun()
    leave_line(ctx, run, signup, SeatAct.WITHDRAWN, rules.WITHDRAWN)


def leave_line(ctx: Context, run: Run, signup: Signup, act: SeatAct, why: str) -> None:
    """Out of a locked run's line, with seat or place; the next in line has it."""
    stood = signup.status
    end(ctx, signup, why)
    publish(
        ctx,
        SeatWithdrawn(
            tenant_id=signup.tenant_id, run_id=run.pk, signup_id=signup.pk,
            had_seat=stood in (SignupStatus.SEATED, SignupStatus.OFFERED),
        ),
    )  # fmt: skip
    if act == SeatAct.WITHDRAWN:  # who moves to another run, or lets an offer go by, owes nothing for it
        charge_withdrawal(ctx, run, signup, had_seat=stood == SignupStatus.SEATED)
    done = Done(act, signup.pk, signup.tenant_id, SignupStatus.WITHDRAWN, why)
    if stood == SignupStatus.ASKED and signup.group is None:
        log_end(ctx, run, done)
    else:
        settle(ctx, run, acts=[done])


def end(ctx: Context, signup: Signup, why: str) -> None:
    signup.status, signup.place, signup.why, signup.offer_until = SignupStatus.WITHDRAWN, None, why, None
    signup.decided_at, signup.decided_by_id = ctx.now, ctx.actor.person_id
    signup.save(update_fields=["status", "place", "why", "offer_until", "decided_at", "decided_by"])


def check_open(ctx: Context, run: Run) -> None:
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


def needs_approval(run: Run) -> bool:
    return bool(run.line.get("needs_approval", True))


def decides_for(ctx: Context, who: AskerRow) -> bool:
    """Is the actor one who would approve it anyway? Nobody approves their own."""
    if who.person_id == ctx.actor.person_id:
        return False
    # The row as it will be: the policy asks about these and nothing else of it.
    row: Any = SimpleNamespace(
        tenant_id=who.tenant_id, approver_id=who.leader_id, unit=SimpleNamespace(path=who.unit_path),
        employee=SimpleNamespace(person_id=who.person_id),
    )  # fmt: skip
    return bool(access.answer(ctx.actor, Right.SIGNUP_DECIDE, row))


def invite(ctx: Context, run: Run, who: AskerRow) -> None:
    """The person's municipality takes part from now on. Raises MunicipalityIsNotInvited."""
    if who.tenant_id not in run.municipalities:
        region = organisation.find_region_of(frozenset({run.tenant_id}), ctx.today)
        if region is None or who.tenant_id not in region.tenants:
            raise MunicipalityIsNotInvited()
        run.municipalities = [*run.municipalities, who.tenant_id]


def stand_in_line(ctx: Context, run: Run, newcomer: Newcomer) -> Placed:
    """Draw the next number of a locked run, and get what comes of it. Raises AlreadySignedUp."""
    invite(ctx, run, newcomer.who)
    number = run.last_number + 1
    if newcomer.approved:
        run.last_number = number
        entry = Entry(0, newcomer.who.tenant_id, number, first=newcomer.first)
        placed = place_last(ctx, run, entry)
        if placed is None:
            run.last_number = number - 1
            signup = write_asked(ctx, run, newcomer)
            ruling = give_out(ctx, run, [signup])[signup.pk]
            return Placed(signup.pk, SEATED if ruling.seated else WAITING, ruling.place)
        line, ruling = placed
        run.line = rules.to_row(line)
        run.seats_taken += ruling.seated
        run.waiting += not ruling.seated
        signup = _write(ctx, run, newcomer, None, number, ruling)
        why = ruling.ground.value
        publish_all(
            [
                (ctx, asked(signup)),
                (ctx, SeatApproved(tenant_id=signup.tenant_id, run_id=run.pk, signup_id=signup.pk)),
                (
                    whole_run(ctx, run, [signup.tenant_id]),
                    SignupSettled(
                        tenant_id=signup.tenant_id, run_id=run.pk, signup_id=signup.pk, status=signup.status, why=why
                    ),
                ),
            ]
        )
        return Placed(signup.pk, SignupStatus(signup.status), ruling.place)
    signup = write_asked(ctx, run, newcomer)
    return Placed(signup.pk, ASKED)


def approve(ctx: Context, signup: Signup) -> None:
    """Into the line, at the end until the seats are given out a moment later."""
    signup.status, signup.place, signup.why = SignupStatus.WAITING, signup.queue_number, ""
    signup.decided_at, signup.decided_by_id = ctx.now, ctx.actor.person_id
    signup.save(update_fields=["status", "place", "why", "decided_at", "decided_by"])
    publish(ctx, SeatApproved(tenant_id=signup.tenant_id, run_id=signup.run_id, signup_id=signup.pk))


def approval_of(signup: Signup) -> Done:
    return Done(SeatAct.APPROVED, signup.pk, signup.tenant_id, numbers=number_of(signup))


def asked(signup: Signup) -> Event:
    return SeatAsked(
        tenant_id=signup.tenant_id, run_id=signup.run_id, signup_id=signup.pk, approver_id=signup.approver_id
    )


def locked(ctx: Context, signup_id: int, right: str) -> tuple[Run, Signup]:
    """The run's row first, then the sign-up as it stands: everybody locks in that order."""
    signups = Signup.objects.select_related("employee", "unit")
    seen = access.fetch(ctx, signups, signup_id, right)
    run = lock_run(ctx, seen.run_id, Right.RUN_READ)
    return run, access.fetch(ctx, signups, signup_id, right)


def write_asked(ctx: Context, run: Run, newcomer: Newcomer, group: int | None = None) -> Signup:
    """A sign-up that waits for its approval, or for the line to be walked a moment later."""
    number = run.last_number + 1
    run.line = {**run.line, "step": run.line.get("step", 0) + 1}
    signup = _write(ctx, run, newcomer, group, number, None)
    run.last_number = number
    publish(ctx, asked(signup))
    return signup


def _write(ctx: Context, run: Run, newcomer: Newcomer, group: int | None, number: int, ruling: Ruling | None) -> Signup:
    who, status = newcomer.who, ASKED if ruling is None else SEATED if ruling.seated else WAITING
    signup = Signup(
        tenant_id=who.tenant_id, region_id=run.tenant_id, run_id=run.pk, employee_id=who.id, unit_id=who.unit_id,
        status=status, queue_number=number, place=ruling.place if ruling else None,
        why=rules.ASKED if ruling is None else ruling.ground.value, approver_id=who.leader_id, asked_at=ctx.now,
        asked_by_id=ctx.actor.person_id, first=newcomer.first, group=group,
    )  # fmt: skip
    numbers = number_of(signup) if ruling is None else numbers_of(signup, ruling)
    found = tenancy.select_named(
        PLACE,
        {
            "tenant": who.tenant_id, "region": run.tenant_id, "run": run.pk, "employee": who.id, "unit": who.unit_id,
            "status": status.value, "number": number, "place": signup.place, "why": signup.why,
            "approver": who.leader_id, "now": ctx.now, "actor": ctx.actor.person_id,
            "decided": ctx.now if ruling else None, "decider": ctx.actor.person_id if ruling else None,
            "first": newcomer.first, "group": group, "step": run.line["step"],
            "act": SeatAct.APPROVED.value if ruling else SeatAct.ASKED.value, "numbers": json.dumps(numbers),
            "taken": run.seats_taken, "waiting": run.waiting, "municipalities": run.municipalities,
            "line": json.dumps(run.line),
        },
    )  # fmt: skip
    if not found:
        raise AlreadySignedUp()
    signup.pk = found[0][0]
    return signup


def give_out(ctx: Context, run: Run, approved: list[Signup]) -> dict[int, Ruling]:
    """Seats or places for those approved at once; where nobody was, nobody's place has changed."""
    if not approved:
        return {}
    for signup in approved:
        approve(ctx, signup)
    return settle(ctx, run, fresh={s.pk for s in approved}, acts=[approval_of(s) for s in approved])


def _check_decision(ctx: Context, run: Run, signup: Signup) -> None:
    if signup.employee.person_id == ctx.actor.person_id:
        raise OwnSignup()
    if run.status == RunStatus.CANCELLED:
        raise RunIsCancelled()
    if run.status == RunStatus.HELD:
        raise RunIsHeld()
    if signup.status != SignupStatus.ASKED:
        raise AlreadyDecided()
