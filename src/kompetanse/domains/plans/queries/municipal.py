"""A municipality's own competence plan, cut from the region's rows, with what it does alone."""

from __future__ import annotations

from kompetanse.domains.plans.models import ActionPlan, LocalMeasure, Measure
from kompetanse.domains.plans.permissions import Right
from kompetanse.domains.plans.types import MeasureKind, MeasureStatus
from kompetanse.domains.plans.types.reports import LocalRow, MunicipalLine, MunicipalPlan
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .measures import in_written_form, linked_goals, list_measures
from .money import lines_of, members, reckon
from .plans import plan_row


@query
def get_municipal_plan(ctx: Context, *, plan_id: int, municipality_id: int) -> MunicipalPlan:
    """The municipality's part of the plan and its own measures of the year.

    For those who belong to the municipality, and the office. Raises NotFound or Refused.
    """
    plan = access.fetch(ctx, ActionPlan.objects.all(), plan_id, Right.PLAN_READ)
    towns = members(ctx, plan.tenant_id)
    town = next((it for it in towns if it.tenant_id == municipality_id), None)
    if town is None or municipality_id not in ctx.tenants:
        raise NotFound()
    probe = LocalMeasure(tenant_id=municipality_id)
    access.require(ctx, Right.LOCAL_MEASURE_READ, probe)
    measures = list(Measure.objects.filter(plan=plan).exclude(status=MeasureStatus.CANCELLED).order_by("id"))
    rows = {row.id: row for row in list_measures(ctx, plan_id=plan_id)}
    wanted = {measure.goal_id for measure in measures}
    goals = {goal.id: goal.title for goal in linked_goals(ctx, plan.tenant_id, plan.year, wanted)}
    joint = []
    for cost in reckon(plan, measures, lines_of(measures), towns):
        line = next(line for line in cost.lines if line.municipality_id == municipality_id)
        if line.takes_part:
            row = rows[cost.measure_id]
            joint.append(
                MunicipalLine(
                    row,
                    goals.get(row.goal_id or 0, ""),
                    line.seats,
                    line.planned_ore,
                    line.committed_ore,
                    line.spent_ore,
                )
            )  # fmt: skip
    local = LocalMeasure.objects.filter(
        access.rows(ctx.actor, Right.LOCAL_MEASURE_READ), tenant_id=municipality_id, year=plan.year
    ).order_by("quarter", "id")
    return MunicipalPlan(
        plan_row(plan, len(measures)),
        municipality_id,
        town.name,
        town.written_form.value,
        tuple(joint),
        tuple(_local_row(row) for row in local),
        bool(access.answer(ctx.actor, Right.LOCAL_MEASURE_SET, probe)),
    )


def _local_row(row: LocalMeasure) -> LocalRow:
    return LocalRow(
        row.id, row.tenant_id, row.year, row.title_nb, row.title_nn, MeasureKind(row.kind), row.target_group,
        row.owner, row.budget_ore, row.quarter, MeasureStatus(row.status), in_written_form(row.title_nb, row.title_nn),
    )  # fmt: skip
