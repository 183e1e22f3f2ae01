"""Measures, and the goals and pools that they are linked to."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import get_language

from kompetanse.domains.governance import api as governance
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import PoolStatus
from kompetanse.domains.plans.models import Measure
from kompetanse.domains.plans.permissions import Right
from kompetanse.domains.plans.types import (
    DeliveryForm,
    LinkedGoal,
    LinkedPool,
    MeasureKind,
    MeasurePage,
    MeasureRow,
    MeasureStatus,
    PlanStatus,
    RiskLevel,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.suppression import LEAST

# A filter that is NULL narrows nothing.
MEASURES = """
    SELECT m.id, m.plan_id, p.year, m.title_nb, m.title_nn, m.goal_id, m.budget_ore, m.seats_planned, m.status,
           m.requirement_code, m.tenant_id, m.kind, m.target_group, m.quarter, p.status, m.version,
           m.target_group_nn, m.owner, m.form, m.provider, m.funding, m.funding_ore, m.risk, m.risk_text,
           ARRAY(SELECT l.pool_id FROM plans_measurepool l
                  WHERE l.tenant_id = m.tenant_id AND l.measure_id = m.id ORDER BY l.pool_id)
      FROM plans_measure m JOIN allowed ON allowed.id = m.id
      JOIN plans_actionplan p ON p.tenant_id = m.tenant_id AND p.id = m.plan_id
     WHERE m.plan_id = coalesce(%s, m.plan_id) AND m.id = coalesce(%s, m.id)
     ORDER BY m.plan_id, m.id
"""


def in_written_form(nb: str, nn: str) -> str:
    """The reader's form of the two; bokmål where there is no other."""
    return nn if nn and get_language() == "nn" else nb


def linked_goals(ctx: Context, region_id: int, year: int, linked: Collection[int | None] = ()) -> list[LinkedGoal]:
    """The region's goals that hold in the year, and those that are linked to whether they hold or not."""
    return [
        LinkedGoal(goal.id, goal.title, goal.reference, goal.decision_reference)
        for goal in governance.list_goals(ctx, tenant_id=region_id, ended=True)
        if goal.id in linked
        or (
            (goal.valid_from is None or goal.valid_from.year <= year)
            and (goal.valid_to is None or goal.valid_to.year >= year)
        )
    ]


def few(people: int | None) -> bool:
    """So few that a reader in another municipality might know who: their number is not told (see ADR 13)."""
    return people is not None and 0 < people < LEAST


def linked_pools(ctx: Context, region_id: int) -> list[LinkedPool]:
    """The region's confirmed pools in numbers, for those who may see them."""
    if not access.possible(ctx.actor, needs.Right.POOL_READ):
        return []
    return [
        LinkedPool(
            pool.id,
            pool.title,
            None if few(pool.people) else pool.people,
            len(pool.municipalities),
            few(pool.people),
            pool.statutory > 0,
        )
        for pool in needs.list_pools(ctx, region_id=region_id, status=PoolStatus.CONFIRMED)
    ]


def _measures(ctx: Context, *, plan_id: int | None = None, measure_id: int | None = None) -> list[MeasureRow]:
    return [
        MeasureRow(
            id=pk,
            plan_id=of_plan,
            year=year,
            title_nb=nb,
            title_nn=nn,
            goal_id=goal_id,
            budget_ore=budget_ore,
            seats_planned=seats,
            status=MeasureStatus(status),
            requirement_code=requirement_code,
            pool_ids=tuple(pools),
            tenant_id=tenant_id,
            kind=MeasureKind(kind),
            target_group=target_group,
            quarter=quarter,
            plan_status=PlanStatus(plan_status),
            version=version,
            target_group_nn=whom_nn,
            owner=owner,
            form=DeliveryForm(form),
            provider=provider,
            funding=funding,
            funding_ore=funding_ore,
            risk=RiskLevel(risk),
            risk_text=risk_text,
            title=in_written_form(nb, nn),
            whom=in_written_form(target_group, whom_nn),
        )
        for (
            pk, of_plan, year, nb, nn, goal_id, budget_ore, seats, status,
            requirement_code, tenant_id, kind, target_group, quarter, plan_status, version,
            whom_nn, owner, form, provider, funding, funding_ore, risk, risk_text, pools,
        ) in access.select(ctx, Right.MEASURE_READ, MEASURES, plan_id, measure_id)
    ]  # fmt: skip


@query
def list_measures(ctx: Context, *, plan_id: int | None = None) -> list[MeasureRow]:
    """Measures in sight, by plan and id; of one plan where it is named. One query."""
    return _measures(ctx, plan_id=plan_id)


@query
def get_measure(ctx: Context, *, measure_id: int) -> MeasureRow:
    """One measure. Raises NotFound or Refused."""
    access.fetch(ctx, Measure.objects.select_related("plan"), measure_id, Right.MEASURE_READ)
    return _measures(ctx, measure_id=measure_id)[0]


@query
def get_measure_page(ctx: Context, *, measure_id: int) -> MeasurePage:
    """A measure with its goal and pools, and what may be chosen instead. Raises NotFound or Refused."""
    row = get_measure(ctx, measure_id=measure_id)
    goals = linked_goals(ctx, row.tenant_id, row.year, {row.goal_id})
    pools = linked_pools(ctx, row.tenant_id)
    return MeasurePage(
        measure=row,
        goal=next((goal for goal in goals if goal.id == row.goal_id), None),
        pools=tuple(pool for pool in pools if pool.id in row.pool_ids),
        goals=tuple(goals),
        all_pools=tuple(pools),
        may_draft=bool(access.answer(ctx.actor, Right.MEASURE_CHANGE, Measure(tenant_id=row.tenant_id)))
        and row.status not in (MeasureStatus.DONE, MeasureStatus.CANCELLED),
    )
