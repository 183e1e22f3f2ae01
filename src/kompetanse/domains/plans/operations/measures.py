"""Measures: put in, changed, how far they have come, and the pools they serve."""

from __future__ import annotations

from collections.abc import Collection

from kompetanse.domains.governance import api as governance
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import PoolStatus
from kompetanse.domains.plans import rules
from kompetanse.domains.plans.events import MeasureAdded, MeasureChanged, MeasureStatusSet, MergedPoolFollowed
from kompetanse.domains.plans.models import ActionPlan, Measure, MeasurePool, Proposal
from kompetanse.domains.plans.permissions import Right
from kompetanse.domains.plans.types import MeasureHasChanged, MeasureInput, MeasureStatus, PoolIsNotConfirmed
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .holding import held_plan, require_unadopted, settle


@operation
def add_measure(ctx: Context, wanted: MeasureInput) -> int:
    """Put a measure in a plan that is not adopted. Gives its id.

    Raises NotFound (the plan, the goal or a pool), Refused, PlanIsAdopted; and what `rules` say of titles, amounts,
    seats and quarters.
    """
    plan = held_plan(ctx, wanted.plan_id, Right.PLAN_DRAFT)
    require_unadopted(plan)
    measure = Measure(tenant_id=plan.tenant_id, plan=plan)
    fill(ctx, measure, wanted)
    measure.save()
    link(ctx, measure, wanted.pool_ids)
    settle(plan)
    publish(
        ctx,
        MeasureAdded(tenant_id=plan.tenant_id, plan_id=plan.id, measure_id=measure.id, budget_ore=measure.budget_ore),
    )
    return int(measure.id)


@operation
def change_measure(ctx: Context, wanted: MeasureInput, *, measure_id: int, version: int | None = None) -> None:
    """Change a measure that is not over, of a plan not adopted. `version` is the measure's as the writer saw it.

    Raises as add_measure, and MeasureHasChanged or MeasureIsOver.
    """
    plan = held_plan(ctx, wanted.plan_id, Right.PLAN_DRAFT)
    measure: Measure = access.fetch(ctx, Measure.objects.filter(plan=plan), measure_id, Right.MEASURE_CHANGE, lock=True)
    reference = f"TILTAK-{measure_id}"
    rules.require_changeable(measure.status, reference)
    require_unadopted(plan)
    if version is not None and version != measure.version:
        raise MeasureHasChanged(reference=reference)
    fill(ctx, measure, wanted)
    measure.version += 1
    measure.save()
    link(ctx, measure, wanted.pool_ids)
    settle(plan)
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
    settle(plan)
    publish(ctx, MeasureStatusSet(tenant_id=measure.tenant_id, measure_id=measure_id, status=status))


def fill(ctx: Context, measure: Measure, wanted: MeasureInput) -> None:
    """Write what is wanted into a measure, checked; it is not saved here."""
    rules.require_sizes(
        budget_ore=wanted.budget_ore, seats=wanted.seats_planned, quarter=wanted.quarter,
        funding_ore=wanted.funding_ore,
    )  # fmt: skip
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
    measure.target_group_nn = rules.checked_line(wanted.target_group_nn)
    measure.owner = rules.checked_line(wanted.owner, limit=120)
    measure.form = wanted.form
    measure.provider = rules.checked_line(wanted.provider, limit=120)
    measure.funding = rules.checked_line(wanted.funding)
    measure.funding_ore = wanted.funding_ore
    measure.risk = wanted.risk
    measure.risk_text = rules.checked_line(wanted.risk_text, limit=400)


def link(ctx: Context, measure: Measure, pool_ids: Collection[int]) -> None:
    """The measure serves these confirmed pools and no others. Raises NotFound, or PoolIsNotConfirmed."""
    held = set(MeasurePool.objects.filter(measure=measure).values_list("pool_id", flat=True))
    wanted = set(pool_ids)
    require_pools(ctx, measure.tenant_id, wanted - held)
    MeasurePool.objects.filter(measure=measure, pool_id__in=held - wanted).delete()
    MeasurePool.objects.bulk_create(
        MeasurePool(tenant_id=measure.tenant_id, measure=measure, pool_id=pool_id) for pool_id in sorted(wanted - held)
    )


def require_pools(ctx: Context, region_id: int, pool_ids: Collection[int]) -> None:
    """These are confirmed pools of the region. Raises NotFound, or PoolIsNotConfirmed."""
    if not pool_ids:
        return
    pools = {pool.id: pool for pool in needs.list_pools(ctx, region_id=region_id)}
    if not pools.keys() >= set(pool_ids):
        raise NotFound()
    if any(pools[pool_id].status is not PoolStatus.CONFIRMED for pool_id in pool_ids):
        raise PoolIsNotConfirmed()


@operation
def follow_merged_pool(ctx: Context, *, region_id: int, pool_id: int, from_pool_id: int) -> int:
    """Measures and proposals that served a pool serve the one it went into. Gives how many measures; again none."""
    access.require(ctx, Right.MEASURE_CHANGE, Measure(tenant_id=region_id))
    before = MeasurePool.objects.filter(tenant_id=region_id, pool_id=from_pool_id)
    there = MeasurePool.objects.filter(tenant_id=region_id, pool_id=pool_id).values("measure_id")
    moved = before.exclude(measure_id__in=there).update(pool_id=pool_id)
    left = before.delete()[0]
    for proposal in Proposal.objects.filter(tenant_id=region_id, content__pool_ids__contains=[from_pool_id]):
        pools = {pool_id if it == from_pool_id else it for it in proposal.content["pool_ids"]}
        proposal.content = {**proposal.content, "pool_ids": sorted(pools)}
        proposal.save(update_fields=["content"])
    if moved or left:
        publish(
            ctx,
            MergedPoolFollowed(tenant_id=region_id, pool_id=pool_id, from_pool_id=from_pool_id, measures=moved + left),
        )
    return moved + left
