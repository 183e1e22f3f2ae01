"""What can be asked of the plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

from django.utils.timezone import localtime
from django.utils.translation import get_language

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import CaseRow, CaseStatus
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import PoolStatus
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import BodyKind
from kompetanse.foundation import access, documents
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .models import ActionPlan, Measure
from .permissions import Right
from .rules import kroner
from .types import (
    GoalLine,
    LinkedGoal,
    LinkedPool,
    MeasureKind,
    MeasurePage,
    MeasureRow,
    MeasureStatus,
    PlanPage,
    PlanRow,
    PlanStatus,
)

PLAN = Path(__file__).parent / "templates" / "plans" / "plan.typ"


PLANS = """
    SELECT p.id, p.tenant_id, p.year, p.status, p.case_id, p.budget_ore, p.adopted_at,
           (SELECT count(*) FROM plans_measure m
             WHERE m.tenant_id = p.tenant_id AND m.plan_id = p.id AND m.status <> 'cancelled')
      FROM plans_actionplan p JOIN allowed ON allowed.id = p.id
     ORDER BY p.year DESC, p.tenant_id
"""
# A filter that is NULL narrows nothing.
MEASURES = """
    SELECT m.id, m.plan_id, p.year, m.title_nb, m.title_nn, m.goal_id, m.budget_ore, m.seats_planned, m.status,
           m.requirement_code, m.tenant_id, m.kind, m.target_group, m.quarter, p.status, m.version,
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


# --- plans ---------------------------------------------------------------------------------------------


@query
def list_plans(ctx: Context) -> list[PlanRow]:
    """Plans in sight, latest year first. One query."""
    return [
        PlanRow(pk, tenant_id, year, PlanStatus(status), *rest)
        for pk, tenant_id, year, status, *rest in access.select(ctx, Right.PLAN_READ, PLANS)
    ]


def _plan_row(plan: ActionPlan, measures: int) -> PlanRow:
    return PlanRow(
        plan.id, plan.tenant_id, plan.year, PlanStatus(plan.status), plan.case_id,
        plan.budget_ore, plan.adopted_at, measures,
    )  # fmt: skip


@query
def get_plan(ctx: Context, *, plan_id: int) -> PlanPage:
    """The whole plan of a year. Raises NotFound or Refused."""
    plan = access.fetch(ctx, ActionPlan.objects.all(), plan_id, Right.PLAN_READ)
    rows = sorted(list_measures(ctx, plan_id=plan.id), key=lambda row: (row.quarter or 5, row.id))
    standing = [row for row in rows if row.status is not MeasureStatus.CANCELLED]
    goals = _goals(ctx, plan.tenant_id, plan.year, {row.goal_id for row in rows})
    pools = _pools(ctx, plan.tenant_id)
    served = {pool_id for row in standing for pool_id in row.pool_ids}
    supply_driven = [row for row in standing if row.is_supply_driven]
    frame = governance.find_frame(ctx, tenant_id=plan.tenant_id, year=plan.year)
    case = governance.get_case(ctx, case_id=plan.case_id) if plan.case_id else None
    region = organisation.find_region_of(frozenset({plan.tenant_id}), ctx.today)
    return PlanPage(
        plan=_plan_row(plan, len(standing)),
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
        may_adopt=plan.status != PlanStatus.ADOPTED and bool(access.answer(ctx.actor, Right.PLAN_ADOPT, plan)),
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


def _goals(ctx: Context, region_id: int, year: int, linked: Collection[int | None] = ()) -> list[LinkedGoal]:
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


def _pools(ctx: Context, region_id: int) -> list[LinkedPool]:
    """The region's confirmed pools in numbers, for those who may see them."""
    if not access.possible(ctx.actor, needs.Right.POOL_READ):
        return []
    return [
        LinkedPool(pool.id, pool.title, pool.people, len(pool.municipalities))
        for pool in needs.list_pools(ctx, region_id=region_id, status=PoolStatus.CONFIRMED)
    ]


@query
def list_adopting_cases(ctx: Context, *, region_id: int) -> list[CaseRow]:
    """Decided cases that a plan of the region can be adopted by, latest first."""
    kinds = (BodyKind.EXECUTIVE_COMMITTEE.value, BodyKind.COMPETENCE_FORUM.value)
    cases = governance.list_cases(ctx, status=CaseStatus.DECIDED, body_kinds=kinds)
    return [case for case in cases if case.tenant_id == region_id]


# --- measures ------------------------------------------------------------------------------------------


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
            title=in_written_form(nb, nn),
        )
        for (
            pk, of_plan, year, nb, nn, goal_id, budget_ore, seats, status,
            requirement_code, tenant_id, kind, target_group, quarter, plan_status, version, pools,
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
    goals = _goals(ctx, row.tenant_id, row.year, {row.goal_id})
    pools = _pools(ctx, row.tenant_id)
    return MeasurePage(
        measure=row,
        goal=next((goal for goal in goals if goal.id == row.goal_id), None),
        pools=tuple(pool for pool in pools if pool.id in row.pool_ids),
        goals=tuple(goals),
        all_pools=tuple(pools),
        may_draft=bool(access.answer(ctx.actor, Right.MEASURE_CHANGE, Measure(tenant_id=row.tenant_id)))
        and row.status not in (MeasureStatus.DONE, MeasureStatus.CANCELLED),
    )


# --- the document --------------------------------------------------------------------------------------


@query
def plan_pdf(ctx: Context, *, plan_id: int, language: str = "nb") -> bytes:
    """The plan as an accessible PDF in `nb` or `nn`. Raises NotFound or Refused."""
    page = get_plan(ctx, plan_id=plan_id)
    goal_rows = {goal.id: goal for goal in governance.list_goals(ctx, tenant_id=page.plan.tenant_id, ended=True)}
    pools = {pool.id: pool for pool in page.pools}

    def form(nb: str, nn: str) -> str:
        return nn if language == "nn" and nn else nb

    def measure(row: MeasureRow) -> dict[str, object]:
        served = [pools[pool_id].title for pool_id in row.pool_ids if pool_id in pools]
        return {
            "reference": row.reference,
            "title": form(row.title_nb, row.title_nn),
            "kind": row.kind.value,
            "target_group": row.target_group,
            "seats": row.seats_planned,
            "quarter": row.quarter,
            "budget": kroner(row.budget_ore),
            "pools": served,
            "is_supply_driven": row.is_supply_driven,
            "status": row.status.value,
        }

    lines = []
    for line in page.lines:
        goal = goal_rows[line.goal.id] if line.goal else None
        lines.append(
            {
                "goal": form(goal.title_nb, goal.title_nn) if goal else "",
                "decision": goal.decision_reference if goal else "",
                "budget": kroner(line.budget_ore),
                "measures": [measure(row) for row in line.measures],
            }
        )
    data = {
        "region": page.region_name,
        "year": page.plan.year,
        "status": page.plan.status.value,
        "case": page.case_reference,
        "body": page.case_body,
        "adopted_on": localtime(page.plan.adopted_at).date().isoformat() if page.plan.adopted_at else "",
        "budget": kroner(page.plan.budget_ore),
        "frame": kroner(page.frame_ore) if page.frame_ore is not None else "",
        "frame_decision": page.frame_decision,
        "measures": page.measures,
        "supply_driven": page.supply_driven,
        "supply_driven_share": page.supply_driven_share,
        "lines": lines,
    }
    return documents.render_pdf(PLAN, data, language=language)
