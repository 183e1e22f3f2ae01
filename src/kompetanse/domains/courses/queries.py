"""What can be asked of the courses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, Q, QuerySet, When

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from . import rules
from .models import Message, Quota, Run, Signup
from .permissions import Right
from .types import (
    STANDING,
    Approvals,
    Candidate,
    MessageRow,
    MessageState,
    QuotaRow,
    RunPage,
    RunRow,
    RunStatus,
    SignupRow,
    SignupStatus,
)

RUN = (
    "id", "tenant_id", "measure_id", "title", "place", "room", "starts_at", "ends_at", "min_seats", "max_seats",
    "deadline", "status", "seats_taken", "waiting",
)  # fmt: skip
RUN_FIELDS = ("id", "region_id", *RUN[2:])
# What a sign-up's row is called, and where it is found.
SIGNUP = {
    "id": "id",
    "tenant_id": "tenant_id",
    "municipality": "tenant__name",
    "run_id": "run_id",
    "run_title": "run__title",
    "starts_at": "run__starts_at",
    "employee_id": "employee_id",
    "person_id": "employee__person_id",
    "given_name": "employee__given_name",
    "family_name": "employee__family_name",
    "unit_id": "unit_id",
    "unit_name": "unit__name",
    "status": "status",
    "queue_number": "queue_number",
    "place": "place",
    "why": "why",
    "reason": "reason",
    "asked_at": "asked_at",
    "approver_given": "approver__given_name",
    "approver_family": "approver__family_name",
    "evidence_id": "evidence_id",
}
MESSAGES_SHOWN = 200


@query
def list_runs(
    ctx: Context,
    *,
    measure_id: int | None = None,
    status: RunStatus | None = None,
    text: str = "",
    place: str = "",
    upcoming: bool = False,
) -> list[RunRow]:
    """Runs the actor may see, by time; planned ones only for the office. `upcoming`: neither over nor called off.

    Two queries.
    """
    found = _visible(ctx)
    if measure_id is not None:
        found = found.filter(measure_id=measure_id)
    if status is not None:
        found = found.filter(status=status)
    if text:
        found = found.filter(Q(title__icontains=text) | Q(place__icontains=text))
    if place:
        found = found.filter(place=place)
    if upcoming:
        found = found.filter(ends_at__gte=ctx.now).exclude(status=RunStatus.CANCELLED)
    mine = dict(
        Signup.objects.filter(employee__person_id=ctx.actor.person_id, status__in=sorted(STANDING)).values_list(
            "run_id", "status"
        )
    )
    return [_run_row(values, mine.get(values[0])) for values in found.order_by("starts_at", "id").values_list(*RUN)]


@query
def get_run(ctx: Context, *, run_id: int) -> RunPage:
    """A run with what the reader may do there, and the reader's own place. Raises NotFound."""
    values = (
        _visible(ctx)
        .filter(pk=run_id)
        .values_list(*RUN, "measure__title_nb", "measure__requirement_code", "cancel_reason")
        .first()
    )
    if values is None:
        raise NotFound()
    own = Q(employee__person_id=ctx.actor.person_id, run_id=run_id)
    mine = _signup_rows(Signup.objects.filter(own & ~Q(employee__person_id=None)).order_by("-queue_number")[:1])
    run = _run_row(values[: len(RUN)], mine[0].status if mine and mine[0].status in STANDING else None)
    quotas = Quota.objects.filter(run_id=run_id).order_by("municipality__number")
    employments = organisation.list_own_employments(ctx)
    return RunPage(
        run=run,
        measure_title=values[len(RUN)],
        requirement_code=values[len(RUN) + 1],
        cancel_reason=values[len(RUN) + 2],
        quotas=tuple(
            QuotaRow(name, tenant_id, seats)
            for name, tenant_id, seats in quotas.values_list("municipality__name", "municipality_id", "seats")
        ),
        mine=mine[0] if mine else None,
        my_employee_id=employments[0].id if employments else None,
        may_manage=access.possible(ctx.actor, Right.RUN_MANAGE),
        may_sign_up_others=bool(ctx.actor.places(Role.LEADER)),
        open_for_signup=run.is_open and run.starts_at > ctx.now and not rules.is_released(run.deadline, ctx.today),
    )


@query
def list_signups(
    ctx: Context, *, run_id: int | None = None, statuses: frozenset[SignupStatus] | None = None
) -> list[SignupRow]:
    """Sign-ups the actor may see, in the order of the line. One query."""
    found = Signup.objects.filter(access.rows(ctx.actor, Right.SIGNUP_READ))
    if run_id is not None:
        found = found.filter(run_id=run_id)
    if statuses is not None:
        found = found.filter(status__in=sorted(statuses))
    return _signup_rows(found.order_by("run_id", "queue_number"))


@query
def list_participants(ctx: Context, *, run_id: int) -> list[SignupRow]:
    """Those who have a seat or have been there, by name: the attendance list. One query. Raises Refused."""
    access.require_role(ctx, Right.RUN_MANAGE)
    rows = list_signups(
        ctx, run_id=run_id,
        statuses=frozenset({SignupStatus.SEATED, SignupStatus.ATTENDED, SignupStatus.ABSENT}),
    )  # fmt: skip
    return sorted(rows, key=lambda row: (row.name.casefold(), row.id))


@query
def list_line(ctx: Context, *, run_id: int) -> list[SignupRow]:
    """Those who wait for a seat or for approval, in the order of the line. One query."""
    statuses = frozenset({SignupStatus.WAITING, SignupStatus.ASKED})
    return list_signups(ctx, run_id=run_id, statuses=statuses)


@query
def get_signup(ctx: Context, *, signup_id: int) -> SignupRow:
    """One sign-up. Raises NotFound."""
    rows = _signup_rows(Signup.objects.filter(access.rows(ctx.actor, Right.SIGNUP_READ), pk=signup_id))
    if not rows:
        raise NotFound()
    return rows[0]


@query
def list_own_signups(ctx: Context) -> list[SignupRow]:
    """The actor's own: the coming ones first, and of those what still stands. One query."""
    own = Signup.objects.filter(employee__person_id=ctx.actor.person_id).exclude(employee__person_id=None)
    rows = _signup_rows(own.order_by("run__starts_at", "id"))
    return sorted(rows, key=lambda row: (row.starts_at < ctx.now, row.status not in STANDING))


@query
def list_approvals(ctx: Context) -> Approvals:
    """What waits for approval and the actor may answer; never the actor's own. One query."""
    first = Q(approver__person_id=ctx.actor.person_id) | Q(approver=None)
    found = (
        Signup.objects.filter(
            access.rows(ctx.actor, Right.SIGNUP_DECIDE), status=SignupStatus.ASKED, run__status=RunStatus.OPEN
        )
        .exclude(employee__person_id=ctx.actor.person_id or 0)
        .annotate(is_first=Case(When(first, then=True), default=False))
        .order_by("run__starts_at", "run_id", "queue_number")
    )
    mine: list[SignupRow] = []
    others: list[SignupRow] = []
    for is_first, *values in found.values_list("is_first", *SIGNUP.values()):
        (mine if is_first else others).append(_signup_row(values))
    return Approvals(tuple(mine), tuple(others))


@query
def list_candidates(ctx: Context, *, run_id: int) -> list[Candidate]:
    """The people the actor leads (not the actor), by name, with what they already are on the run."""
    taken = dict(Signup.objects.filter(run_id=run_id, status__in=sorted(STANDING)).values_list("employee_id", "status"))
    return [
        Candidate(
            who.id, who.name, who.posts[0].unit_name, who.posts[0].position_title,
            SignupStatus(taken[who.id]) if who.id in taken else None,
        )
        for who in organisation.list_led_employees(ctx)
        if who.person_id != ctx.actor.person_id
    ]  # fmt: skip


@query
def list_messages(ctx: Context) -> list[MessageRow]:
    """What has been written to the actor, newest first (the last 200). One query."""
    found = Message.objects.filter(access.rows(ctx.actor, Right.MESSAGE_READ)).order_by("-written_at", "-id")
    rows = found.values_list("id", "subject", "body", "state", "written_at", "address")[:MESSAGES_SHOWN]
    return [MessageRow(pk, subject, body, MessageState(state), at, to) for pk, subject, body, state, at, to in rows]


def _visible(ctx: Context) -> QuerySet[Run]:
    return Run.objects.filter(access.rows(ctx.actor, Right.RUN_READ))


def _run_row(values: tuple[Any, ...], mine: str | None) -> RunRow:
    named = dict(zip(RUN_FIELDS, values, strict=True))
    named["status"] = RunStatus(named["status"])
    return RunRow(**named, my_status=SignupStatus(mine) if mine else None)


def _signup_rows(found: QuerySet[Signup]) -> list[SignupRow]:
    return [_signup_row(values) for values in found.values_list(*SIGNUP.values())]


def _signup_row(values: Sequence[Any]) -> SignupRow:
    row = dict(zip(SIGNUP, values, strict=True))
    name = f"{row.pop('given_name')} {row.pop('family_name')}".strip()
    approver = f"{row.pop('approver_given') or ''} {row.pop('approver_family') or ''}".strip()
    row["status"] = SignupStatus(row["status"])
    return SignupRow(**row, name=name, approver_name=approver)
