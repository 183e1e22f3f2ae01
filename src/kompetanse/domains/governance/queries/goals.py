"""Goals and frames of the councils."""

from __future__ import annotations

from django.db.models import Q

from kompetanse.domains.governance.models import Frame, Goal
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.types import (
    FrameRow,
    GoalRow,
    GoalsPage,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .words import in_written_form

# What first pages ask is written out. A frame as FrameRow has it.
FRAME = """
    SELECT f.id, f.tenant_id, f.year, f.limit_ore, f.decision_reference
      FROM governance_frame f JOIN allowed ON allowed.id = f.id
     WHERE f.tenant_id = %s AND f.year = %s
"""
HELD_FRAME = f"{FRAME} FOR NO KEY UPDATE OF f"


@query
def list_goals(ctx: Context, *, tenant_id: int | None = None, ended: bool = False) -> list[GoalRow]:
    """Goals in sight, by tenant and id; of one tenant where it is named, and also the `ended` where asked for."""
    goals = Goal.objects.filter(access.rows(ctx.actor, Right.GOAL_READ))
    if not ended:
        goals = goals.filter(Q(valid_to=None) | Q(valid_to__gte=ctx.today))
    if tenant_id is not None:
        goals = goals.filter(tenant_id=tenant_id)
    return [_goal_row(goal) for goal in goals.order_by("tenant_id", "id")]


@query
def get_goal(ctx: Context, *, goal_id: int) -> GoalRow:
    """One goal. Raises NotFound."""
    return _goal_row(access.fetch(ctx, Goal.objects.all(), goal_id, Right.GOAL_READ))


def _goal_row(goal: Goal) -> GoalRow:
    return GoalRow(
        goal.id, goal.tenant_id, in_written_form(goal.title_nb, goal.title_nn), f"MÅL-{goal.id}",
        goal.decision_reference, goal.title_nb, goal.title_nn, goal.valid_from, goal.valid_to,
    )  # fmt: skip


@query
def find_frame(ctx: Context, *, tenant_id: int, year: int, lock: bool = False) -> FrameRow | None:
    """The frame of a tenant for a year, if one is set. `lock` holds it still to the end of the transaction."""
    found = access.select(ctx, Right.FRAME_READ, HELD_FRAME if lock else FRAME, tenant_id, year)
    return FrameRow(*found[0]) if found else None


@query
def list_frames(ctx: Context) -> list[FrameRow]:
    """Every frame in sight, latest year first."""
    frames = Frame.objects.filter(access.rows(ctx.actor, Right.FRAME_READ))
    return [_frame_row(frame) for frame in frames.order_by("-year", "tenant_id")]


def _frame_row(frame: Frame) -> FrameRow:
    return FrameRow(frame.id, frame.tenant_id, frame.year, frame.limit_ore, frame.decision_reference)


@query
def get_goals_page(ctx: Context) -> GoalsPage:
    """Goals and frames, and for whom the reader may set them."""
    names = {row.tenant_id: row.name for row in organisation.list_municipalities(ctx.tenants)}
    region = organisation.find_region_of(ctx.tenants, ctx.today)
    if region is not None:
        names = {region.tenant_id: region.name, **names}
    owners = tuple(
        (tenant_id, name)
        for tenant_id, name in names.items()
        if tenant_id in ctx.tenants and access.answer(ctx.actor, Right.GOAL_SET, Goal(tenant_id=tenant_id))
    )
    return GoalsPage(tuple(list_goals(ctx)), tuple(list_frames(ctx)), owners, names)
