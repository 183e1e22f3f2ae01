"""Plans: the list, the whole of a year, and the cases that adopt."""

from __future__ import annotations

from collections import defaultdict

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import CaseRow, CaseStatus
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import BodyKind
from kompetanse.domains.plans.models import ActionPlan
from kompetanse.domains.plans.permissions import Right
from kompetanse.domains.plans.types import (
    GoalLine,
    LinkedGoal,
    MeasureRow,
    MeasureStatus,
    PlanPage,
    PlanRow,
    PlanStatus,
)
from kompetanse.domains.plans.types.versions import RevisionStage
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .measures import linked_goals, linked_pools, list_measures

PLANS = """
    SELECT p.id, p.tenant_id, p.year, p.status, p.case_id, p.budget_ore, p.adopted_at,
           (SELECT count(*) FROM plans_measure m
             WHERE m.tenant_id = p.tenant_id AND m.plan_id = p.id AND m.status <> 'cancelled'),
           p.edition, p.revision
      FROM plans_actionplan p JOIN allowed ON allowed.id = p.id
     ORDER BY p.year DESC, p.tenant_id
"""


@query
def list_plans(ctx: Context) -> list[PlanRow]:
    """Plans in sight, latest year first. One query."""
    return [
        PlanRow(pk, tenant_id, year, PlanStatus(status), *rest)
        for pk, tenant_id, year, status, *rest in access.select(ctx, Right.PLAN_READ, PLANS)
    ]


def plan_row(plan: ActionPlan, measures: int) -> PlanRow:
    return PlanRow(
        plan.id, plan.tenant_id, plan.year, PlanStatus(plan.status), plan.case_id,
        plan.budget_ore, plan.adopted_at, measures, plan.edition, plan.revision,
    )  # fmt: skip


@query
def get_plan(ctx: Context, *, plan_id: int) -> PlanPage:
    """The whole plan of a year. Raises NotFound or Refused."""
    plan = access.fetch(ctx, ActionPlan.objects.all(), plan_id, Right.PLAN_READ)
    rows = sorted(list_measures(ctx, plan_id=plan.id), key=lambda row: (row.quarter or 5, row.id))
    standing = [row for row in rows if row.status is not MeasureStatus.CANCELLED]
    goals = linked_goals(ctx, plan.tenant_id, plan.year, {row.goal_id for row in rows})
    pools = linked_pools(ctx, plan.tenant_id)
    served = {pool_id for row in standing for pool_id in row.pool_ids}
    supply_driven = [row for row in standing if row.is_supply_driven]
    frame = governance.find_frame(ctx, tenant_id=plan.tenant_id, year=plan.year)
    case = governance.get_case(ctx, case_id=plan.case_id) if plan.case_id else None
    region = organisation.find_region_of(frozenset({plan.tenant_id}), ctx.today)
    return PlanPage(
        plan=plan_row(plan, len(standing)),
        region_name=region.name if region else "",
        lines=tuple(_lines(goals, rows)),
        goals=tuple(goals),
        pools=tuple(pools),
        unanswered=tuple(pool for pool in pools if pool.id not in served),
        frame_ore=frame.limit_ore if frame else None,
        frame_decision=frame.decision_reference if frame else "",
        case_reference=case.reference if case else "",
        case_body=case.body_name if case else "",
        measures=len(standing),
        supply_driven=len(supply_driven),
        supply_driven_ore=sum(row.budget_ore for row in supply_driven),
        may_draft=bool(access.answer(ctx.actor, Right.PLAN_DRAFT, plan)),
        may_adopt=(plan.status != PlanStatus.ADOPTED or plan.revision != RevisionStage.NONE)
        and bool(access.answer(ctx.actor, Right.PLAN_ADOPT, plan)),
        exception_ore=plan.exception_ore,
        exception_decision=plan.exception_decision,
        exception_why=plan.exception_why,
    )


def _lines(goals: list[LinkedGoal], rows: list[MeasureRow]) -> list[GoalLine]:
    """One line for each goal, also those without a measure, and last the measures that serve none."""
    by_goal: dict[int | None, list[MeasureRow]] = defaultdict(list)
    known = {goal.id for goal in goals}
    for row in rows:
        by_goal[row.goal_id if row.goal_id in known else None].append(row)
    lines = [_line(goal, by_goal[goal.id]) for goal in goals]
    return [*lines, _line(None, by_goal[None])] if by_goal[None] else lines


def _line(goal: LinkedGoal | None, rows: list[MeasureRow]) -> GoalLine:
    standing = (row for row in rows if row.status is not MeasureStatus.CANCELLED)
    return GoalLine(goal, tuple(rows), sum(row.budget_ore for row in standing))


@query
def list_adopting_cases(ctx: Context, *, region_id: int) -> list[CaseRow]:
    """Decided cases that a plan of the region can be adopted by, latest first."""
    kinds = (BodyKind.EXECUTIVE_COMMITTEE.value, BodyKind.COMPETENCE_FORUM.value)
    cases = governance.list_cases(ctx, status=CaseStatus.DECIDED, body_kinds=kinds)
    return [case for case in cases if case.tenant_id == region_id]
