"""What a unit or the municipality must have together: for leaders, HR and the chief executive."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.queries.collective_words import collective_state_name, posts
from kompetanse.domains.competence.queries.words import source_name, verified_name
from kompetanse.domains.competence.rules.collective import LARGEST_COUNT
from kompetanse.domains.competence.types import Scope
from kompetanse.domains.competence.types.collective import (
    ArrangementEndsBeforeItStarts,
    ArrangementSaysNobody,
    CollectiveCard,
    CollectivePage,
    CollectiveRow,
    CollectiveState,
    CountDayIsFarOff,
    CountField,
    CountIsUnlikely,
    NothingToCount,
    UnknownPart,
)
from kompetanse.foundation import documents
from kompetanse.kernel.errors import Refused
from kompetanse.ui.fields import DayField
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .shapes import VERIFIED_KINDS

KINDS = {
    CollectiveState.MET: "ok",
    CollectiveState.AT_RISK: "warn",
    CollectiveState.NOT_MET: "bad",
    CollectiveState.UNKNOWN: "neutral",
}
FEW = 8  # so many places are shown at once; those in order beyond that stand folded


class ArrangementForm(forms.Form):
    """Who stands for what the municipality has nobody for."""

    what = forms.ChoiceField(label=gettext_lazy("Hva gjelder avtalen?"))
    with_whom = forms.CharField(
        label=gettext_lazy("Hvem er avtalen med?"),
        max_length=160,
        help_text=gettext_lazy("For eksempel en nabokommune, et sykehus eller en privat praksis."),
    )
    valid_from = DayField(label=gettext_lazy("Gjelder fra"))
    valid_to = DayField(
        label=gettext_lazy("Siste dag"),
        required=False,
        help_text=gettext_lazy("La feltet stå tomt hvis avtalen ikke har noen sluttdato."),
    )


class EndForm(forms.Form):
    """The last day of an arrangement."""

    valid_to = DayField(label=gettext_lazy("Siste dag"))


@page("kompetanse/felleskrav/", right=competence.Right.COLLECTIVE_READ)
def collective(request: PageRequest) -> Reply:
    asked = request.GET.get("kommune", "")
    found = competence.get_collective(request.ctx, tenant_id=int(asked) if asked.isdigit() else None)
    form = _arrangement_form(request, found) if found.may_arrange and found.parts else None
    if request.method == "POST" and not found.may_arrange:
        raise Refused(why=_("Bare HR og kompetansekontoret kan føre avtaler med andre."))
    if form is not None and found.tenant_id is not None and form.is_bound and form.is_valid():
        data = form.cleaned_data
        requirement_id, _bar, part = data["what"].partition(":")
        with catching(form, UnknownPart, ArrangementSaysNobody, ArrangementEndsBeforeItStarts):
            competence.record_arrangement(
                request.ctx,
                tenant_id=found.tenant_id,
                requirement_id=int(requirement_id),
                part=part,
                with_whom=data["with_whom"],
                valid_from=data["valid_from"],
                valid_to=data["valid_to"],
            )
            return Reply.done(_here(found), _("Avtalen er ført."))
    return Reply.page(
        "competence/collective.html",
        found,
        form=form,
        lead=_lead(found),
        municipalities=[
            {"label": name, "url": "?" + urlencode({"kommune": key}), "current": key == found.tenant_id}
            for key, name in found.municipalities
        ],
        cards=[_card(card) for card in found.cards],
        report=f"{reverse('competence.statutory')}?{urlencode({'kommune': found.tenant_id})}" if found.whole else "",
    )


def _arrangement_form(request: PageRequest, found: CollectivePage) -> ArrangementForm:
    form = ArrangementForm(request.POST if request.method == "POST" else None)
    form.fields["what"].choices = [  # type: ignore[attr-defined]
        ("", _("Velg")),
        *((f"{requirement_id}:{part}", name.capitalize()) for requirement_id, part, name in found.parts),
    ]
    return form


def _here(found: CollectivePage) -> str:
    return f"{reverse('competence.collective')}?{urlencode({'kommune': found.tenant_id})}"


def _lead(found: CollectivePage) -> str:
    if found.whole:
        return _("Krav som enheter og kommunen må oppfylle til sammen, i %(place)s.") % {"place": found.place}
    return _("Krav som enhetene du leder må oppfylle til sammen.")


def _card(card: CollectiveCard) -> dict[str, Any]:
    row = card.requirement
    rows = [row_parts(one) for one in card.rows]
    urgent = [one for one in rows if one["row"].state is not CollectiveState.MET]
    settled = [one for one in rows if one["row"].state is CollectiveState.MET]
    folded = settled if len(rows) > FEW and row.scope is not Scope.ORGANISATION else []
    return {
        "card": card,
        "kind": KINDS[card.state],
        "state": collective_state_name(card.state),
        "source": source_name(row.source_type, row.verified),
        "verified": verified_name(row.verified),
        "verified_kind": VERIFIED_KINDS[row.verified],
        "rows": urgent if folded else rows,
        "folded": folded,
        "summed": _summed(card),
    }


def _summed(card: CollectiveCard) -> str:
    lacking, uncounted = card.in_state(CollectiveState.NOT_MET), card.in_state(CollectiveState.UNKNOWN)
    words = {"n": lacking, "all": len(card.rows)}
    if card.requirement.scope is Scope.ORGANISATION:
        return _("%(n)s av %(all)s yrker er ikke dekket.") % words if lacking else _("Alle yrkene er dekket.")
    told = []
    if lacking:
        told.append(_("%(n)s av %(all)s enheter oppfyller det ikke.") % words)
    if uncounted:
        told.append(_("%(n)s av %(all)s enheter har ikke ført tall.") % {"n": uncounted, "all": len(card.rows)})
    return " ".join(told) or _("Alle enhetene oppfyller det i dag.")


def row_parts(row: CollectiveRow) -> dict[str, Any]:
    return {
        "row": row,
        "place": row.place.capitalize() if row.unit_id is None else row.place,
        "kind": KINDS[row.state],
        "state": collective_state_name(row.state),
        "held": posts(row.held),
        "dispensed": posts(row.dispensed),
        "missing": posts(row.missing) if row.needed is not None else "–",
        "needed": row.needed if row.needed is not None else "–",
    }


def as_table(rows: tuple[CollectiveRow, ...]) -> documents.Table:
    """The same for paper and spreadsheet."""
    return documents.Table(
        _("Felles krav"),
        (
            _("Krav"), _("Bygger på"), _("Henvisning"), _("Sted eller yrke"), _("Tilstand"), _("Trenger"), _("Har"),
            _("Dispensasjon"), _("Mangler"), _("Begrunnelse"),
        ),
        [
            (
                row.requirement.name, source_name(row.requirement.source_type, row.requirement.verified),
                row.requirement.reference, one["place"], one["state"], str(one["needed"]), one["held"],
                one["dispensed"], one["missing"], " ".join([row.reason, *(f"{count}." for count in row.counts)]),
            )
            for row in rows
            for one in [row_parts(row)]
        ],
        _("Krav som ikke gjelder den enkelte, men arbeidslaget, enheten eller kommunen. Etter det som er kjent i dag."),
    )  # fmt: skip


@page("kompetanse/felleskrav/enhet/<int:unit_id>/", right=competence.Right.COUNT_RECORD)
def counts(request: PageRequest, unit_id: int) -> Reply:
    found = competence.get_unit_counts(request.ctx, unit_id=unit_id)
    form = CountsForm(found.fields, request.POST if request.method == "POST" else None)
    here = f"{reverse('competence.collective')}?{urlencode({'kommune': found.tenant_id})}"
    if form.is_bound and form.is_valid() and found.fields:
        with catching(form, NothingToCount, CountIsUnlikely, CountDayIsFarOff):
            for requirement_id in dict.fromkeys(field.requirement_id for field in found.fields):
                competence.record_counts(
                    request.ctx,
                    unit_id=unit_id,
                    requirement_id=requirement_id,
                    valid_from=form.cleaned_data["valid_from"],
                    counts={
                        field.part: form.cleaned_data[_key(field)]
                        for field in found.fields
                        if field.requirement_id == requirement_id
                    },
                )
            return Reply.done(here, _("Tallene er ført."))
    return Reply.page("competence/counts.html", found, form=form, back=here)


def _key(field: CountField) -> str:
    return f"n{field.requirement_id}-{field.part}"


class CountsForm(forms.Form):
    """How many there are of what the ratios count, from a day on."""

    valid_from = DayField(label=gettext_lazy("Gjelder fra"))

    def __init__(self, wanted: tuple[CountField, ...], *given: Any) -> None:
        super().__init__(*given)
        for field in wanted:
            self.fields[_key(field)] = forms.IntegerField(
                label=_("Antall %(name)s") % {"name": field.name},
                initial=field.number,
                help_text=_("Én hel stilling for hver %(per)s.") % {"per": field.per},
                widget=forms.NumberInput(attrs={"min": 0, "max": LARGEST_COUNT, "inputmode": "numeric"}),
            )


@page(
    "kompetanse/felleskrav/avtale/<int:arrangement_id>/", right=competence.Right.ARRANGEMENT_RECORD, methods=("POST",)
)
def end_arrangement(request: PageRequest, arrangement_id: int) -> Reply:
    form = EndForm(request.POST)
    day = form.cleaned_data["valid_to"] if form.is_valid() else None
    competence.end_arrangement(request.ctx, arrangement_id=arrangement_id, valid_to=day)
    return Reply.done(reverse("competence.collective"), _("Avtalen er avsluttet."))
