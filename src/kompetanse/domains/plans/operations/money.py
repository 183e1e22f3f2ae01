"""Who pays: the key, who takes part with how many seats, and what is committed and spent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kompetanse.domains.plans import rules
from kompetanse.domains.plans.events import CostShared, KeyChosen, UseRecorded
from kompetanse.domains.plans.models import ActionPlan, BudgetLine, Measure
from kompetanse.domains.plans.permissions import Right
from kompetanse.domains.plans.queries import money
from kompetanse.domains.plans.types import MOST_SEATS, SeatsAreImpossible
from kompetanse.domains.plans.types.money import (
    BaseIsMissing,
    NobodyTakesPart,
    PartInput,
    PartIsUnknown,
    SharingKey,
    UseInput,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .holding import held_plan, require_unadopted


@operation
def choose_key(ctx: Context, *, plan_id: int, key: SharingKey, fixed_ore: int = 0) -> None:
    """How the plan's costs are shared, where a measure says nothing else. `fixed_ore` is each one's sum per measure.

    Raises NotFound, Refused, PlanIsAdopted, AmountIsImpossible or BaseIsMissing.
    """
    plan = held_plan(ctx, plan_id, Right.PLAN_DRAFT)
    require_unadopted(plan)
    rules.require_sizes(budget_ore=fixed_ore)
    if key is SharingKey.INHABITANTS and not all(it.population for it in money.members(ctx, plan.tenant_id)):
        raise BaseIsMissing()
    plan.sharing_key, plan.fixed_ore = key, fixed_ore
    plan.save(update_fields=["sharing_key", "fixed_ore"])
    publish(ctx, KeyChosen(tenant_id=plan.tenant_id, plan_id=plan_id))


@operation
def share_cost(
    ctx: Context, *, measure_id: int, key: SharingKey | None = None, fixed_ore: int = 0, parts: Iterable[PartInput] = ()
) -> None:
    """Who takes part in a measure, with how many seats, and its own key; without a key it follows the plan's.

    Municipalities that are not named take part. Raises NotFound, Refused, PlanIsAdopted, PartIsUnknown,
    NobodyTakesPart, SeatsAreImpossible, AmountIsImpossible or BaseIsMissing.
    """
    measure, plan = _held(ctx, measure_id)
    require_unadopted(plan)
    rules.require_sizes(budget_ore=fixed_ore)
    told = {part.municipality_id: part for part in parts}
    members = money.members(ctx, plan.tenant_id)
    _require_members(told, [it.tenant_id for it in members])
    if all(it.tenant_id in told and not told[it.tenant_id].takes_part for it in members):
        raise NobodyTakesPart()
    for part in told.values():
        if part.seats is not None and not 0 <= part.seats <= MOST_SEATS:
            raise SeatsAreImpossible()
    if key in (SharingKey.SEATS, SharingKey.FIXED_AND_SEATS) and not any(
        part.seats and part.takes_part for part in told.values()
    ):
        raise BaseIsMissing()
    measure.sharing_key, measure.fixed_ore = key.value if key else "", fixed_ore
    measure.version += 1
    measure.save(update_fields=["sharing_key", "fixed_ore", "version"])
    lines = money.lines_of([measure])
    for municipality_id, part in told.items():
        line = lines.get((measure_id, municipality_id)) or _new_line(measure, municipality_id)
        line.takes_part, line.seats = part.takes_part, part.seats if part.takes_part else None
        line.save()
    publish(ctx, CostShared(tenant_id=plan.tenant_id, measure_id=measure_id))


@operation
def record_use(ctx: Context, *, measure_id: int, uses: Sequence[UseInput]) -> None:
    """What the municipalities have committed to and spent on a measure so far; also of an adopted plan.

    Raises NotFound, Refused, PartIsUnknown or AmountIsImpossible.
    """
    measure, plan = _held(ctx, measure_id)
    _require_members([use.municipality_id for use in uses], [it.tenant_id for it in money.members(ctx, plan.tenant_id)])
    lines = money.lines_of([measure])
    for use in uses:
        rules.require_sizes(budget_ore=use.committed_ore)
        rules.require_sizes(budget_ore=use.spent_ore)
        line = lines.get((measure_id, use.municipality_id)) or _new_line(measure, use.municipality_id)
        line.committed_ore, line.spent_ore = use.committed_ore, use.spent_ore
        line.save()
    publish(
        ctx,
        UseRecorded(
            tenant_id=plan.tenant_id, measure_id=measure_id,
            committed_ore=sum(use.committed_ore for use in uses), spent_ore=sum(use.spent_ore for use in uses),
        ),
    )  # fmt: skip


def _held(ctx: Context, measure_id: int) -> tuple[Measure, ActionPlan]:
    """The measure and its plan, the plan locked."""
    measure: Measure = access.fetch(ctx, Measure.objects.all(), measure_id, Right.MEASURE_CHANGE)
    plan = ActionPlan.objects.select_for_update(no_key=True).get(pk=measure.plan_id)
    measure.refresh_from_db()
    return measure, plan


def _require_members(told: Iterable[int], members: Sequence[int]) -> None:
    if not set(told) <= set(members):
        raise PartIsUnknown()


def _new_line(measure: Measure, municipality_id: int) -> BudgetLine:
    return BudgetLine(tenant_id=measure.tenant_id, measure=measure, municipality_id=municipality_id)


def freeze_lines(ctx: Context, plan: ActionPlan) -> None:
    """Keep what each municipality pays, as it was when the plan was adopted. The plan is locked."""
    measures = list(Measure.objects.filter(plan=plan))
    BudgetLine.objects.filter(measure__in=measures).update(planned_ore=None)
    lines = money.lines_of(measures)
    kept = []
    for cost in money.reckon(plan, measures, lines, money.members(ctx, plan.tenant_id)):
        for told in cost.lines:
            key = (cost.measure_id, told.municipality_id)
            line = lines.get(key) or BudgetLine(
                tenant_id=plan.tenant_id, measure_id=cost.measure_id, municipality_id=told.municipality_id
            )
            line.planned_ore = told.planned_ore
            kept.append(line)
    BudgetLine.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["tenant", "measure", "municipality"], update_fields=["planned_ore"]
    )
