"""Results against the plan, from numbers that may cross a border."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import RunStatus
from kompetanse.domains.governance import api as governance
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureRow, MeasureStatus, PlanRow
from kompetanse.domains.results.permissions import Right
from kompetanse.domains.results.types import (
    NOBODY,
    MeasureLine,
    MeasureResultPage,
    MunicipalityLine,
    ResultsPage,
    RunLine,
    Told,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .told import sees_all, tell

ROWS = """
    SELECT r.measure_id, r.municipality_id, r.ordered, r.attended, r.absent, r.evidence
      FROM results_measureresult r JOIN allowed ON allowed.id = r.id
     WHERE r.measure_id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """What may be told of one municipality in one measure."""

    measure_id: int
    municipality_id: int
    told: Told


def cells_of(ctx: Context, measures: Iterable[int]) -> list[Cell]:
    """The municipalities' numbers in measures, as the reader may know them. One query."""
    rows = access.select(ctx, Right.RESULT_READ, ROWS, list(measures))
    # Nobody else sees all, so nobody else need wait for which region it is.
    asked = ctx.actor.is_system or ctx.actor.places(Role.COURSE_ADMINISTRATOR)
    region = organisation.find_region_of(ctx.tenants, ctx.today) if asked else None
    every = region is not None and sees_all(ctx, region.tenant_id)
    own = {grant.tenant_id for grant in ctx.actor.grants}
    return [
        Cell(measure_id, place, tell((ordered, attended, absent, evidence), exact=every or place in own))
        for measure_id, place, ordered, attended, absent, evidence in rows
    ]


def summed(cells: Iterable[Cell], key: Callable[[Cell], int]) -> dict[int, Told]:
    """Sums of what is told, by measure or by municipality."""
    found: dict[int, Told] = {}
    for cell in cells:
        found[key(cell)] = found.get(key(cell), NOBODY) + cell.told
    return found


def _measure(cell: Cell) -> int:
    return cell.measure_id


def _place(cell: Cell) -> int:
    return cell.municipality_id


def choose_plan(found: Iterable[PlanRow], year: int | None) -> PlanRow | None:
    """The plan of the year, else the latest that has measures, else the latest."""
    rows = sorted(found, key=lambda row: row.year, reverse=True)
    if year is not None:
        return next((row for row in rows if row.year == year), None)
    return next((row for row in rows if row.measures), rows[0] if rows else None)


@query
def get_results_page(ctx: Context, *, year: int | None = None, municipality_id: int | None = None) -> ResultsPage:
    """Planned, ordered, met and learnt, per measure and per municipality. A handful of queries.

    With `municipality_id` the measures show that municipality's numbers alone. Raises NotFound where it has none.
    """
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
    cells = cells_of(ctx, [measure.id for measure in measures])
    municipalities = _by_municipality(cells)
    only = next((line for line in municipalities if line.tenant_id == municipality_id), None)
    if only is None and municipality_id is not None:
        raise NotFound()
    by_measure = summed([cell for cell in cells if only is None or cell.municipality_id == municipality_id], _measure)
    frame = governance.find_frame(ctx, tenant_id=plan.tenant_id, year=plan.year)
    return ResultsPage(
        plan.year,
        plan.id,
        tuple(_lines(ctx, measures, by_measure)),
        municipalities,
        frame.limit_ore if frame else None,
        years,
        only,
    )


@query
def get_measure_result(ctx: Context, *, measure_id: int) -> MeasureResultPage:
    """The rows behind one measure's numbers. Raises NotFound or Refused."""
    measure = plans.get_measure(ctx, measure_id=measure_id)
    cells = cells_of(ctx, [measure_id])
    runs = [run for run in courses.list_runs(ctx, measure_id=measure_id) if run.status is not RunStatus.CANCELLED]
    (line,) = _told([measure], summed(cells, _measure), {measure_id: len(runs)})
    every = sees_all(ctx, measure.tenant_id)
    return MeasureResultPage(
        line,
        measure.year,
        _by_municipality(cells),
        tuple(
            RunLine(
                run.id, run.reference, run.title, run.starts_at, run.seats_taken if every else None,
                run.max_seats,
                run.status is RunStatus.HELD,
            )
            for run in runs
        ),
    )  # fmt: skip


def _by_municipality(cells: list[Cell]) -> tuple[MunicipalityLine, ...]:
    sums = summed(cells, _place)
    return tuple(
        MunicipalityLine(row.tenant_id, row.name, told.ordered, told.attended, told.absent, told.evidence)
        for row in sorted(organisation.list_municipalities(frozenset(sums)), key=lambda row: row.number)
        if (told := sums.get(row.tenant_id)) is not None
    )


@query
def get_plan_result(ctx: Context) -> ResultsPage:
    """The latest plan's result in short: without runs and municipalities. Three queries."""
    every = [row for row in plans.list_measures(ctx) if row.status is not MeasureStatus.CANCELLED]
    latest = max(every, key=lambda row: (row.year, row.plan_id), default=None)
    if latest is None:
        return ResultsPage(None, None, (), (), None)
    measures = [row for row in every if row.plan_id == latest.plan_id]
    sums = summed(cells_of(ctx, [row.id for row in measures]), _measure)
    frame = governance.find_frame(ctx, tenant_id=latest.tenant_id, year=latest.year)
    return ResultsPage(
        latest.year,
        latest.plan_id,
        tuple(_told(measures, sums, {})),
        (),
        frame.limit_ore if frame else None,
    )


def _lines(ctx: Context, measures: list[MeasureRow], sums: Mapping[int, Told]) -> Iterable[MeasureLine]:
    runs: dict[int, int] = defaultdict(int)
    for run in courses.list_runs(ctx):
        runs[run.measure_id] += run.status is not RunStatus.CANCELLED
    return _told(measures, sums, runs)


def _told(measures: list[MeasureRow], sums: Mapping[int, Told], runs: Mapping[int, int]) -> Iterable[MeasureLine]:
    for measure in measures:
        told = sums.get(measure.id, NOBODY)
        yield MeasureLine(
            measure.id, measure.reference, measure.title, measure.budget_ore, measure.seats_planned, told.ordered,
            runs.get(measure.id, 0), told.attended, told.absent, told.evidence,
            measure.status.value,
        )  # fmt: skip
