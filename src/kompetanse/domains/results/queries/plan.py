"""Results against the plan, from numbers that may cross a border."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Sum

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import RunStatus
from kompetanse.domains.governance import api as governance
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureRow, MeasureStatus, PlanRow
from kompetanse.domains.results.models import MeasureResult
from kompetanse.domains.results.permissions import Right
from kompetanse.domains.results.types import MeasureLine, MunicipalityLine, ResultsPage
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

NUMBERS = ("ordered", "seated", "attended", "absent", "evidence")
SUMS = """
    SELECT r.measure_id, sum(r.ordered), sum(r.seated), sum(r.attended), sum(r.absent), sum(r.evidence)
      FROM results_measureresult r JOIN allowed ON allowed.id = r.id
     WHERE r.measure_id = ANY(%s)
     GROUP BY r.measure_id
"""


def choose_plan(found: Iterable[PlanRow], year: int | None) -> PlanRow | None:
    """The plan of the year, else the latest that has measures, else the latest."""
    rows = sorted(found, key=lambda row: row.year, reverse=True)
    if year is not None:
        return next((row for row in rows if row.year == year), None)
    return next((row for row in rows if row.measures), rows[0] if rows else None)


@query
def get_results_page(ctx: Context, *, year: int | None = None) -> ResultsPage:
    """Planned, ordered, met and learnt, per measure and per municipality. A handful of queries."""
    every = plans.list_plans(ctx)
    plan = choose_plan(every, year)
    years = tuple(sorted({row.year for row in every}, reverse=True))
    if plan is None:
        return ResultsPage(year, None, (), (), None, years)
    measures = [
        measure
        for measure in plans.list_measures(ctx, plan_id=plan.id)
        if measure.status is not MeasureStatus.CANCELLED
    ]
    visible = MeasureResult.objects.filter(
        access.rows(ctx.actor, Right.RESULT_READ), measure_id__in=[measure.id for measure in measures]
    )
    sums = {name: Sum(name) for name in NUMBERS}
    by_measure = {row["measure_id"]: row for row in visible.values("measure_id").annotate(**sums)}
    by_municipality = visible.values("municipality__name").annotate(**sums).order_by("municipality__number")
    frame = governance.find_frame(ctx, tenant_id=plan.tenant_id, year=plan.year)
    return ResultsPage(
        plan.year,
        plan.id,
        tuple(_lines(ctx, measures, by_measure)),
        tuple(
            MunicipalityLine(row["municipality__name"], row["ordered"], row["attended"], row["absent"], row["evidence"])
            for row in by_municipality
        ),
        frame.limit_ore if frame else None,
        years,
    )


@query
def get_plan_result(ctx: Context) -> ResultsPage:
    """The latest plan's result in short: without runs and municipalities. Three queries."""
    every = [row for row in plans.list_measures(ctx) if row.status is not MeasureStatus.CANCELLED]
    latest = max(every, key=lambda row: (row.year, row.plan_id), default=None)
    if latest is None:
        return ResultsPage(None, None, (), (), None)
    measures = [row for row in every if row.plan_id == latest.plan_id]
    found = access.select(ctx, Right.RESULT_READ, SUMS, [row.id for row in measures])
    sums = {measure_id: dict(zip(NUMBERS, numbers, strict=True)) for measure_id, *numbers in found}
    frame = governance.find_frame(ctx, tenant_id=latest.tenant_id, year=latest.year)
    return ResultsPage(
        latest.year,
        latest.plan_id,
        tuple(_told(measures, sums, {})),
        (),
        frame.limit_ore if frame else None,
    )


def _lines(ctx: Context, measures: list[MeasureRow], sums: dict[int, dict[str, int]]) -> Iterable[MeasureLine]:
    runs: dict[int, int] = defaultdict(int)
    for run in courses.list_runs(ctx):
        runs[run.measure_id] += run.status is not RunStatus.CANCELLED
    return _told(measures, sums, runs)


def _told(
    measures: list[MeasureRow], sums: Mapping[int, Mapping[str, int]], runs: Mapping[int, int]
) -> Iterable[MeasureLine]:
    nothing = dict.fromkeys(NUMBERS, 0)
    for measure in measures:
        told = sums.get(measure.id, nothing)
        yield MeasureLine(
            measure.id, measure.reference, measure.title, measure.budget_ore, measure.seats_planned, told["ordered"],
            runs.get(measure.id, 0), told["seated"], told["attended"], told["absent"], told["evidence"],
            measure.status.value,
        )  # fmt: skip
