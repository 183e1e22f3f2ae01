"""For HR and the chief executive: how the municipality stands to the law on a day, and what is coming."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.queries.words import source_name, state_name
from kompetanse.domains.competence.types import ForecastPage, StatutoryReport
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import documents
from kompetanse.kernel.errors import NotFound
from kompetanse.ui import charts, formats
from kompetanse.ui.fields import DayField
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply

from .collective import as_table, row_parts
from .shapes import KINDS


class ReportForm(forms.Form):
    """Which place, which day, and by whose knowledge."""

    kommune = forms.TypedChoiceField(label=gettext_lazy("Kommune"), coerce=int, required=False)
    enhet = forms.TypedChoiceField(label=gettext_lazy("Enhet"), coerce=int, required=False, empty_value=None)
    dag = DayField(label=gettext_lazy("Dag"), required=False)
    kjent = forms.ChoiceField(
        label=gettext_lazy("Opplysninger"),
        required=False,
        choices=[("", gettext_lazy("Det vi vet nå")), ("da", gettext_lazy("Det vi visste da"))],
    )
    bare = forms.ChoiceField(
        label=gettext_lazy("Krav"),
        required=False,
        choices=[("", gettext_lazy("Lov og forskrift")), ("alle", gettext_lazy("Alle krav"))],
    )


def _form(request: PageRequest) -> tuple[ReportForm, int]:
    """The form with the places the actor may ask about, and the municipality that is asked about."""
    places = organisation.list_municipalities(competence.tenants_to_report(request.ctx))
    if not places:
        raise NotFound()
    asked = request.GET.get("kommune", "")
    known = {place.tenant_id for place in places}
    chosen = int(asked) if asked.isdigit() and int(asked) in known else places[0].tenant_id
    form = ReportForm(request.GET or None)
    form.fields["kommune"].choices = [(p.tenant_id, p.name) for p in places]  # type: ignore[attr-defined]
    units = organisation.list_places(request.ctx, right=organisation.Right.UNIT_READ, tenant_id=chosen)
    form.fields["enhet"].choices = [  # type: ignore[attr-defined]
        ("", _("Hele kommunen")),
        *((unit.id, "\N{EN SPACE}" * (len(unit.path) - 1) + unit.name) for unit in units),
    ]
    return form, chosen


def _report(request: PageRequest) -> tuple[ReportForm, StatutoryReport]:
    form, tenant_id = _form(request)
    told = form.cleaned_data if form.is_valid() else {}
    report = competence.get_statutory_report(
        request.ctx,
        tenant_id=tenant_id,
        unit_id=told.get("enhet"),
        day=told.get("dag"),
        as_known_then=told.get("kjent") == "da",
        only_law=told.get("bare") != "alle",
    )
    return form, report


@page("kompetanse/rapport/", right=competence.Right.REPORT_READ, methods=("GET",))
def statutory(request: PageRequest) -> Reply:
    form, report = _report(request)
    rows = [
        {
            "row": row,
            "source": source_name(row.requirement.source_type, row.requirement.verified),
            "lacking": [{"row": one, "kind": KINDS[one.state], "state": state_name(one.state)} for one in row.lacking],
        }
        for row in report.rows
    ]
    asked = request.GET.urlencode()
    return Reply.page(
        "competence/statutory.html",
        report,
        filter=form,
        rows=rows,
        together=[
            row_parts(row) | {"source": source_name(row.requirement.source_type, row.requirement.verified)}
            for row in report.collective
        ],
        collective=f"{reverse('competence.collective')}?{urlencode({'kommune': report.tenant_id})}",
        lead=_lead(report),
        files=[
            (_("Last ned PDF"), f"{reverse('competence.statutory_pdf')}?{asked}"),
            (_("Last ned regneark"), f"{reverse('competence.statutory_xlsx')}?{asked}"),
        ],
        forecast=f"{reverse('competence.forecast')}?{urlencode({'kommune': report.tenant_id})}",
    )


@page("kompetanse/rapport.pdf", right=competence.Right.REPORT_READ, methods=("GET",))
def statutory_pdf(request: PageRequest) -> Reply:
    _asked, report = _report(request)
    body = documents.report_pdf(as_document(report), language=get_language() or "nb")
    return Reply.file(body, filename=f"kompetansekrav-{report.day}.pdf", content_type=documents.PDF)


@page("kompetanse/rapport.xlsx", right=competence.Right.REPORT_READ, methods=("GET",))
def statutory_xlsx(request: PageRequest) -> Reply:
    _asked, report = _report(request)
    body = documents.report_xlsx(as_document(report))
    return Reply.file(body, filename=f"kompetansekrav-{report.day}.xlsx", content_type=documents.XLSX)


def _lead(report: StatutoryReport) -> str:
    words = {"place": report.place, "day": formats.day(report.day)}
    if report.as_known_then:
        return _("%(place)s per %(day)s, etter det som var registrert da.") % words
    return _("%(place)s per %(day)s, etter det som er registrert i dag.") % words


def as_document(report: StatutoryReport) -> documents.Report:
    """The report as paper and spreadsheet: the sums first, then who lacked what where names may be read."""
    counts = documents.Table(
        _("Krav"),
        (
            _("Krav"), _("Bygger på"), _("Henvisning"), _("Gjelder"), _("Har"), _("Går ut snart"), _("Gått ut"),
            _("Mangler"), _("Dispensasjon"), _("I permisjon"), _("Dekket i prosent"),
        ),
        [
            (
                row.requirement.name, source_name(row.requirement.source_type, row.requirement.verified),
                row.requirement.reference, row.required, row.held, row.expiring, row.expired, row.missing,
                row.dispensed, row.on_leave, row.covered,
            )
            for row in report.rows
        ],
        _("Hver person er telt én gang for hvert krav. Dispensasjon er ikke regnet som kompetanse."),
    )  # fmt: skip
    people = documents.Table(
        _("Hvem som mangler hva"),
        (_("Krav"), _("Navn"), _("Enhet"), _("Tilstand"), _("Siste dag")),
        [
            (
                row.requirement.name, one.name, one.unit_name, state_name(one.state),
                formats.day(one.ends, "short") if one.ends else "–",
            )
            for row in report.rows
            for one in row.lacking
        ],
    )  # fmt: skip
    tables = [counts, people] if report.named else [counts]
    if report.collective:
        tables.insert(1, as_table(report.collective))
    return documents.Report(
        _("Lovpålagt kompetanse") if report.only_law else _("Kompetansekrav"),
        _lead(report),
        report.place,
        [
            (_("Sted"), report.place),
            (_("Dag"), formats.day(report.day)),
            (_("Opplysninger"), _("Det vi visste da") if report.as_known_then else _("Det vi vet nå")),
            (_("Laget"), formats.moment(report.made_at)),
        ],
        tables,
    )


@page("kompetanse/framskriving/", right=competence.Right.REPORT_READ, methods=("GET",))
def forecast(request: PageRequest) -> Reply:
    form, tenant_id = _form(request)
    for name in ("enhet", "dag", "kjent", "bare"):
        del form.fields[name]
    months = 36 if request.GET.get("md") == "36" else 12
    found = competence.get_forecast(request.ctx, tenant_id=tenant_id, months=months)
    tabs = [
        {
            "label": label,
            "url": "?" + urlencode({"kommune": tenant_id, "md": ahead}),
            "current": ahead == months,
        }
        for ahead, label in ((12, _("Om ett år")), (36, _("Om tre år")))
    ]
    return Reply.page(
        "competence/forecast.html",
        found,
        filter=form,
        tabs=tabs,
        lead=_("%(place)s %(day)s, hvis ingen fornyer kompetansen, får opplæring eller blir ansatt.")
        % {"place": found.place, "day": formats.day(found.day)},
        chart=_drawn(found),
        report=f"{reverse('competence.statutory')}?{urlencode({'kommune': tenant_id})}",
    )


def _drawn(found: ForecastPage) -> charts.Chart | None:
    """The ten requirements that lose most people, as parts of those who hold them today."""
    losing = [row for row in found.rows if row.running_out + row.leaving + row.on_leave + row.past_67][:10]
    if not losing:
        return None
    return charts.stacked(
        _("De ti kravene der flest faller fra"),
        (_("Har fortsatt"), _("Går ut"), _("Slutter i jobben"), _("I permisjon da"), _("Fylt 67 år")),
        [
            charts.Stack(
                row.requirement.name,
                (
                    row.covered_now - row.running_out - row.leaving - row.on_leave - row.past_67,
                    row.running_out,
                    row.leaving,
                    row.on_leave,
                    row.past_67,
                ),
            )
            for row in losing
        ],
    )
