"""A plan's way: drafted, heard, adopted."""

from __future__ import annotations

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import CaseStatus
from kompetanse.domains.organisation.types import BodyKind
from kompetanse.domains.plans import rules
from kompetanse.domains.plans.events import PlanAdopted, PlanDrafted, PlanSentToHearing
from kompetanse.domains.plans.models import ActionPlan, Measure
from kompetanse.domains.plans.permissions import Right
from kompetanse.domains.plans.types import (
    CaseDoesNotAdopt,
    MeasureStatus,
    PlanExists,
    PlanIsAdopted,
    PlanIsEmpty,
    PlanIsNotHeard,
    PlanStatus,
    YearIsImpossible,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .holding import held_frame, held_plan

ADOPTING = (BodyKind.EXECUTIVE_COMMITTEE, BodyKind.COMPETENCE_FORUM)


@operation
def draft_plan(ctx: Context, *, region_id: int, year: int) -> int:
    """Begin the region's plan for a year. Gives its id. Raises Refused, YearIsImpossible or PlanExists."""
    access.require(ctx, Right.PLAN_DRAFT, ActionPlan(tenant_id=region_id))
    if not 2000 <= year <= 2100:
        raise YearIsImpossible()
    plan, is_new = ActionPlan.objects.get_or_create(tenant_id=region_id, year=year)
    if not is_new:
        raise PlanExists(year=year)
    publish(ctx, PlanDrafted(tenant_id=region_id, plan_id=plan.id, year=year))
    return int(plan.id)


@operation
def send_to_hearing(ctx: Context, *, plan_id: int) -> None:
    """Open a draft to everybody in the region. Raises NotFound, Refused, PlanIsAdopted or PlanIsEmpty."""
    plan = held_plan(ctx, plan_id, Right.PLAN_DRAFT)
    _require_measures(plan)
    if plan.status == PlanStatus.ADOPTED:
        raise PlanIsAdopted(year=plan.year)
    if plan.status == PlanStatus.HEARING:
        return
    plan.status = PlanStatus.HEARING
    plan.save(update_fields=["status"])
    publish(ctx, PlanSentToHearing(tenant_id=plan.tenant_id, plan_id=plan_id))


@operation
def adopt_plan(ctx: Context, *, plan_id: int, case_id: int) -> None:
    """The plan stands from now, by a case that the executive committee or the forum has decided.

    Raises NotFound, Refused, PlanIsAdopted, PlanIsEmpty, PlanIsNotHeard, CaseDoesNotAdopt, FrameIsMissing
    or PlanIsOverFrame.
    """
    plan = held_plan(ctx, plan_id, Right.PLAN_ADOPT)
    if plan.status == PlanStatus.ADOPTED:
        raise PlanIsAdopted(year=plan.year)
    _require_measures(plan)
    if plan.status != PlanStatus.HEARING:
        raise PlanIsNotHeard(year=plan.year)
    case = governance.get_case(ctx, case_id=case_id)
    if case.tenant_id != plan.tenant_id:
        raise NotFound()
    if case.status is not CaseStatus.DECIDED or case.body_kind not in ADOPTING:
        raise CaseDoesNotAdopt(reference=case.reference)
    frame = held_frame(ctx, plan)
    rules.require_within(plan.budget_ore, frame.limit_ore, plan.year)
    plan.status, plan.case_id, plan.adopted_at = PlanStatus.ADOPTED, case_id, ctx.now
    plan.frame_ore = frame.limit_ore
    plan.save()
    publish(
        ctx,
        PlanAdopted(
            tenant_id=plan.tenant_id, plan_id=plan_id, case_id=case_id,
            budget_ore=plan.budget_ore, frame_ore=frame.limit_ore,
        ),
    )  # fmt: skip


def _require_measures(plan: ActionPlan) -> None:
    if not Measure.objects.filter(plan=plan).exclude(status=MeasureStatus.CANCELLED).exists():
        raise PlanIsEmpty(year=plan.year)
