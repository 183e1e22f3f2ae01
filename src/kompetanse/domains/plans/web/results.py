"""Coverage, the municipality's own plan, and the tertial report."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.plans import api
from kompetanse.domains.plans.queries.words import KINDS, STATUSES
from kompetanse.domains.plans.rules import kroner
from kompetanse.domains.plans.types import TITLE_LENGTH, MeasureKind
from kompetanse.domains.plans.types.reports import TEXT_LENGTH, LocalInput, MunicipalPlan
from kompetanse.foundation import documents
from kompetanse.kernel.errors import DomainError, NotFound
from kompetanse.kernel.money import Money
from kompetanse.ui.fields import MoneyField
from kompetanse.ui.pages import PageRequest, page, sentence
from kompetanse.ui.replies import Reply, catching

from .crumbs import crumbs_of


@page("planer/<int:plan_id>/dekning/", right=api.Right.PLAN_READ, methods=("GET",))
def coverage(request: PageRequest, plan_id: int) -> Reply:
    """Goal ↔ need ↔ measure; what the law asks for and nobody answers stands in red, with words."""
    shown = api.get_coverage(request.ctx, plan_id=plan_id)
    return Reply.page("plans/coverage.html", shown, crumbs=crumbs_of(shown.plan, _("Dekning")))


# --- the municipality's own plan -----------------------------------------------------------------------


class LocalForm(forms.Form):
    title_nb = forms.CharField(label=lazy("Tittel på bokmål"), max_length=TITLE_LENGTH)
    title_nn = forms.CharField(label=lazy("Tittel på nynorsk"), max_length=TITLE_LENGTH, required=False)
    kind = forms.TypedChoiceField(label=lazy("Slag"), coerce=MeasureKind, choices=list(KINDS.items()))
    target_group = forms.CharField(label=lazy("Målgruppe"), max_length=TITLE_LENGTH, required=False)
    owner = forms.CharField(label=lazy("Ansvarlig enhet eller rolle"), max_length=120, required=False)
    budget = MoneyField(label=lazy("Budsjett i kroner"), required=False)


@page("planer/<int:plan_id>/kommuneplan/", right=api.Right.PLAN_READ)
def municipal(request: PageRequest, plan_id: int) -> Reply:
    """The municipality's part of the plan and what it does alone; `?format=pdf` or `xlsx` in its written form."""
    plan = next((row for row in api.list_plans(request.ctx) if row.id == plan_id), None)
    if plan is None:
        raise NotFound()
    own = {grant.tenant_id for grant in request.ctx.actor.grants}
    towns = [
        town
        for town in organisation.list_municipalities(request.ctx.tenants)
        if town.tenant_id in own or plan.tenant_id in own
    ]
    asked = request.GET.get("kommune", "")
    chosen = next((town for town in towns if str(town.tenant_id) == asked), None)
    chosen = chosen or next((town for town in towns if town.tenant_id in own), towns[0] if towns else None)
    if chosen is None:
        return Reply.page("plans/municipal.html", None, crumbs=crumbs_of(plan, _("Kommunens plan")), towns=())
    shown = api.get_municipal_plan(request.ctx, plan_id=plan_id, municipality_id=chosen.tenant_id)
    here = f"{reverse('plans.municipal', args=[plan_id])}?{urlencode({'kommune': chosen.tenant_id})}"
    if request.GET.get("format") in ("pdf", "xlsx"):
        return _municipal_file(request, shown)
    form = LocalForm(request.POST or None, auto_id="lokalt_%s") if shown.may_set or request.method == "POST" else None
    if request.method == "POST" and form is not None and form.is_valid():
        with catching(form, DomainError):
            told = {**form.cleaned_data, "budget_ore": (form.cleaned_data["budget"] or Money()).ore}
            del told["budget"]
            api.set_local_measure(request.ctx, LocalInput(chosen.tenant_id, plan.year, **told))
            return Reply.done(here, _("Tiltaket er lagt inn i kommunens plan."))
    return Reply.page(
        "plans/municipal.html",
        shown,
        crumbs=crumbs_of(plan, _("Kommunens plan")),
        towns=[(town.tenant_id, town.name, town.tenant_id == chosen.tenant_id) for town in towns],
        joint=[(line, KINDS[line.measure.kind], STATUSES[line.measure.status]) for line in shown.joint],
        local=[(row, KINDS[row.kind], STATUSES[row.status]) for row in shown.local],
        here=here,
        form=form,
    )


def _municipal_file(request: PageRequest, shown: MunicipalPlan) -> Reply:
    """The plan as a document in the municipality's own written form, whoever asks."""
    form = "nn" if shown.written_form == "nn" else "nb"
    kind = request.GET.get("format")
    with translation.override(form):
        own = api.get_municipal_plan(request.ctx, plan_id=shown.plan.id, municipality_id=shown.municipality_id)
        report = _as_document(own)
    name = f"kompetanseplan-{shown.plan.year}"
    if kind == "pdf":
        body = documents.report_pdf(report, language=form)
        return Reply.file(body, filename=f"{name}.pdf", content_type=documents.PDF)
    return Reply.file(documents.report_xlsx(report), filename=f"{name}.xlsx", content_type=documents.XLSX)


def _as_document(shown: MunicipalPlan) -> documents.Report:
    joint = documents.Table(
        _("Tiltak sammen med regionen"),
        (_("Tiltak"), _("Mål"), _("Målgruppe"), _("Ansvarlig"), _("Status"), _("Vår del, kroner")),
        [
            (
                f"{line.measure.title} ({line.measure.reference})", line.goal or "–", line.measure.whom or "–",
                line.measure.owner or "–", str(STATUSES[line.measure.status]), kroner(line.planned_ore),
            )
            for line in shown.joint
        ],
    )  # fmt: skip
    local = documents.Table(
        _("Kommunens egne tiltak"),
        (_("Tiltak"), _("Slag"), _("Målgruppe"), _("Ansvarlig"), _("Status"), _("Kroner")),
        [
            (
                f"{row.title} ({row.reference})", str(KINDS[row.kind]), row.target_group or "–", row.owner or "–",
                str(STATUSES[row.status]), kroner(row.budget_ore),
            )
            for row in shown.local
        ],
    )  # fmt: skip
    return documents.Report(
        _("Kompetanseplan %(year)s for %(place)s") % {"year": shown.plan.year, "place": shown.municipality},
        _("Til økonomiplanen: kommunens del av regionens handlingsplan, og det kommunen gjør selv."),
        shown.municipality,
        [
            (_("Vår del av regionens tiltak, kroner"), kroner(shown.joint_ore)),
            (_("Egne tiltak, kroner"), kroner(shown.local_ore)),
            (_("I alt, kroner"), kroner(shown.joint_ore + shown.local_ore)),
        ],
        [joint, local],
    )


# --- the tertial report --------------------------------------------------------------------------------

HEADS = {
    "summary": lazy("Kort fortalt"),
    "money": lazy("Penger"),
    "deviations": lazy("Avvik"),
    "ahead": lazy("Veien videre"),
}


class TertialForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for section, head in HEADS.items():
            self.fields[section] = forms.CharField(
                label=head, max_length=TEXT_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 4})
            )


@page("planer/<int:plan_id>/tertialrapport/", right=api.Right.TERTIAL_READ)
def tertial(request: PageRequest, plan_id: int) -> Reply:
    """How the year goes, written from the rows; the office may write other texts, and freezes it by sending it."""
    asked = request.GET.get("tertial", "")
    number = int(asked) if asked in ("1", "2", "3") else min(3, (request.ctx.today.month - 1) // 4 + 1)
    language = "nn" if get_language() == "nn" else "nb"
    shown = api.get_tertial(request.ctx, plan_id=plan_id, tertial=number, language=language)
    here = f"{reverse('plans.tertial', args=[plan_id])}?{urlencode({'tertial': number})}"
    if request.GET.get("format") == "pdf":
        body = api.tertial_pdf(request.ctx, plan_id=plan_id, tertial=number, language=language)
        name = f"tertialrapport-{shown.plan.year}-{number}.pdf"
        return Reply.file(body, filename=name, content_type=documents.PDF)
    act, fault = request.POST.get("act", ""), ""
    form = TertialForm(
        request.POST if act == "write" else None,
        initial={"version": shown.version, **shown.texts},
        auto_id="rapport_%s",
    )
    if act == "write" and form.is_valid():
        # What was left as the rows say it stays theirs, so that it follows them.
        texts = {
            section: "" if _same(form.cleaned_data[section], shown.drafted[section]) else form.cleaned_data[section]
            for section in HEADS
        }
        with catching(form, DomainError):
            api.write_tertial(
                request.ctx, plan_id=plan_id, tertial=number, texts=texts, version=form.cleaned_data["version"]
            )
            return Reply.done(here, _("Teksten er lagret."))
    elif act == "send":
        try:
            api.send_tertial(request.ctx, plan_id=plan_id, tertial=number)
            return Reply.done(here, _("Rapporten er sendt og frosset."))
        except DomainError as error:
            fault = sentence(error)
    return Reply.page(
        "plans/tertial.html",
        shown,
        status=422 if fault or (form.is_bound and form.errors) else 200,
        crumbs=crumbs_of(shown.plan, _("Tertialrapport")),
        tabs=[
            {"label": _("%(number)s. tertial") % {"number": it}, "url": f"?tertial={it}", "current": it == number}
            for it in (1, 2, 3)
        ],
        here=here,
        fault=fault,
        form=form if shown.may_write or form.is_bound else None,
    )


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()
