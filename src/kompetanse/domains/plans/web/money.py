"""Who pays what: the whole plan by municipality, and each measure."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kompetanse.domains.plans import api
from kompetanse.domains.plans.queries.words import KEYS
from kompetanse.domains.plans.rules import kroner
from kompetanse.domains.plans.types.money import SharingKey, SharingPage
from kompetanse.foundation import documents
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.money import Money
from kompetanse.ui.fields import MoneyField
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .crumbs import crumbs_of


class KeyForm(forms.Form):
    key = forms.TypedChoiceField(label=lazy("Fordelingsnøkkel"), coerce=SharingKey, choices=list(KEYS.items()))
    fixed = MoneyField(
        label=lazy("Fast sum per kommune og tiltak"), required=False,
        help_text=lazy("Brukes bare når nøkkelen er fast sum og plasser."),
    )  # fmt: skip


@page("planer/<int:plan_id>/fordeling/", right=api.Right.PLAN_READ)
def sharing(request: PageRequest, plan_id: int) -> Reply:
    """What each municipality pays, by the chosen key and by the others, and what is committed and spent."""
    here = reverse("plans.sharing", args=[plan_id])
    shown = api.get_sharing(request.ctx, plan_id=plan_id)
    if request.GET.get("format") == "xlsx":
        body = documents.report_xlsx(_document(shown))
        return Reply.file(body, filename=f"fordeling-{shown.plan.year}.xlsx", content_type=documents.XLSX)
    form = None
    if shown.may_change or request.method == "POST":
        form = KeyForm(request.POST or None, initial={"key": shown.key, "fixed": Money(shown.fixed_ore)})
        if request.method == "POST" and form.is_valid():
            with catching(form, DomainError):
                fixed = (form.cleaned_data["fixed"] or Money()).ore
                api.choose_key(request.ctx, plan_id=plan_id, key=form.cleaned_data["key"], fixed_ore=fixed)
                return Reply.done(here, _("Nøkkelen er valgt. Slik blir fordelingen."))
    return Reply.page(
        "plans/sharing.html",
        shown,
        crumbs=crumbs_of(shown.plan, _("Hvem betaler")),
        form=form,
        keys=list(KEYS.values()),
        key=KEYS[shown.key],
        rows=[{"row": row, "key": KEYS[row.key], "used": KEYS[row.key_used]} for row in shown.measures],
    )


def _document(shown: SharingPage) -> documents.Report:
    towns = [payer.municipality for payer in shown.payers]
    return documents.Report(
        _("Hvem betaler for handlingsplanen %(year)s") % {"year": shown.plan.year},
        "",
        "",
        [(_("Fordelingsnøkkel"), str(KEYS[shown.key])), (_("Å dele, kroner"), kroner(shown.total_ore))],
        [
            documents.Table(
                _("Kommuner"),
                (_("Kommune"), _("Planlagt"), _("Bundet"), _("Brukt"), *(str(word) for word in KEYS.values())),
                [
                    (
                        row.municipality, kroner(row.planned_ore), kroner(row.committed_ore), kroner(row.spent_ore),
                        *(kroner(ore) for ore in row.by_key),
                    )
                    for row in shown.payers
                ],
            ),
            documents.Table(
                _("Tiltak"),
                (_("Tiltak"), _("Å dele"), _("Nøkkel"), *towns),
                [
                    (
                        row.title, kroner(row.cost_ore), str(KEYS[row.key_used]),
                        *(kroner(line.planned_ore) for line in row.lines),
                    )
                    for row in shown.measures
                ],
            ),
        ],
    )  # fmt: skip
