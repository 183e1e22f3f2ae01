"""Where a municipality says what its register's own words mean: one by one, or in bulk."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import NotInRegister, UnknownRequirement
from kompetanse.domains.organisation import api as organisation
from kompetanse.kernel.errors import NotFound
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

NONE = "-"  # the answer that the words are not a requirement


class OneForm(forms.Form):
    """One text and its meaning."""

    text = forms.CharField(max_length=200, widget=forms.HiddenInput)
    meaning = forms.CharField(
        max_length=40, error_messages={"required": gettext_lazy("Velg et krav, eller «ikke et krav».")}
    )


class BulkForm(forms.Form):
    """All suggestions that are good enough; the person says how good."""

    at_least = forms.IntegerField(
        label=gettext_lazy("Treff på minst (prosent)"),
        min_value=50,
        max_value=100,
        initial=90,
        help_text=gettext_lazy("Bare forslag med så godt treff eller bedre blir bekreftet."),
    )


@page("kompetanse/bekreft/", right=competence.Right.MAPPING_CONFIRM)
def mapping(request: PageRequest) -> Reply:
    mine = _municipalities(request)
    asked = request.GET.get("kommune", "")
    if not mine:
        raise NotFound()
    tenant_id = int(asked) if asked.isdigit() else mine[0][0]
    bulk, one = BulkForm(), OneForm()
    if request.method == "POST":
        here = f"{reverse('competence.mapping')}?kommune={tenant_id}"
        if "at_least" in request.POST:
            bulk = BulkForm(request.POST)
            if bulk.is_valid():
                done = competence.confirm_suggestions(request.ctx, tenant_id, bulk.cleaned_data["at_least"] / 100)
                return Reply.done(here, _confirmed(done))
        else:
            one = OneForm(request.POST)
            if one.is_valid():
                with catching(one, UnknownRequirement, NotInRegister):
                    meaning = one.cleaned_data["meaning"]
                    text = one.cleaned_data["text"]
                    competence.confirm_mapping(request.ctx, tenant_id, text, None if meaning == NONE else meaning)
                    return Reply.done(here, _("«%(text)s» er bekreftet.") % {"text": text})
    found = competence.get_mapping_page(request.ctx, tenant_id)
    bad = (bulk.is_bound and bool(bulk.errors)) or (one.is_bound and bool(one.errors))
    return Reply.page(
        "competence/mapping.html",
        found,
        bulk=bulk,
        one=one,
        none=NONE,
        change=next((row.text for row in found.mapped if row.text == request.GET.get("endre")), ""),
        municipalities=[{"label": name, "url": f"?kommune={key}", "current": key == tenant_id} for key, name in mine],
        rows=[(row, round(row.score * 100)) for row in found.unmapped],
        status=422 if bad else 200,
    )


def _municipalities(request: PageRequest) -> list[tuple[int, str]]:
    """The municipalities whose words the actor may confirm."""
    allowed = competence.tenants_to_confirm(request.ctx)
    return [(row.tenant_id, row.name) for row in organisation.list_municipalities(allowed)]


def _confirmed(count: int) -> str:
    if not count:
        return _("Ingen forslag hadde så godt treff. Ingenting er endret.")
    return ngettext("%(count)s tekst er bekreftet.", "%(count)s tekster er bekreftet.", count) % {"count": count}
