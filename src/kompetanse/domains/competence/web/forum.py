"""The forum's front page: the region's gap in numbers, as a table, on a map, and over time."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.queries.words import source_name
from kompetanse.domains.competence.types import GapForum, GapRequirement, GapTable, SourceType, Verified
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import MunicipalityRow
from kompetanse.foundation import documents
from kompetanse.kernel.errors import NotFound
from kompetanse.kernel.text import normalised
from kompetanse.ui import formats
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply

from . import forum_shapes as shapes

MOST_LINES = 3


class GapFilter(forms.Form):
    """What of the table is shown. Everything chooses among told numbers."""

    tekst = forms.CharField(label=gettext_lazy("Søk i kravene"), required=False, max_length=100)
    kilde = forms.ChoiceField(label=gettext_lazy("Hva kravet bygger på"), required=False)
    vis = forms.ChoiceField(label=gettext_lazy("Vis"), required=False)
    sorter = forms.ChoiceField(label=gettext_lazy("Rekkefølge"), required=False)
    tabell = forms.TypedChoiceField(
        label=gettext_lazy("Publisert"), coerce=int, required=False, empty_value=None, choices=()
    )
    kommune = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Kommuner"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )


class PictureFilter(forms.Form):
    krav = forms.TypedChoiceField(label=gettext_lazy("Krav"), coerce=int, required=False, empty_value=None, choices=())
    tabell = forms.TypedChoiceField(
        label=gettext_lazy("Publisert"), coerce=int, required=False, empty_value=None, choices=()
    )


class TrendFilter(forms.Form):
    krav = forms.TypedChoiceField(label=gettext_lazy("Krav"), coerce=int, required=False, empty_value=None, choices=())
    kommune = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Kommuner, inntil tre"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple, choices=(),
    )  # fmt: skip


@page("kompetanse/forum/", right=competence.Right.GAP_READ, methods=("GET",))
def forum(request: PageRequest) -> Reply:
    found = _asked_for(request)
    table = found.table
    if table is None:
        return Reply.page("competence/forum.html", found, tabs=_tabs("competence.forum"), lead=_about(table))
    form = GapFilter(request.GET or None)
    _offer(form, found, table)
    told = form.cleaned_data if form.is_valid() else {}
    requirements = _chosen(table, told.get("tekst", ""), told.get("kilde", ""))
    within = set(told.get("kommune") or table.told.columns)
    places = [place for place in table.municipalities if place.tenant_id in within]
    shown = table.told.select((row.id for row in requirements), (place.tenant_id for place in places))
    requirements = shapes.in_order(shown, requirements, told.get("sorter", ""))
    measure = told.get("vis", "")
    wanted = request.GET.get("format", "")
    if wanted in ("xlsx", "csv"):
        return _file(table, shapes.as_table(shown, requirements, places, measure), wanted)
    reports = {
        tenant: f"{reverse('competence.statutory')}?{urlencode({'kommune': tenant, 'bare': 'alle'})}"
        for tenant in competence.tenants_to_report(request.ctx)
    }
    asked = request.GET.copy()
    asked.pop("format", None)
    return Reply.page(
        "competence/forum.html",
        found,
        filter=form,
        tabs=_tabs("competence.forum"),
        lead=_about(table),
        asked=asked.urlencode(),
        opens=any(place.tenant_id in reports for place in places),
        matrix=shapes.drawn(
            shown, requirements, places, measure, reports=reports, picture=reverse("competence.forum_map")
        )
        if requirements and places
        else None,
    )


@page("kompetanse/forum/kart/", right=competence.Right.GAP_READ, methods=("GET",))
def forum_map(request: PageRequest) -> Reply:
    found = _asked_for(request)
    table = found.table
    if table is None:
        return Reply.page("competence/forum_map.html", found, tabs=_tabs("competence.forum_map"), lead=_about(table))
    form = PictureFilter(request.GET or None)
    _offer(form, found, table)
    chosen = _requirement(table.requirements, form)
    shown = table.told.select([chosen.id] if chosen else None)
    address = reverse("competence.forum_trend") + "?" + urlencode({"krav": chosen.id if chosen else ""})
    return Reply.page(
        "competence/forum_map.html",
        found,
        filter=form,
        tabs=_tabs("competence.forum_map"),
        lead=_about(table),
        chosen=chosen,
        chart=shapes.mapped(shown, list(table.municipalities), _title(chosen), address),
        trend=address,
    )


@page("kompetanse/forum/utvikling/", right=competence.Right.GAP_READ, methods=("GET",))
def forum_trend(request: PageRequest) -> Reply:
    asked = request.GET.get("krav", "")
    requirement_id = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    found = competence.get_gap_trend(request.ctx, requirement_id=requirement_id)
    form = TrendFilter(request.GET or None)
    form.fields["krav"].choices = _requirement_choices(found.requirements)  # type: ignore[attr-defined]
    form.fields["kommune"].choices = _place_choices(found.municipalities)  # type: ignore[attr-defined]
    told = form.cleaned_data if form.is_valid() else {}
    places = list(told.get("kommune") or [])
    chosen = next((row for row in found.requirements if row.id == requirement_id), None)
    return Reply.page(
        "competence/forum_trend.html",
        found,
        filter=form,
        tabs=_tabs("competence.forum_trend"),
        lead=_("Bare tall som er publisert. Det siste tallet hver måned."),
        chosen=chosen,
        too_many=len(places) > MOST_LINES,
        chart=shapes.over_time(found, _title(chosen), requirement_id, places[:MOST_LINES]) if found.months else None,
        series=_series(found.months),
    )


@page("kompetanse/forum/sma-tall/", signed_in=True, methods=("GET",))
def small_numbers(request: PageRequest) -> Reply:
    return Reply.page("competence/small_numbers.html")


@page("kompetanse/forum/publiser/", right=competence.Right.GAP_PUBLISH, methods=("POST",))
def publish_gaps(request: PageRequest) -> Reply:
    region = organisation.find_region_of(request.ctx.tenants, request.ctx.today)
    if region is None:
        raise NotFound()
    competence.publish_gaps(request.ctx, region_id=region.tenant_id)
    return Reply.done(
        reverse("competence.forum"),
        _("Tabellen for %(day)s er publisert.") % {"day": formats.day(request.ctx.today)},
    )


def _asked_for(request: PageRequest) -> GapForum:
    asked = request.GET.get("tabell", "")
    known = asked.isascii() and asked.isdigit() and len(asked) < 19
    return competence.get_gap_forum(request.ctx, table_id=int(asked) if known else None)


def _offer(form: forms.Form, found: GapForum, table: GapTable) -> None:
    """The choices that the table has."""
    sources = {row.source_type for row in table.requirements}
    offers: dict[str, list[tuple[Any, str]]] = {
        "kilde": [
            ("", _("Alt")),
            *((one.value, source_name(one, Verified.SEEN)) for one in SourceType if one in sources),
        ],
        "vis": list(shapes.measures()),
        "sorter": [
            ("", _("Som i kravregisteret")),
            ("navn", _("Etter navn")),
            ("mangler", _("Flest som mangler")),
            ("dekning", _("Lavest dekning")),
            ("gjelder", _("Gjelder flest")),
        ],
        "tabell": [(one.id, formats.day(one.published_on)) for one in found.issues],
        "kommune": _place_choices(table.municipalities),
        "krav": _requirement_choices(table.requirements),
    }
    for name, field in form.fields.items():
        if name in offers:
            field.choices = offers[name]  # type: ignore[attr-defined]
    form.fields["tabell"].initial = table.id


def _place_choices(places: tuple[MunicipalityRow, ...]) -> list[tuple[Any, str]]:
    return [(place.tenant_id, place.name) for place in places]


def _requirement_choices(requirements: tuple[GapRequirement, ...]) -> list[tuple[Any, str]]:
    return [("", _("Alle krav")), *((row.id, row.name) for row in requirements)]


def _chosen(table: GapTable, text: str, source: str) -> list[GapRequirement]:
    """The requirements with all the words, resting on this."""
    sought = normalised(text).split()
    return [
        row
        for row in table.requirements
        if (not source or row.source_type == source)
        and all(word in normalised(f"{row.name} {row.code} {row.reference}") for word in sought)
    ]


def _requirement(requirements: tuple[GapRequirement, ...], form: forms.Form) -> GapRequirement | None:
    told = form.cleaned_data if form.is_valid() else {}
    return next((row for row in requirements if row.id == told.get("krav")), None)


def _title(chosen: GapRequirement | None) -> str:
    return chosen.name if chosen else _("Alle krav")


def _about(table: GapTable | None) -> str:
    if table is None:
        return _("Hvor mange som mangler det kommunene krever, i tall.")
    return _("Publisert %(day)s. Tabellen hører til serien for %(series)s.") % {
        "day": formats.day(table.published_on),
        "series": shapes.series_words(table.series),
    }


def _series(months: Any) -> list[str]:
    """The series that the months belong to, each once."""
    return [shapes.series_words(series) for series in dict.fromkeys(month.series for month in months)]


def _tabs(current: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": reverse(route), "current": route == current}
        for route, label in (
            ("competence.forum", _("Tabell")),
            ("competence.forum_map", _("Kart")),
            ("competence.forum_trend", _("Utvikling")),
        )
    ]


def _file(table: GapTable, shown: documents.Table, wanted: str) -> Reply:
    name = f"gapet-i-regionen-{table.published_on}.{wanted}"
    if wanted == "csv":
        return Reply.file(documents.table_csv(shown), filename=name, content_type=documents.CSV)
    report = documents.Report(
        _("Gapet i regionen"),
        _about(table),
        "",
        [
            (_("Publisert"), formats.day(table.published_on)),
            (_("Små tall"), _("Ingen tall på 1–4 personer vises, og ingen kan regnes ut.")),
        ],
        [shown],
    )
    return Reply.file(documents.report_xlsx(report), filename=name, content_type=documents.XLSX)
