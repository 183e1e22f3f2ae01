"""Sign-ups: one's own, those in sight, the line, and what waits for an answer."""

from __future__ import annotations

from typing import Any

from kompetanse.domains.competence.types import UnderWay
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access, tenancy
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound
from kompetanse.kernel.text_marker import N_

from ..models import Signup
from ..permissions import Right
from ..types import (
    STANDING,
    Approvals,
    Candidate,
    SignupRow,
    SignupStatus,
)

UNDER_WAY_WORDS = {
    SignupStatus.ASKED: N_("Påmeldt, venter på godkjenning"),
    SignupStatus.WAITING: N_("Påmeldt, står på venteliste"),
    SignupStatus.SEATED: N_("Påmeldt, har plass"),
}
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
# As SignupRow has them, and last the person who approves.
SIGNUPS = """
    SELECT s.id, s.tenant_id, t.name, s.run_id, r.title, r.starts_at, s.employee_id, e.person_id,
           trim(concat(e.given_name, ' ', e.family_name)), s.unit_id, u.name, s.status, s.queue_number, s.place,
           s.why, s.reason, s.asked_at, trim(concat(a.given_name, ' ', a.family_name)), s.evidence_id,
           s.offer_until, a.person_id
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


@query
def list_signups(
    ctx: Context, *, run_id: int | None = None, statuses: frozenset[SignupStatus] | None = None
) -> list[SignupRow]:
    """Sign-ups the actor may see, in the order of the line. One query."""
    among = None if statuses is None else sorted(statuses)
    return signup_rows(access.select(ctx, Right.SIGNUP_READ, VISIBLE, None, run_id, among))


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
    rows = signup_rows(access.select(ctx, Right.SIGNUP_READ, VISIBLE, signup_id, None, None))
    if not rows:
        raise NotFound()
    return rows[0]


@query
def list_own_signups(ctx: Context) -> list[SignupRow]:
    """The actor's own: the coming ones first, and of those what still stands. One query."""
    rows = signup_rows(tenancy.select(OWN, ctx.actor.person_id))
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
    for row, approver in zip(signup_rows(found), (values[-1] for values in found), strict=True):
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


def signup_rows(found: list[tuple[Any, ...]]) -> list[SignupRow]:
    return [SignupRow(*(*row[:11], SignupStatus(row[11]), *row[12:-1])) for row in found]
