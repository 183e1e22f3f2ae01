"""What a plan costs each municipality: by the chosen key before the decision, as adopted after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import MunicipalityRow
from kompetanse.domains.plans.models import ActionPlan, BudgetLine, Measure
from kompetanse.domains.plans.permissions import Right
from kompetanse.domains.plans.rules.sharing import share_out, usable_key
from kompetanse.domains.plans.types import MeasureStatus, PlanStatus
from kompetanse.domains.plans.types.money import (
    Base,
    LineRow,
    MeasureCost,
    PayerRow,
    SharingKey,
    SharingPage,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .measures import in_written_form
from .plans import plan_row

Lines = Mapping[tuple[int, int], BudgetLine]


def members(ctx: Context, region_id: int) -> tuple[MunicipalityRow, ...]:
    """The region's municipalities today, by number."""
    region = organisation.find_region_of(frozenset({region_id}), ctx.today)
    return region.municipalities if region else ()


def lines_of(measures: Iterable[Measure]) -> dict[tuple[int, int], BudgetLine]:
    """The budget lines there are, by measure and municipality."""
    found = BudgetLine.objects.filter(measure__in=[measure.pk for measure in measures])
    return {(line.measure_id, line.municipality_id): line for line in found}


def reckon(
    plan: ActionPlan, measures: Iterable[Measure], lines: Lines, towns: Sequence[MunicipalityRow],
    only: SharingKey | None = None,
) -> list[MeasureCost]:  # fmt: skip
    """Each standing measure's cost shared out by its key, or the plan's; by `only` where one is asked about."""
    names = {town.tenant_id: town.name for town in towns}
    costs = []
    for measure in measures:
        if measure.status == MeasureStatus.CANCELLED:
            continue
        bases = []
        for town in towns:
            line = lines.get((measure.id, town.tenant_id))
            if line is None or line.takes_part:
                bases.append(Base(town.tenant_id, town.population, line.seats if line else None))
        key = only or SharingKey(measure.sharing_key or plan.sharing_key)
        used = usable_key(key, bases)
        cost = measure.budget_ore - measure.funding_ore
        shares = share_out(cost, used, bases, measure.fixed_ore if measure.sharing_key else plan.fixed_ore)
        parts = dict(shares.parts)
        told = tuple(_line(town, lines.get((measure.id, town.tenant_id)), parts) for town in towns)
        costs.append(
            MeasureCost(
                measure.id, f"TILTAK-{measure.id}", in_written_form(measure.title_nb, measure.title_nn), cost, key,
                used, told, shares.residue_ore, tuple(names[it] for it in shares.residue_to),
            )
        )  # fmt: skip
    return costs


def _line(town: MunicipalityRow, line: BudgetLine | None, parts: Mapping[int, int]) -> LineRow:
    planned = parts.get(town.tenant_id, 0)
    if line is None:
        return LineRow(town.tenant_id, town.name, True, None, planned, 0, 0)
    if line.planned_ore is not None:
        planned = line.planned_ore
    return LineRow(
        town.tenant_id, town.name, line.takes_part, line.seats, planned, line.committed_ore, line.spent_ore
    )  # fmt: skip


@query
def get_sharing(ctx: Context, *, plan_id: int) -> SharingPage:
    """What each municipality pays, measure by measure and in all, and what the other keys would give.

    Raises NotFound or Refused.
    """
    plan = access.fetch(ctx, ActionPlan.objects.all(), plan_id, Right.PLAN_READ)
    measures = list(Measure.objects.filter(plan=plan).exclude(status=MeasureStatus.CANCELLED).order_by("id"))
    towns = members(ctx, plan.tenant_id)
    lines = lines_of(measures)
    costs = reckon(plan, measures, lines, towns) if towns else []
    unfrozen = {key: BudgetLine(takes_part=line.takes_part, seats=line.seats) for key, line in lines.items()}
    alone = [
        _totals(reckon(plan, measures, unfrozen, towns, only=key) if towns else [], "planned_ore") for key in SharingKey
    ]
    planned, committed, spent = (_totals(costs, name) for name in ("planned_ore", "committed_ore", "spent_ore"))
    payers = tuple(
        PayerRow(
            town.tenant_id, town.name, planned.get(town.tenant_id, 0), committed.get(town.tenant_id, 0),
            spent.get(town.tenant_id, 0), tuple(sums.get(town.tenant_id, 0) for sums in alone),
        )
        for town in towns
    )  # fmt: skip
    return SharingPage(
        plan_row(plan, len(measures)),
        SharingKey(plan.sharing_key),
        plan.fixed_ore,
        payers,
        tuple(costs),
        sum(measure.funding_ore for measure in measures),
        plan.status != PlanStatus.ADOPTED and bool(access.answer(ctx.actor, Right.PLAN_DRAFT, plan)),
    )


def _totals(costs: Iterable[MeasureCost], name: str) -> dict[int, int]:
    sums: dict[int, int] = {}
    for cost in costs:
        for line in cost.lines:
            sums[line.municipality_id] = sums.get(line.municipality_id, 0) + getattr(line, name)
    return sums


@query
def get_measure_cost(ctx: Context, *, measure_id: int) -> MeasureCost | None:
    """One measure's cost and who pays it; None where it is cancelled. Raises NotFound or Refused."""
    measure = access.fetch(ctx, Measure.objects.select_related("plan"), measure_id, Right.MEASURE_READ)
    towns = members(ctx, measure.tenant_id)
    found = reckon(measure.plan, [measure], lines_of([measure]), towns) if towns else []
    return found[0] if found else None
