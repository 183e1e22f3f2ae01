"""The tertial report: it writes itself from the rows, texts may stand instead, and what is sent is frozen."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.plans.models import ActionPlan, BudgetLine, Deviation, TertialReport
from kompetanse.domains.plans.permissions import Right
from kompetanse.domains.plans.queries.words import CAUSES, STATUSES
from kompetanse.domains.plans.rules import kroner
from kompetanse.domains.plans.types import MeasureRow, MeasureStatus
from kompetanse.domains.plans.types.reports import DeviationCause, DeviationRow, TertialIsImpossible, TertialPage
from kompetanse.foundation import access, documents
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .measures import list_measures
from .plans import plan_row

SECTIONS = ("summary", "money", "deviations", "ahead")


@query
def get_tertial(ctx: Context, *, plan_id: int, tertial: int, language: str = "nb") -> TertialPage:
    """The report of a tertial: as sent, else as the rows have it now.

    Raises NotFound, Refused or TertialIsImpossible.
    """
    plan = access.fetch(ctx, ActionPlan.objects.all(), plan_id, Right.PLAN_READ)
    if not 1 <= tertial <= 3:
        raise TertialIsImpossible()
    report = TertialReport.objects.filter(plan=plan, tertial=tertial).first()
    report = report or TertialReport(tenant_id=plan.tenant_id, plan=plan, tertial=tertial, version=1)
    access.require(ctx, Right.TERTIAL_READ, report)
    content = report.content["nn" if language == "nn" else "nb"] if report.content else compose(ctx, report)
    return TertialPage(
        plan_row(plan, 0),
        tertial,
        content["report"],
        dict(report.texts),
        content["drafted"],
        report.version,
        report.sent_at,
        report.sent_at is None and bool(access.answer(ctx.actor, Right.TERTIAL_WRITE, report)),
    )


@query
def tertial_pdf(ctx: Context, *, plan_id: int, tertial: int, language: str = "nb") -> bytes:
    """The report as an accessible PDF in `nb` or `nn`. Raises NotFound, Refused or TertialIsImpossible."""
    page = get_tertial(ctx, plan_id=plan_id, tertial=tertial, language=language)
    told = page.content
    report = documents.Report(
        told["title"], told["lead"], told["issuer"], told["facts"],
        [documents.Table(**table) for table in told["tables"]],
    )  # fmt: skip
    return documents.report_pdf(report, language=language)


@query
def list_deviations(ctx: Context, *, plan_id: int | None = None, measure_id: int | None = None) -> list[DeviationRow]:
    """What has gone otherwise than planned with measures in sight, latest first."""
    rows = Deviation.objects.filter(measure__in=[row.id for row in list_measures(ctx, plan_id=plan_id)])
    if measure_id is not None:
        rows = rows.filter(measure_id=measure_id)
    return [
        DeviationRow(row.measure_id, DeviationCause(row.cause), row.text, row.noted_at)
        for row in rows.order_by("-noted_at", "-id")
    ]


def compose(ctx: Context, report: TertialReport) -> dict[str, Any]:
    """The report from the rows in the active written form, with the texts that stand instead."""
    plan = report.plan
    rows = [row for row in list_measures(ctx, plan_id=plan.id) if row.plan_id == plan.id]
    deviations: dict[int, DeviationRow] = {}
    for deviation in list_deviations(ctx, plan_id=plan.id):
        deviations.setdefault(deviation.measure_id, deviation)
    money = {
        row["measure_id"]: (row["committed"], row["spent"])
        for row in BudgetLine.objects.filter(measure__plan=plan)
        .values("measure_id")
        .annotate(committed=Sum("committed_ore"), spent=Sum("spent_ore"))
    }
    drafted = _drafted(rows, deviations, money)
    texts = {section: report.texts.get(section) or said for section, said in drafted.items()}
    region = organisation.find_region_of(frozenset({plan.tenant_id}), ctx.today)
    issuer = region.name if region else ""
    heads = {
        "summary": _("Kort fortalt"), "money": _("Penger"), "deviations": _("Avvik"), "ahead": _("Veien videre"),
    }  # fmt: skip
    table = documents.Table(
        _("Status per tiltak"),
        (_("Tiltak"), _("Status"), _("Budsjett"), _("Bundet"), _("Brukt"), _("Avvik")),
        [
            (
                f"{row.title} ({row.reference})", str(STATUSES[row.status]), kroner(row.budget_ore),
                kroner(money.get(row.id, (0, 0))[0]), kroner(money.get(row.id, (0, 0))[1]),
                _said(deviations[row.id]) if row.id in deviations else "–",
            )
            for row in rows
        ],
    )  # fmt: skip
    told = documents.Report(
        _("Tertialrapport %(tertial)s for %(year)s") % {"tertial": report.tertial, "year": plan.year},
        _("Handlingsplanen %(year)s, til rådmannsutvalget") % {"year": plan.year},
        issuer,
        [(heads[section], texts[section]) for section in SECTIONS],
        [table],
    )
    return {"report": asdict(told), "drafted": drafted}


def _said(row: DeviationRow) -> str:
    return f"{CAUSES[row.cause]}: {row.text}"


def _drafted(
    rows: list[MeasureRow], deviations: dict[int, DeviationRow], money: dict[int, tuple[int, int]]
) -> dict[str, str]:
    """What the rows say, by section."""
    counts = Counter(row.status for row in rows)
    standing = [row for row in rows if row.status is not MeasureStatus.CANCELLED]
    budget = sum(row.budget_ore for row in standing)
    committed, spent = (sum(sums[place] for sums in money.values()) for place in (0, 1))
    states = ", ".join(
        f"{counts[status]} {str(STATUSES[status]).lower()}" for status in MeasureStatus if counts[status]
    )
    told = [f"{row.title}: {_said(deviations[row.id])}" for row in rows if row.id in deviations]
    left = [row.title for row in standing if row.status is not MeasureStatus.DONE]
    total = ngettext("Planen har %(count)s tiltak: %(states)s.", "Planen har %(count)s tiltak: %(states)s.", len(rows))
    return {
        "summary": total % {"count": len(rows), "states": states or "–"},
        "money": _("%(spent)s kr er brukt og %(committed)s kr er bundet av %(budget)s kr.")
        % {"spent": kroner(spent), "committed": kroner(committed), "budget": kroner(budget)},
        "deviations": "\n".join(told) or _("Ingen avvik er meldt."),
        "ahead": _("Gjenstår: %(titles)s.") % {"titles": ", ".join(left)} if left else _("Ingenting gjenstår."),
    }
