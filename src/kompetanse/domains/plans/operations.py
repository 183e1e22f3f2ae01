"""What can be done with plans: draft, fill, send to hearing, adopt. The plan's row is the lock for all of it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Sum

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import CaseStatus, FrameRow
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import PoolStatus
from kompetanse.domains.organisation.types import BodyKind
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from . import rules
from .events import (
    MeasureAdded,
    MeasureChanged,
    MeasureStatusSet,
    MergedPoolFollowed,
    PlanAdopted,
    PlanDrafted,
    PlanSentToHearing,
)
from .models import ActionPlan, Measure, MeasurePool
from .permissions import Right
from .types import (
    CaseDoesNotAdopt,
    FrameIsMissing,
    MeasureHasChanged,
    MeasureInput,
    MeasureStatus,
    PlanExists,
    PlanIsAdopted,
    PlanIsEmpty,
    PlanIsNotHeard,
    PlanStatus,
    PoolIsNotConfirmed,
    YearIsImpossible,
)

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


def _plan(ctx: Context, plan_id: int, right: str) -> ActionPlan:
    """The plan, locked to the end of the transaction. Raises NotFound or Refused."""
    plan: ActionPlan = access.fetch(ctx, ActionPlan.objects.all(), plan_id, right, lock=True)
    return plan


@operation
def send_to_hearing(ctx: Context, *, plan_id: int) -> None:
    """Open a draft to everybody in the region. Raises NotFound, Refused, PlanIsAdopted or PlanIsEmpty."""
    plan = _plan(ctx, plan_id, Right.PLAN_DRAFT)
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
    plan = _plan(ctx, plan_id, Right.PLAN_ADOPT)
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
    frame = _frame(ctx, plan)
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


def _frame(ctx: Context, plan: ActionPlan) -> FrameRow:
    """The frame, held still, so that it cannot be lowered while the plan is held up against it."""
    frame = governance.find_frame(ctx, tenant_id=plan.tenant_id, year=plan.year, lock=True)
    if frame is None:
        raise FrameIsMissing(year=plan.year)
    return frame


def _settle(ctx: Context, plan: ActionPlan) -> None:
    """Sum the budget up; an adopted plan may not grow past its frame, whatever it was before.

    A frame that was lowered after the plan was adopted stops growth and lets the plan shrink.
    """
    standing = Measure.objects.filter(plan=plan).exclude(status=MeasureStatus.CANCELLED)
    budget = standing.aggregate(sum=Sum("budget_ore"))["sum"] or 0
    if plan.status == PlanStatus.ADOPTED and budget > plan.budget_ore:
        frame = _frame(ctx, plan)
        rules.require_within(budget, frame.limit_ore, plan.year)
        plan.frame_ore = frame.limit_ore
    plan.budget_ore = budget
    plan.save(update_fields=["budget_ore", "frame_ore"])


# --- measures ------------------------------------------------------------------------------------------


@operation
def add_measure(ctx: Context, wanted: MeasureInput) -> int:
    """Put a measure in a plan. Gives its id.

    Raises NotFound (the plan, the goal or a pool), Refused, and where the plan is adopted PlanIsOverFrame; and what
    `rules` say of titles, amounts, seats and quarters.
    """
    plan = _plan(ctx, wanted.plan_id, Right.PLAN_DRAFT)
    measure = Measure(tenant_id=plan.tenant_id, plan=plan)
    _fill(ctx, measure, wanted)
    measure.save()
    _link(ctx, measure, wanted.pool_ids)
    _settle(ctx, plan)
    publish(
        ctx,
        MeasureAdded(tenant_id=plan.tenant_id, plan_id=plan.id, measure_id=measure.id, budget_ore=measure.budget_ore),
    )
    return int(measure.id)


@operation
def change_measure(ctx: Context, wanted: MeasureInput, *, measure_id: int, version: int | None = None) -> None:
    """Change a measure that is not over. `version` is the measure's as the writer saw it.

    Raises as add_measure, and MeasureHasChanged or MeasureIsOver.
    """
    plan = _plan(ctx, wanted.plan_id, Right.PLAN_DRAFT)
    measure: Measure = access.fetch(ctx, Measure.objects.filter(plan=plan), measure_id, Right.MEASURE_CHANGE, lock=True)
    reference = f"TILTAK-{measure_id}"
    rules.require_changeable(measure.status, reference)
    if version is not None and version != measure.version:
        raise MeasureHasChanged(reference=reference)
    _fill(ctx, measure, wanted)
    measure.version += 1
    measure.save()
    _link(ctx, measure, wanted.pool_ids)
    _settle(ctx, plan)
    publish(
        ctx,
        MeasureChanged(tenant_id=plan.tenant_id, plan_id=plan.id, measure_id=measure.id, budget_ore=measure.budget_ore),
    )


@operation
def set_measure_status(ctx: Context, *, measure_id: int, status: MeasureStatus) -> None:
    """How far a measure has come; a cancelled one no longer counts in the budget. The same again does nothing.

    Raises NotFound, Refused, or MeasureIsOver where it is done or cancelled.
    """
    measure = access.fetch(ctx, Measure.objects.all(), measure_id, Right.MEASURE_CHANGE)
    plan = ActionPlan.objects.select_for_update(no_key=True).get(pk=measure.plan_id)
    measure.refresh_from_db(fields=["status", "version"])
    if measure.status == status:
        return
    rules.require_changeable(measure.status, f"TILTAK-{measure_id}")
    measure.status = status
    measure.version += 1
    measure.save(update_fields=["status", "version"])
    _settle(ctx, plan)
    publish(ctx, MeasureStatusSet(tenant_id=measure.tenant_id, measure_id=measure_id, status=status))


def _fill(ctx: Context, measure: Measure, wanted: MeasureInput) -> None:
    rules.require_sizes(budget_ore=wanted.budget_ore, seats=wanted.seats_planned, quarter=wanted.quarter)
    goal = governance.get_goal(ctx, goal_id=wanted.goal_id) if wanted.goal_id is not None else None
    if goal is not None and goal.tenant_id != measure.tenant_id:
        raise NotFound()
    measure.title_nb = rules.checked_title(wanted.title_nb)
    measure.title_nn = rules.checked_line(wanted.title_nn)
    measure.kind = wanted.kind
    measure.goal_id = wanted.goal_id
    measure.target_group = rules.checked_line(wanted.target_group)
    measure.budget_ore = wanted.budget_ore
    measure.seats_planned = wanted.seats_planned
    measure.quarter = wanted.quarter
    measure.requirement_code = rules.checked_line(wanted.requirement_code, limit=40)


def _link(ctx: Context, measure: Measure, pool_ids: Collection[int]) -> None:
    """The measure serves these confirmed pools and no others. Raises NotFound, or PoolIsNotConfirmed."""
    held = set(MeasurePool.objects.filter(measure=measure).values_list("pool_id", flat=True))
    wanted = set(pool_ids)
    if wanted - held:
        pools = {pool.id: pool for pool in needs.list_pools(ctx, region_id=measure.tenant_id)}
        if not wanted <= pools.keys() | held:
            raise NotFound()
        if any(pools[pool_id].status is not PoolStatus.CONFIRMED for pool_id in wanted - held):
            raise PoolIsNotConfirmed()
    MeasurePool.objects.filter(measure=measure, pool_id__in=held - wanted).delete()
    MeasurePool.objects.bulk_create(
        MeasurePool(tenant_id=measure.tenant_id, measure=measure, pool_id=pool_id) for pool_id in sorted(wanted - held)
    )


@operation
def follow_merged_pool(ctx: Context, *, region_id: int, pool_id: int, from_pool_id: int) -> int:
    """Measures that served a pool serve the one it went into. Gives how many; again it is none."""
    access.require(ctx, Right.MEASURE_CHANGE, Measure(tenant_id=region_id))
    before = MeasurePool.objects.filter(tenant_id=region_id, pool_id=from_pool_id)
    there = MeasurePool.objects.filter(tenant_id=region_id, pool_id=pool_id).values("measure_id")
    moved = before.exclude(measure_id__in=there).update(pool_id=pool_id)
    left = before.delete()[0]
    if moved or left:
        publish(
            ctx,
            MergedPoolFollowed(tenant_id=region_id, pool_id=pool_id, from_pool_id=from_pool_id, measures=moved + left),
        )
    return moved + left
