"""The plan on paper."""

from __future__ import annotations

from pathlib import Path

from django.utils.timezone import localtime

from kompetanse.domains.governance import api as governance
from kompetanse.domains.plans.rules import kroner
from kompetanse.domains.plans.types import MeasureRow
from kompetanse.foundation import documents
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .plans import get_plan

PLAN = Path(__file__).parents[1] / "templates" / "plans" / "plan.typ"


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
