"""Orders and courses have moved: the measure's results follow."""

from __future__ import annotations

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.events import AttendanceRecorded, RunHeld
from kompetanse.domains.orders.events import (
    OrderAccepted,
    OrderCancelled,
    OrderChanged,
    OrderPlaced,
    SeatsHandedBack,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.kernel.context import Context

from . import api


def follow_order(
    ctx: Context, event: OrderPlaced | OrderChanged | OrderAccepted | OrderCancelled | SeatsHandedBack
) -> None:
    """A municipality's seats have changed. A service that is no measure has no results of its own."""
    if event.measure_id is not None:
        _refresh(ctx, event.measure_id)


def follow_run(ctx: Context, event: RunHeld | AttendanceRecorded) -> None:
    """People have met, or a correction says otherwise."""
    _refresh(ctx, courses.get_run(ctx, run_id=event.run_id).run.measure_id)


def _refresh(ctx: Context, measure_id: int) -> None:
    region = organisation.find_region_of(ctx.tenants, ctx.today)
    if region is not None:
        api.refresh_measure(ctx, region_id=region.tenant_id, measure_id=measure_id)
