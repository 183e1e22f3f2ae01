"""The plan's row is the lock for all that is done to it and its measures; its budget is summed up here."""

from __future__ import annotations

from django.db.models import Sum

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import FrameRow
from kompetanse.domains.plans import rules
from kompetanse.domains.plans.models import ActionPlan, Measure
from kompetanse.domains.plans.types import FrameIsMissing, MeasureStatus, PlanStatus
from kompetanse.foundation import access
from kompetanse.kernel.context import Context


def held_plan(ctx: Context, plan_id: int, right: str) -> ActionPlan:
    """The plan, locked to the end of the transaction. Raises NotFound or Refused."""
    plan: ActionPlan = access.fetch(ctx, ActionPlan.objects.all(), plan_id, right, lock=True)
    return plan


def held_frame(ctx: Context, plan: ActionPlan) -> FrameRow:
    """The frame, held still, so that it cannot be lowered while the plan is held up against it."""
    frame = governance.find_frame(ctx, tenant_id=plan.tenant_id, year=plan.year, lock=True)
    if frame is None:
        raise FrameIsMissing(year=plan.year)
    return frame


def settle(ctx: Context, plan: ActionPlan) -> None:
    """Sum the budget up; an adopted plan may not grow past its frame, whatever it was before.

    A frame that was lowered after the plan was adopted stops growth and lets the plan shrink.
    """
    standing = Measure.objects.filter(plan=plan).exclude(status=MeasureStatus.CANCELLED)
    budget = standing.aggregate(sum=Sum("budget_ore"))["sum"] or 0
    if plan.status == PlanStatus.ADOPTED and budget > plan.budget_ore:
        frame = held_frame(ctx, plan)
        rules.require_within(budget, frame.limit_ore, plan.year)
        plan.frame_ore = frame.limit_ore
    plan.budget_ore = budget
    plan.save(update_fields=["budget_ore", "frame_ore"])
