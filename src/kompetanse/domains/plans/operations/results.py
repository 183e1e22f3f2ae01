"""During the year: deviations, the municipality's own measures, and the tertial report."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import translation

from kompetanse.domains.plans import rules
from kompetanse.domains.plans.events import DeviationNoted, LocalMeasureSet, TertialSent, TertialWritten
from kompetanse.domains.plans.models import ActionPlan, Deviation, LocalMeasure, Measure, TertialReport
from kompetanse.domains.plans.permissions import Right
from kompetanse.domains.plans.queries import tertial as reading
from kompetanse.domains.plans.types import MeasureStatus, YearIsImpossible
from kompetanse.domains.plans.types.reports import (
    TEXT_LENGTH,
    CauseIsMissing,
    DeviationCause,
    LocalInput,
    ReportHasChanged,
    ReportIsSent,
    ReportTextIsTooLong,
    TertialIsImpossible,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound


@operation
def note_deviation(ctx: Context, *, measure_id: int, cause: DeviationCause, text: str) -> int:
    """Say why a measure does not go as planned; what was said before stays. Gives its id.

    Raises NotFound, Refused, CauseIsMissing or TitleIsTooLong.
    """
    measure = access.fetch(ctx, Measure.objects.all(), measure_id, Right.MEASURE_CHANGE)
    said = rules.checked_line(text, limit=400)
    if not said:
        raise CauseIsMissing()
    row = Deviation.objects.create(
        tenant_id=measure.tenant_id, measure=measure, cause=cause, text=said, noted_at=ctx.now
    )
    publish(ctx, DeviationNoted(tenant_id=measure.tenant_id, measure_id=measure_id, cause=cause))
    return int(row.id)


@operation
def set_local_measure(
    ctx: Context, wanted: LocalInput, *, local_id: int | None = None, status: MeasureStatus = MeasureStatus.PLANNED
) -> int:
    """Write down what a municipality does alone, or write it anew. Gives its id.

    Raises NotFound, Refused, YearIsImpossible, MeasureIsIncomplete, TitleIsTooLong, AmountIsImpossible or
    QuarterIsImpossible.
    """
    row = LocalMeasure(tenant_id=wanted.tenant_id)
    if local_id is not None:
        rows = LocalMeasure.objects.filter(tenant_id=wanted.tenant_id)
        row = access.fetch(ctx, rows, local_id, Right.LOCAL_MEASURE_SET, lock=True)
    access.require(ctx, Right.LOCAL_MEASURE_SET, row)
    if not 2000 <= wanted.year <= 2100:
        raise YearIsImpossible()
    rules.require_sizes(budget_ore=wanted.budget_ore, quarter=wanted.quarter)
    row.year, row.kind, row.status = wanted.year, wanted.kind, status
    row.title_nb, row.title_nn = rules.checked_title(wanted.title_nb), rules.checked_line(wanted.title_nn)
    row.target_group = rules.checked_line(wanted.target_group)
    row.owner = rules.checked_line(wanted.owner, limit=120)
    row.budget_ore, row.quarter = wanted.budget_ore, wanted.quarter
    row.save()
    publish(ctx, LocalMeasureSet(tenant_id=row.tenant_id, year=row.year))
    return int(row.id)


@operation
def write_tertial(
    ctx: Context, *, plan_id: int, tertial: int, texts: Mapping[str, str], version: int | None = None
) -> None:
    """Put texts in place of what the rows say, by section; an empty one lets the rows speak again.

    Raises NotFound (also an unknown section), Refused, TertialIsImpossible, ReportIsSent, ReportHasChanged or
    ReportTextIsTooLong.
    """
    report = _held(ctx, plan_id, tertial)
    if version is not None and version != report.version:
        raise ReportHasChanged()
    if not set(texts) <= set(reading.SECTIONS):
        raise NotFound()
    for text in texts.values():
        if len(text) > TEXT_LENGTH:
            raise ReportTextIsTooLong(length=len(text), limit=TEXT_LENGTH)
    kept = {**report.texts, **{section: _clean(text) for section, text in texts.items()}}
    report.texts = {section: text for section, text in kept.items() if text}
    report.version += 1
    report.save()
    publish(ctx, TertialWritten(tenant_id=report.tenant_id, plan_id=plan_id, tertial=tertial))


@operation
def send_tertial(ctx: Context, *, plan_id: int, tertial: int) -> None:
    """Freeze the report in both written forms and open it to the region. Once.

    Raises NotFound, Refused, TertialIsImpossible or ReportIsSent.
    """
    report = _held(ctx, plan_id, tertial)
    content = {}
    for language in ("nb", "nn"):
        with translation.override(language):
            content[language] = reading.compose(ctx, report)
    report.content, report.sent_at = content, ctx.now
    report.version += 1
    report.save()
    publish(ctx, TertialSent(tenant_id=report.tenant_id, plan_id=plan_id, tertial=tertial))


def _held(ctx: Context, plan_id: int, tertial: int) -> TertialReport:
    """The report, begun where there is none, locked by its plan and not sent."""
    plan = access.fetch(ctx, ActionPlan.objects.all(), plan_id, Right.PLAN_READ, lock=True)
    access.require(ctx, Right.TERTIAL_WRITE, TertialReport(tenant_id=plan.tenant_id))
    if not 1 <= tertial <= 3:
        raise TertialIsImpossible()
    report: TertialReport
    report, _ = TertialReport.objects.get_or_create(tenant_id=plan.tenant_id, plan=plan, tertial=tertial)
    if report.sent_at is not None:
        raise ReportIsSent()
    return report


def _clean(text: str) -> str:
    """Lines as they were written, without control characters."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join("".join(sign for sign in line if sign.isprintable()).strip() for line in lines).strip()
