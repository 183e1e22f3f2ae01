"""The checklist of a run: what must be done, by whom, and when it was."""

from __future__ import annotations

from datetime import date

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .. import rules
from ..events import ChecklistChanged
from ..models import Run, RunTask
from ..permissions import Right
from ..types.teaching import TaskKind
from ..types.teaching_refusals import OwnerIsNotOffice, TaskTitleIsMissing


@operation
def add_task(ctx: Context, *, run_id: int, title: str, due_on: date, owner_id: int | None = None) -> int:
    """Something more to do for a run, by a day of its own. Gives its id.

    Raises TaskTitleIsMissing, TextIsTooLong, OwnerIsNotOffice.
    """
    run: Run = access.fetch(ctx, Run.objects.all(), run_id, Right.RUN_MANAGE)
    if not title.strip():
        raise TaskTitleIsMissing()
    rules.check_lengths({"title": title.strip()}, {"title": 160})
    _check_owner(ctx, run, owner_id)
    task = RunTask(
        tenant_id=run.tenant_id, run=run, kind=TaskKind.OTHER, title=title.strip(), due_on=due_on, owner_id=owner_id
    )
    task.save(force_insert=True)
    _told(ctx, run)
    return int(task.pk)


@operation
def tick_task(ctx: Context, *, task_id: int, done: bool) -> None:
    """Done, by the actor and now; or not done after all. Saying the same twice changes nothing."""
    run, task = _locked(ctx, task_id)
    if (task.done_at is not None) == done:
        return
    task.done_at, task.done_by_id = (ctx.now, ctx.actor.person_id) if done else (None, None)
    task.save(update_fields=["done_at", "done_by"])
    _told(ctx, run)


@operation
def assign_task(ctx: Context, *, task_id: int, owner_id: int | None, due_on: date | None = None) -> None:
    """Who answers for a task, and another day where one is given. Raises OwnerIsNotOffice."""
    run, task = _locked(ctx, task_id)
    _check_owner(ctx, run, owner_id)
    task.owner_id = owner_id
    if due_on is not None and due_on != task.due_on:
        task.due_on, task.days = due_on, None  # a day of its own, that stays when the run is moved
    task.save(update_fields=["owner", "due_on", "days"])
    _told(ctx, run)


def _locked(ctx: Context, task_id: int) -> tuple[Run, RunTask]:
    task = RunTask.objects.select_for_update(no_key=True).filter(pk=task_id).first()
    if task is None:
        raise NotFound()
    run: Run = access.fetch(ctx, Run.objects.all(), task.run_id, Right.RUN_MANAGE)
    return run, task


def _check_owner(ctx: Context, run: Run, owner_id: int | None) -> None:
    if owner_id is None:
        return
    holders = organisation.list_role_holders(ctx, tenant_id=run.tenant_id, roles=frozenset({Role.COURSE_ADMINISTRATOR}))
    if owner_id not in {one.person_id for one in holders}:
        raise OwnerIsNotOffice()


def _told(ctx: Context, run: Run) -> None:
    publish(ctx, ChecklistChanged(tenant_id=run.tenant_id, run_id=run.pk))
