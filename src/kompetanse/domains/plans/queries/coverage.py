"""Goal ↔ need ↔ measure: what is covered, and what is not."""

from __future__ import annotations

from kompetanse.domains.needs import api as needs
from kompetanse.domains.plans.models import ActionPlan
from kompetanse.domains.plans.permissions import Right
from kompetanse.domains.plans.types import MeasureStatus
from kompetanse.domains.plans.types.reports import CoveragePage, CoverageRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .measures import linked_goals, linked_pools, list_measures
from .plans import plan_row


@query
def get_coverage(ctx: Context, *, plan_id: int) -> CoveragePage:
    """What answers each pooled need and each goal; what is required by law stands first. Raises NotFound or Refused."""
    plan = access.fetch(ctx, ActionPlan.objects.all(), plan_id, Right.PLAN_READ)
    standing = [row for row in list_measures(ctx, plan_id=plan_id) if row.status is not MeasureStatus.CANCELLED]
    pools = linked_pools(ctx, plan.tenant_id)
    rows = [
        CoverageRow(pool, pool.statutory, tuple(row for row in standing if pool.id in row.pool_ids)) for pool in pools
    ]
    rows.sort(key=lambda row: (not row.is_statutory, bool(row.measures), -row.pool.municipalities, row.pool.title))
    goals = linked_goals(ctx, plan.tenant_id, plan.year, {row.goal_id for row in standing})
    return CoveragePage(
        plan_row(plan, len(standing)),
        tuple(rows),
        tuple((goal, tuple(row for row in standing if row.goal_id == goal.id)) for goal in goals),
        tuple(row for row in standing if row.is_supply_driven),
        len(standing),
        access.possible(ctx.actor, needs.Right.POOL_READ),
    )
