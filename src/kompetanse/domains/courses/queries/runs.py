"""Runs: in sight, one with all its page shows, and its sessions."""

from __future__ import annotations

from typing import Any

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import access, tenancy
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .. import rules
from ..models import Quota, Run, Session
from ..permissions import Right
from ..types import (
    STANDING,
    QuotaRow,
    RunPage,
    RunRow,
    RunStatus,
    SessionRow,
    SignupStatus,
)
from .signups import LATEST, signup_rows

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
     ORDER BY r.starts_at, r.id LIMIT %s
"""
WAITING = """
    SELECT coalesce(sum(r.waiting), 0) FROM courses_run r JOIN allowed ON allowed.id = r.id
     WHERE r.ends_at >= %s AND r.status <> 'cancelled'
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
    most: int | None = None,
) -> list[RunRow]:
    """Runs the actor may see, by time; planned ones only for the office. `upcoming`: neither over nor called off.

    The first `most`, where not all are wanted. One query. To seek among many, see `find_runs`.
    """
    found = _runs(ctx, measure_id=measure_id, status=status, text=text, place=place, upcoming=upcoming, most=most)
    return [_run_row(values) for values in found]


@query
def get_run(ctx: Context, *, run_id: int) -> RunPage:
    """A run with what the reader may do there, and the reader's own place. Raises NotFound."""
    found = _runs(ctx, run_id=run_id)
    if not found:
        raise NotFound()
    mine = signup_rows(tenancy.select(LATEST, ctx.actor.person_id, run_id))
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
def count_waiting(ctx: Context) -> int:
    """How many stand on the waiting lists of coming runs the actor may see. One query."""
    return int(access.select(ctx, Right.RUN_READ, WAITING, ctx.now)[0][0])


@query
def list_sessions(ctx: Context, *, run_id: int) -> list[SessionRow]:
    """The gatherings of a run the actor may see, in time order. One query."""
    found = Session.objects.filter(run_id=run_id, run__in=Run.objects.filter(access.rows(ctx.actor, Right.RUN_READ)))
    columns = ("id", "run_id", "number", "title", "starts_at", "ends_at", "place", "room", "video_link")
    return [SessionRow(*row) for row in found.order_by("number").values_list(*columns)]


def _runs(
    ctx: Context,
    *,
    run_id: int | None = None,
    measure_id: int | None = None,
    status: RunStatus | None = None,
    text: str = "",
    place: str = "",
    upcoming: bool = False,
    most: int | None = None,
) -> list[tuple[Any, ...]]:
    return access.select(
        ctx, Right.RUN_READ, RUNS, ctx.actor.person_id, sorted(STANDING), run_id, measure_id,
        status.value if status else None, place or None, text, text, *[ctx.now if upcoming else None] * 2, most,
    )  # fmt: skip


def _run_row(row: tuple[Any, ...]) -> RunRow:
    *told, status, seats_taken, waiting, mine = row[:15]
    return RunRow(*(*told, RunStatus(status), seats_taken, waiting, SignupStatus(mine) if mine else None))
