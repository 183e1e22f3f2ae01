"""The long-term strategy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kompetanse.domains.plans import api
from kompetanse.domains.plans.queries.words import SECTORS, UNITS
from kompetanse.domains.plans.types import TITLE_LENGTH, LinkedGoal
from kompetanse.domains.plans.types.strategy import AreaInput, AreaRow, IndicatorInput, IndicatorRow, Sector, Unit
from kompetanse.kernel.errors import DomainError
from kompetanse.ui.fields import DayField
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching


class AreaForm(forms.Form):
    title_nb = forms.CharField(label=lazy("Satsingsområde på bokmål"), max_length=TITLE_LENGTH)
    title_nn = forms.CharField(label=lazy("Satsingsområde på nynorsk"), max_length=TITLE_LENGTH, required=False)
    sector = forms.TypedChoiceField(label=lazy("Sektor"), coerce=Sector, choices=list(SECTORS.items()))
    goal_id = forms.TypedChoiceField(label=lazy("Mål"), coerce=int, required=False, empty_value=None)
    from_year = forms.IntegerField(label=lazy("Fra år"), min_value=2000, max_value=2100)
    to_year = forms.IntegerField(label=lazy("Til år"), min_value=2000, max_value=2100)

    def __init__(self, *args: Any, goals: Iterable[LinkedGoal], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = [("", _("Ingen")), *((goal.id, goal.title) for goal in goals)]
        self.fields["goal_id"].choices = chosen  # type: ignore[attr-defined]


class IndicatorForm(forms.Form):
    area_id = forms.TypedChoiceField(label=lazy("Satsingsområde"), coerce=int)
    title_nb = forms.CharField(label=lazy("Hva som måles, på bokmål"), max_length=TITLE_LENGTH)
    title_nn = forms.CharField(label=lazy("Hva som måles, på nynorsk"), max_length=TITLE_LENGTH, required=False)
    unit = forms.TypedChoiceField(label=lazy("Måles i"), coerce=Unit, choices=list(UNITS.items()))
    baseline = forms.DecimalField(label=lazy("Startverdi"), decimal_places=2, max_digits=12, localize=True)
    baseline_year = forms.IntegerField(label=lazy("Startår"), min_value=2000, max_value=2100)
    target = forms.DecimalField(label=lazy("Mål for verdien"), decimal_places=2, max_digits=12, localize=True)
    target_year = forms.IntegerField(label=lazy("Målår"), min_value=2000, max_value=2100)

    def __init__(self, *args: Any, areas: Iterable[AreaRow], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area_id"].choices = [(area.id, area.title) for area in areas]  # type: ignore[attr-defined]


class ReadingForm(forms.Form):
    indicator_id = forms.TypedChoiceField(label=lazy("Indikator"), coerce=int)
    read_on = DayField(label=lazy("Dag"))
    value = forms.DecimalField(label=lazy("Verdi"), decimal_places=2, max_digits=12, localize=True)
    source = forms.CharField(label=lazy("Kilde"), max_length=TITLE_LENGTH, required=False)

    def __init__(self, *args: Any, indicators: Iterable[IndicatorRow], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(it.id, it.title) for it in indicators]
        self.fields["indicator_id"].choices = choices  # type: ignore[attr-defined]


@page("strategi/", right=api.Right.STRATEGY_READ)
def strategy(request: PageRequest) -> Reply:
    """Goals, focus areas by sector, and how far each indicator has come."""
    shown = api.get_strategy(request.ctx)
    act = request.POST.get("act", "")
    year = request.ctx.today.year
    indicators = [it for area in shown.areas for it in area.indicators]

    def sent(name: str) -> Any:
        return request.POST if act == name else None

    area = AreaForm(sent("area"), goals=shown.goals, initial={"from_year": year, "to_year": year + 4}, auto_id="o_%s")
    indicator = IndicatorForm(
        sent("indicator"), areas=shown.areas, initial={"baseline_year": year, "target_year": year + 4}, auto_id="i_%s"
    )
    reading = ReadingForm(
        sent("reading"), indicators=indicators, initial={"read_on": request.ctx.today}, auto_id="m_%s"
    )
    here = reverse("plans.strategy")
    if act == "area" and shown.region_id and area.is_valid():
        with catching(area, DomainError):
            api.set_focus_area(request.ctx, AreaInput(shown.region_id, **area.cleaned_data))
            return Reply.done(here, _("Satsingsområdet er lagret."))
    elif act == "indicator" and indicator.is_valid():
        with catching(indicator, DomainError):
            api.set_indicator(request.ctx, IndicatorInput(**indicator.cleaned_data))
            return Reply.done(here, _("Indikatoren er lagret."))
    elif act == "reading" and reading.is_valid():
        with catching(reading, DomainError):
            api.read_indicator(request.ctx, **reading.cleaned_data)
            return Reply.done(here, _("Målingen er lagret."))
    posted = [form for form in (area, indicator, reading) if form.is_bound]
    return Reply.page(
        "plans/strategy.html",
        shown,
        status=422 if any(form.errors for form in posted) else 200,
        crumbs=[{"label": _("Planer"), "url": reverse("plans.plans")}, {"label": _("Strategi")}],
        areas=[
            {"row": row, "sector": SECTORS[row.sector], "indicators": [(it, UNITS[it.unit]) for it in row.indicators]}
            for row in shown.areas
        ],
        area_form=area if shown.may_set or area.is_bound else None,
        indicator_form=indicator if (shown.may_set and shown.areas) or indicator.is_bound else None,
        reading_form=reading if (shown.may_set and indicators) or reading.is_bound else None,
    )
