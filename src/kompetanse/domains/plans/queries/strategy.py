"""The long-term strategy as it is read."""

from __future__ import annotations

from decimal import Decimal

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.plans.models import FocusArea, Indicator, Reading
from kompetanse.domains.plans.permissions import Right
from kompetanse.domains.plans.types.strategy import AreaRow, IndicatorRow, ReadingRow, Sector, StrategyPage, Unit
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.suppression import LEAST

from .measures import in_written_form, linked_goals


@query
def get_strategy(ctx: Context) -> StrategyPage:
    """Goals, focus areas by sector, and how far each indicator has come. People under five are not told."""
    region = organisation.find_region_of(ctx.tenants, ctx.today)
    if region is None:
        return StrategyPage(None, "", (), (), (), False)
    found = FocusArea.objects.filter(access.rows(ctx.actor, Right.STRATEGY_READ), tenant_id=region.tenant_id)
    areas = list(found.order_by("from_year", "id"))
    readings: dict[int, list[Reading]] = {}
    for reading in Reading.objects.filter(indicator__area__in=areas).order_by("read_on"):
        readings.setdefault(reading.indicator_id, []).append(reading)
    indicators: dict[int, list[IndicatorRow]] = {}
    for it in Indicator.objects.filter(area__in=areas).order_by("id"):
        indicators.setdefault(it.area_id, []).append(_indicator(it, readings.get(it.id, [])))
    goals = linked_goals(ctx, region.tenant_id, ctx.today.year, {area.goal_id for area in areas})
    by_id = {goal.id: goal for goal in goals}
    pursued = {area.goal_id for area in areas}
    rows = tuple(
        AreaRow(
            area.id, in_written_form(area.title_nb, area.title_nn), Sector(area.sector), by_id.get(area.goal_id or 0),
            area.from_year, area.to_year, area.text, tuple(indicators.get(area.id, ())),
        )
        for area in areas
    )  # fmt: skip
    return StrategyPage(
        region.tenant_id,
        region.name,
        rows,
        tuple(goals),
        tuple(goal for goal in goals if goal.id not in pursued),
        bool(access.answer(ctx.actor, Right.STRATEGY_SET, FocusArea(tenant_id=region.tenant_id))),
    )


def _indicator(row: Indicator, readings: list[Reading]) -> IndicatorRow:
    unit = Unit(row.unit)
    return IndicatorRow(
        row.id, in_written_form(row.title_nb, row.title_nn), unit, _told(unit, row.baseline), row.baseline_year,
        row.target, row.target_year,
        tuple(ReadingRow(it.read_on, _told(unit, it.value), it.source) for it in readings),
    )  # fmt: skip


def _told(unit: Unit, value: Decimal) -> Decimal | None:
    return None if unit is Unit.PEOPLE and value < LEAST else value
