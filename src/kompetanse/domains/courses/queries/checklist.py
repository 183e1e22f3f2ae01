"""What must be done for runs: for one, and what is urgent over all."""

from __future__ import annotations

from typing import Any

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import HolderRow, Role
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from ..permissions import Right
from ..types import TaskKind, TaskRow

# As TaskRow has them; people by what their account calls them.
TASKS = """
    SELECT k.id, k.run_id, r.title, r.starts_at, k.kind, k.title, k.due_on, k.owner_id, coalesce(o.display_name, ''),
           k.done_at, coalesce(d.display_name, '')
      FROM courses_runtask k
      JOIN courses_run r ON r.tenant_id = k.tenant_id AND r.id = k.run_id
      JOIN allowed ON allowed.id = r.id
      LEFT JOIN LATERAL (SELECT a.display_name FROM organisation_account a WHERE a.person_id = k.owner_id
                          ORDER BY a.id LIMIT 1) o ON true
      LEFT JOIN LATERAL (SELECT a.display_name FROM organisation_account a WHERE a.person_id = k.done_by_id
                          ORDER BY a.id LIMIT 1) d ON true
"""
OF_RUN = f"{TASKS} WHERE k.run_id = %s ORDER BY k.due_on, k.id"
URGENT = f"""{TASKS}
     WHERE k.done_at IS NULL AND k.due_on <= %s AND r.status <> 'cancelled'
     ORDER BY k.due_on, k.id LIMIT %s
"""


@query
def list_tasks(ctx: Context, *, run_id: int) -> list[TaskRow]:
    """The checklist of a run, for the office, by the day it is due. One query."""
    return _rows(ctx, access.select(ctx, Right.RUN_MANAGE, OF_RUN, run_id))


@query
def list_urgent_tasks(ctx: Context, *, days: int = 14, most: int = 200) -> list[TaskRow]:
    """What is late or due within so many days over all runs, for the office, the most urgent first. One query."""
    last = ctx.today.toordinal() + days
    return _rows(ctx, access.select(ctx, Right.RUN_MANAGE, URGENT, ctx.today.fromordinal(last), most))


@query
def list_owners(ctx: Context, *, region_id: int) -> list[HolderRow]:
    """Who may be given a task: those who work in the region's office."""
    access.require_role(ctx, Right.RUN_MANAGE)
    roles = frozenset({Role.COURSE_ADMINISTRATOR})
    return organisation.list_role_holders(ctx, tenant_id=region_id, roles=roles)


def _rows(ctx: Context, found: list[tuple[Any, ...]]) -> list[TaskRow]:
    return [
        TaskRow(
            key, run_id, run, starts, TaskKind(kind), title, due, owner_id, owner, done_at, done_by,
            done_at is None and due < ctx.today,
        )
        for key, run_id, run, starts, kind, title, due, owner_id, owner, done_at, done_by in found
    ]  # fmt: skip
