"""Dispensations: the list for HR and leaders, one of them, and giving one."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import UnknownRequirement
from kompetanse.domains.competence.types.ledger import (
    DispensationIsTooLong,
    DispensationOverlaps,
    DispensationRow,
    EndsBeforeStart,
    NeedsReason,
    NoPostThere,
    NotRequiredThere,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.ui import formats, sheets
from kompetanse.ui.fields import DayField
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

SOON = 90  # days
WHICH = ("standing", "soon", "all")


class DispensationFilter(forms.Form):
    hvilke = forms.ChoiceField(
        label=gettext_lazy("Hvilke"),
        required=False,
        choices=[
            ("standing", gettext_lazy("Gjelder nå eller senere")),
            ("soon", gettext_lazy("Går ut innen 90 dager")),
            ("all", gettext_lazy("Alle, også de som er over")),
        ],
    )
    kommune = forms.ChoiceField(label=gettext_lazy("Kommune"), required=False)


@page("kompetanse/dispensasjoner/", right=organisation.Right.UNIT_PEOPLE, methods=("GET",))
def dispensations(request: PageRequest) -> Reply:
    which = request.GET.get("hvilke", "")
    which = which if which in WHICH else "standing"
    rows = competence.list_dispensations(
        request.ctx, standing=which != "all", within_days=SOON if which == "soon" else None
    )
    places = sorted({(row.municipality, row.tenant_id) for row in rows})
    form = DispensationFilter({"hvilke": which, "kommune": request.GET.get("kommune", "")})
    form.fields["kommune"].choices = [("", _("Alle")), *((str(key), name) for name, key in places)]  # type: ignore[attr-defined]
    if form.is_valid() and form.cleaned_data["kommune"]:
        rows = [row for row in rows if str(row.tenant_id) == form.cleaned_data["kommune"]]
    file = sheets.export(request.GET.get("format", ""), "dispensasjoner", _headings(), [_line(row) for row in rows])
    if file is not None:
        return file
    asked = request.GET.copy()
    asked.pop("format", None)
    return Reply.page(
        "competence/dispensations.html",
        None,
        filter=form,
        rows=[(row, *state_of(row)) for row in rows],
        soon=sum(1 for row in rows if row.withdrawn_at is None and 0 <= row.days_left <= SOON),
        query=f"{asked.urlencode()}&" if asked else "",
    )


def state_of(row: DispensationRow) -> tuple[str, str]:
    """Kind and word for how a dispensation stands."""
    if row.withdrawn_at is not None:
        return "neutral", _("Trukket tilbake")
    if row.days_left < 0:
        return "neutral", _("Over")
    if row.days_left <= SOON:
        return "warn", _("Går ut snart")
    return "info", _("Gjelder")


def _headings() -> list[str]:
    return [
        _("Navn"), _("Kommune"), _("Enhet"), _("Stilling"), _("Krav"), _("Fra"), _("Til"), _("Dager igjen"),
        _("Vedtatt av"), _("Saksnummer"), _("Begrunnelse"), _("Tilstand"),
    ]  # fmt: skip


def _line(row: DispensationRow) -> list[sheets.Value]:
    return [
        row.name, row.municipality, row.unit_name, row.position_title, row.requirement_name, row.valid_from,
        row.valid_to, row.days_left, row.decided_by, row.case_reference, row.why, state_of(row)[1],
    ]  # fmt: skip


class DispensationForm(forms.Form):
    unit = forms.TypedChoiceField(label=gettext_lazy("Enhet"), coerce=int)
    requirement = forms.ChoiceField(label=gettext_lazy("Krav det gis dispensasjon fra"))
    decided_by = forms.CharField(
        label=gettext_lazy("Vedtatt av"), max_length=160, help_text=gettext_lazy("Den som har tatt avgjørelsen.")
    )
    case_reference = forms.CharField(label=gettext_lazy("Saksnummer"), max_length=80, required=False)
    why = forms.CharField(
        label=gettext_lazy("Begrunnelse"),
        max_length=300,
        widget=forms.Textarea,
        help_text=gettext_lazy("Den det gjelder, ser begrunnelsen. Skriv ikke om helse."),
    )
    valid_from = DayField(label=gettext_lazy("Første dag"))
    valid_to = DayField(label=gettext_lazy("Siste dag"))


@page("kompetanse/person/<int:employee_id>/dispensasjon/", right=competence.Right.DISPENSATION_GIVE)
def give_dispensation(request: PageRequest, employee_id: int) -> Reply:
    found = competence.get_person_competence(request.ctx, employee_id=employee_id)
    posts = organisation.list_staff(request.ctx, employee_id=employee_id)
    form = DispensationForm(
        request.POST if request.method == "POST" else None,
        initial={"valid_from": request.ctx.today, "requirement": request.GET.get("krav")},
    )
    form.fields["unit"].choices = list({post.unit_id: post.unit_name for post in posts}.items())  # type: ignore[attr-defined]
    form.fields["requirement"].choices = [  # type: ignore[attr-defined]
        ("", _("Velg krav")),
        *((row.requirement_code, row.name) for row in found.statuses),
    ]
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with catching(
            form, NoPostThere, UnknownRequirement, NeedsReason, EndsBeforeStart, NotRequiredThere,
            DispensationIsTooLong, DispensationOverlaps,
        ):  # fmt: skip
            competence.give_dispensation(
                request.ctx, employee_id=employee_id, unit_id=told["unit"], requirement_code=told["requirement"],
                decided_by=told["decided_by"], case_reference=told["case_reference"], why=told["why"],
                valid_from=told["valid_from"], valid_to=told["valid_to"],
            )  # fmt: skip
            return Reply.done(reverse("competence.person", args=[employee_id]), _("Dispensasjonen er gitt."))
    return Reply.page("competence/give_dispensation.html", found, form=form)


class WithdrawForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Hvorfor trekkes den tilbake?"),
        max_length=300,
        help_text=gettext_lazy("Den det gjelder, ser svaret."),
    )


@page("kompetanse/dispensasjon/<int:dispensation_id>/", right=competence.Right.DISPENSATION_READ)
def dispensation(request: PageRequest, dispensation_id: int) -> Reply:
    found = competence.get_dispensation(request.ctx, dispensation_id=dispensation_id)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (form.is_valid() or not found.may_withdraw):
        with catching(form, NeedsReason):
            competence.withdraw_dispensation(
                request.ctx, dispensation_id=dispensation_id, why=form.cleaned_data.get("why", "")
            )
            here = reverse("competence.dispensation", args=[dispensation_id])
            return Reply.done(here, _("Dispensasjonen er trukket tilbake."))
    kind, state = state_of(found)
    facts = [
        (_("Krav"), found.requirement_name),
        (_("Enhet"), found.unit_name),
        (_("Stilling"), found.position_title),
        (_("Første dag"), formats.day(found.valid_from)),
        (_("Siste dag"), formats.day(found.valid_to)),
        (_("Vedtatt av"), found.decided_by),
        (_("Saksnummer"), found.case_reference),
        (_("Begrunnelse"), found.why),
        (_("Registrert"), formats.moment(found.recorded_at)),
        (_("Registrert av"), found.recorded_by),
        (_("Trukket tilbake"), formats.moment(found.withdrawn_at) if found.withdrawn_at else ""),
        (_("Trukket tilbake av"), found.withdrawn_by),
        (_("Hvorfor"), found.withdrawn_why),
    ]
    return Reply.page(
        "competence/dispensation.html", found, form=form, facts=facts, kind=kind, state=state,
        own=found.person_id == request.ctx.actor.person_id,
        lists=access.possible(request.ctx.actor, organisation.Right.UNIT_PEOPLE),
    )  # fmt: skip
