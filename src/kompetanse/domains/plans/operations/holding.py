"""The plan's row is the lock for all that is done to it and its measures; its budget is summed up here."""

from __future__ import annotations

from django.db.models import Sum

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import FrameRow
from kompetanse.domains.plans.models import ActionPlan, Measure
from kompetanse.domains.plans.types import FrameIsMissing, MeasureStatus, PlanIsAdopted, PlanStatus
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


def require_unadopted(plan: ActionPlan) -> None:
    """What is adopted stands as it is. Raises PlanIsAdopted."""
    if plan.status == PlanStatus.ADOPTED:
        raise PlanIsAdopted(year=plan.year)


def budget_of(plan: ActionPlan) -> int:
    """What the measures that are not cancelled cost together."""
    standing = Measure.objects.filter(plan=plan).exclude(status=MeasureStatus.CANCELLED)
    return int(standing.aggregate(sum=Sum("budget_ore"))["sum"] or 0)


def settle(plan: ActionPlan) -> None:
    """Sum the budget up. An adopted plan can only shrink here: by what is cancelled."""
    plan.budget_ore = budget_of(plan)
    plan.save(update_fields=["budget_ore"])
