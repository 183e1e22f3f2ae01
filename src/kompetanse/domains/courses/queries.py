"""What can be asked of the courses."""

from __future__ import annotations

from typing import Any

from kompetanse.domains.competence.types import UnderWay
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import access, tenancy
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound
from kompetanse.kernel.text_marker import N_

from . import rules
from .models import Message, Quota, Signup
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

MESSAGES_SHOWN = 200
UNDER_WAY_WORDS = {
    SignupStatus.ASKED: N_("Påmeldt, venter på godkjenning"),
    SignupStatus.WAITING: N_("Påmeldt, står på venteliste"),
    SignupStatus.SEATED: N_("Påmeldt, har plass"),
}
# As SignupRow has them, and last the person who approves.
SIGNUPS = """
    SELECT s.id, s.tenant_id, t.name, s.run_id, r.title, r.starts_at, s.employee_id, e.person_id,
           trim(concat(e.given_name, ' ', e.family_name)), s.unit_id, u.name, s.status, s.queue_number, s.place,
           s.why, s.reason, s.asked_at, trim(concat(a.given_name, ' ', a.family_name)), s.evidence_id, a.person_id
      FROM courses_signup s
      JOIN foundation_tenant t ON t.id = s.tenant_id
      JOIN courses_run r ON r.tenant_id = s.region_id AND r.id = s.run_id
      JOIN organisation_employee e ON e.tenant_id = s.tenant_id AND e.id = s.employee_id
      JOIN organisation_unit u ON u.tenant_id = s.tenant_id AND u.id = s.unit_id
      LEFT JOIN organisation_employee a ON a.tenant_id = s.tenant_id AND a.id = s.approver_id
"""
# A person's own.
OWN = f"{SIGNUPS} WHERE e.person_id = %s ORDER BY r.starts_at, s.id"
# A person's latest on a run.
LATEST = f"{SIGNUPS} WHERE e.person_id = %s AND s.run_id = %s ORDER BY s.queue_number DESC LIMIT 1"
# Those in sight, in the order of the line; a filter that is NULL narrows nothing.
VISIBLE = f"""{SIGNUPS}
      JOIN allowed ON allowed.id = s.id
     WHERE s.id = coalesce(%s, s.id) AND s.run_id = coalesce(%s, s.run_id)
       AND s.status = ANY(coalesce(%s::text[], ARRAY[s.status::text]))
     ORDER BY s.run_id, s.queue_number
"""
# What somebody may answer, never their own.
TO_APPROVE = f"""{SIGNUPS}
      JOIN allowed ON allowed.id = s.id
     WHERE s.status = 'asked' AND r.status = 'open'
       AND e.person_id IS DISTINCT FROM %s
     ORDER BY r.starts_at, s.run_id, s.queue_number
"""
# What a person is on the way to: signed up, and not over. First those in sight, then a person's own.
_UNDER_WAY = """
    SELECT s.employee_id, m.requirement_code, r.title, r.starts_at, s.status, r.id
      FROM courses_signup s
      JOIN courses_run r ON r.tenant_id = s.region_id AND r.id = s.run_id
      JOIN plans_measure m ON m.tenant_id = r.tenant_id AND m.id = r.measure_id
"""
_COMING = "s.status IN ('asked', 'seated', 'waiting') AND r.status = 'open' AND r.ends_at >= %s"
UNDER_WAY = f"{_UNDER_WAY} JOIN allowed ON allowed.id = s.id WHERE s.employee_id = %s AND {_COMING}"
OWN_UNDER_WAY = f"""{_UNDER_WAY}
      JOIN organisation_employee e ON e.tenant_id = s.tenant_id AND e.id = s.employee_id
     WHERE e.person_id = %s AND {_COMING}
"""
# Runs in sight as RunRow has them, with how a person stands there; then what a run's own page tells besides.
RUNS = """
    SELECT r.id, r.tenant_id, r.measure_id, r.title, r.place, r.room, r.starts_at, r.ends_at, r.min_seats,
           r.max_seats, r.deadline, r.status, r.seats_taken, r.waiting, own.status,
           m.title_nb, m.requirement_code, r.cancel_reason
      FROM courses_run r JOIN allowed ON allowed.id = r.id
      JOIN plans_measure m ON m.tenant_id = r.tenant_id AND m.id = r.measure_id
      LEFT JOIN (SELECT s.region_id, s.run_id, max(s.status) AS status
                   FROM courses_signup s
                   JOIN organisation_employee e ON e.tenant_id = s.tenant_id AND e.id = s.employee_id
                  WHERE e.person_id = %s AND s.status = ANY(%s)
                  GROUP BY s.region_id, s.run_id) own ON own.region_id = r.tenant_id AND own.run_id = r.id
     WHERE r.id = coalesce(%s, r.id) AND r.measure_id = coalesce(%s, r.measure_id)
       AND r.status = coalesce(%s, r.status) AND r.place = coalesce(%s, r.place)
       AND (position(upper(%s) IN upper(r.title)) > 0 OR position(upper(%s) IN upper(r.place)) > 0)
       AND (%s::timestamptz IS NULL OR r.ends_at >= %s AND r.status <> 'cancelled')
     ORDER BY r.starts_at, r.id
"""


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

    One query.
    """
    found = _runs(ctx, measure_id=measure_id, status=status, text=text, place=place, upcoming=upcoming)
    return [_run_row(values) for values in found]


@query
def get_run(ctx: Context, *, run_id: int) -> RunPage:
    """A run with what the reader may do there, and the reader's own place. Raises NotFound."""
    found = _runs(ctx, run_id=run_id)
    if not found:
        raise NotFound()
    mine = _signup_rows(tenancy.select(LATEST, ctx.actor.person_id, run_id))
    run = _run_row(found[0])
    measure_title, requirement_code, cancel_reason = found[0][-3:]
    quotas = Quota.objects.filter(run_id=run_id).order_by("municipality__number")
    employments = organisation.list_own_employments(ctx)
    return RunPage(
        run=run,
        measure_title=measure_title,
        requirement_code=requirement_code,
        cancel_reason=cancel_reason,
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
    among = None if statuses is None else sorted(statuses)
    return _signup_rows(access.select(ctx, Right.SIGNUP_READ, VISIBLE, None, run_id, among))


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
    rows = _signup_rows(access.select(ctx, Right.SIGNUP_READ, VISIBLE, signup_id, None, None))
    if not rows:
        raise NotFound()
    return rows[0]


@query
def list_own_signups(ctx: Context) -> list[SignupRow]:
    """The actor's own: the coming ones first, and of those what still stands. One query."""
    rows = _signup_rows(tenancy.select(OWN, ctx.actor.person_id))
    return sorted(rows, key=lambda row: (row.starts_at < ctx.now, row.status not in STANDING))


@query
def list_under_way(ctx: Context, *, employee_id: int | None = None) -> list[UnderWay]:
    """What the actor, or one person in sight, is signed up for and will give competence. One query."""
    if employee_id is None:
        rows = tenancy.select(OWN_UNDER_WAY, ctx.actor.person_id, ctx.now)
    else:
        rows = access.select(ctx, Right.SIGNUP_READ, UNDER_WAY, employee_id, ctx.now)
    return [
        UnderWay(who, code, title, starts_at, UNDER_WAY_WORDS[SignupStatus(status)], "courses.run", run_id)
        for who, code, title, starts_at, status, run_id in rows
        if code
    ]


@query
def list_approvals(ctx: Context) -> Approvals:
    """What waits for approval and the actor may answer; never the actor's own. One query."""
    mine: list[SignupRow] = []
    others: list[SignupRow] = []
    found = access.select(ctx, Right.SIGNUP_DECIDE, TO_APPROVE, ctx.actor.person_id)
    for row, approver in zip(_signup_rows(found), (values[-1] for values in found), strict=True):
        (mine if approver in (None, ctx.actor.person_id) else others).append(row)
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


def _runs(
    ctx: Context,
    *,
    run_id: int | None = None,
    measure_id: int | None = None,
    status: RunStatus | None = None,
    text: str = "",
    place: str = "",
    upcoming: bool = False,
) -> list[tuple[Any, ...]]:
    return access.select(
        ctx, Right.RUN_READ, RUNS, ctx.actor.person_id, sorted(STANDING), run_id, measure_id,
        status.value if status else None, place or None, text, text, *[ctx.now if upcoming else None] * 2,
    )  # fmt: skip


def _run_row(row: tuple[Any, ...]) -> RunRow:
    *told, status, seats_taken, waiting, mine = row[:15]
    return RunRow(*(*told, RunStatus(status), seats_taken, waiting, SignupStatus(mine) if mine else None))


def _signup_rows(found: list[tuple[Any, ...]]) -> list[SignupRow]:
    return [SignupRow(*(*row[:11], SignupStatus(row[11]), *row[12:-1])) for row in found]
