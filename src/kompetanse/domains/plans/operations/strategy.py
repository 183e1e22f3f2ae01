"""The long-term strategy: focus areas, indicators and readings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kompetanse.domains.governance import api as governance
from kompetanse.domains.plans import rules
from kompetanse.domains.plans.events import FocusAreaSet, IndicatorRead, IndicatorSet
from kompetanse.domains.plans.models import FocusArea, Indicator, Reading
from kompetanse.domains.plans.permissions import Right
from kompetanse.domains.plans.types.strategy import (
    MOST_VALUE,
    AreaInput,
    IndicatorInput,
    ReadingIsAhead,
    Unit,
    ValueIsImpossible,
    YearsAreTurned,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound


@operation
def set_focus_area(ctx: Context, wanted: AreaInput, *, area_id: int | None = None) -> int:
    """Write a focus area, or write it anew. Gives its id.

    Raises NotFound (the area or its goal), Refused, MeasureIsIncomplete, TitleIsTooLong or YearsAreTurned.
    """
    area = FocusArea(tenant_id=wanted.tenant_id)
    if area_id is not None:
        areas = FocusArea.objects.filter(tenant_id=wanted.tenant_id)
        area = access.fetch(ctx, areas, area_id, Right.STRATEGY_SET, lock=True)
    access.require(ctx, Right.STRATEGY_SET, area)
    _require_years(wanted.from_year, wanted.to_year)
    if wanted.goal_id is not None and governance.get_goal(ctx, goal_id=wanted.goal_id).tenant_id != wanted.tenant_id:
        raise NotFound()
    area.title_nb, area.title_nn = rules.checked_title(wanted.title_nb), rules.checked_line(wanted.title_nn)
    area.sector, area.goal_id = wanted.sector, wanted.goal_id
    area.from_year, area.to_year = wanted.from_year, wanted.to_year
    area.text = rules.checked_line(wanted.text, limit=2000)
    area.save()
    publish(ctx, FocusAreaSet(tenant_id=area.tenant_id, area_id=area.id))
    return int(area.id)


@operation
def set_indicator(ctx: Context, wanted: IndicatorInput) -> int:
    """Give a focus area an indicator with baseline and target. Gives its id.

    Raises NotFound, Refused, MeasureIsIncomplete, TitleIsTooLong, YearsAreTurned or ValueIsImpossible.
    """
    area = access.fetch(ctx, FocusArea.objects.all(), wanted.area_id, Right.STRATEGY_SET, lock=True)
    _require_years(wanted.baseline_year, wanted.target_year)
    for value in (wanted.baseline, wanted.target):
        _require_value(wanted.unit, value)
    indicator = Indicator.objects.create(
        tenant_id=area.tenant_id, area=area, title_nb=rules.checked_title(wanted.title_nb),
        title_nn=rules.checked_line(wanted.title_nn), unit=wanted.unit, baseline=wanted.baseline,
        baseline_year=wanted.baseline_year, target=wanted.target, target_year=wanted.target_year,
    )  # fmt: skip
    publish(ctx, IndicatorSet(tenant_id=area.tenant_id, area_id=area.id))
    return int(indicator.id)


@operation
def read_indicator(ctx: Context, *, indicator_id: int, read_on: date, value: Decimal, source: str = "") -> None:
    """Record what an indicator was on a day; again for the same day it stands instead.

    Raises NotFound, Refused, ReadingIsAhead, ValueIsImpossible or TitleIsTooLong.
    """
    indicator = Indicator.objects.select_related("area").filter(pk=indicator_id).first()
    if indicator is None:
        raise NotFound()
    access.require(ctx, Right.STRATEGY_SET, indicator.area)
    if read_on > ctx.today:
        raise ReadingIsAhead()
    _require_value(Unit(indicator.unit), value)
    Reading.objects.update_or_create(
        tenant_id=indicator.tenant_id, indicator=indicator, read_on=read_on,
        defaults={"value": value, "source": rules.checked_line(source)},
    )  # fmt: skip
    publish(ctx, IndicatorRead(tenant_id=indicator.tenant_id, area_id=indicator.area_id))


def _require_years(first: int, last: int) -> None:
    if not 2000 <= first <= last <= 2100:
        raise YearsAreTurned()


def _require_value(unit: Unit, value: Decimal) -> None:
    if not 0 <= value <= (100 if unit is Unit.PERCENT else MOST_VALUE):
        raise ValueIsImpossible()
