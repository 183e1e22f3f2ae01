"""Giving somebody a task or an office beside the post, and ending it."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types.ledger import (
    DutyHasEnded,
    DutyOverlaps,
    EndsBeforeStart,
    NoPostThere,
    UnknownDuty,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.kernel.errors import Refused
from kompetanse.ui.fields import DayField
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching


class DutyForm(forms.Form):
    unit = forms.TypedChoiceField(label=gettext_lazy("Enhet"), coerce=int)
    name = forms.ChoiceField(label=gettext_lazy("Verv eller oppgave"))
    valid_from = DayField(label=gettext_lazy("Første dag"))
    valid_to = DayField(
        label=gettext_lazy("Siste dag"),
        required=False,
        help_text=gettext_lazy("La feltet stå tomt når det ikke er bestemt."),
    )


@page("kompetanse/person/<int:employee_id>/verv/", right=competence.Right.DUTY_GIVE)
def give_duty(request: PageRequest, employee_id: int) -> Reply:
    found = competence.get_person_competence(request.ctx, employee_id=employee_id)
    posts = organisation.list_staff(request.ctx, right=organisation.Right.POST_OVERSEE, employee_id=employee_id)
    if not posts:
        raise Refused(why=_("Verv og oppgaver gis av den som leder personen, eller av HR."))
    form = DutyForm(request.POST if request.method == "POST" else None, initial={"valid_from": request.ctx.today})
    form.fields["unit"].choices = list({post.unit_id: post.unit_name for post in posts}.items())  # type: ignore[attr-defined]
    form.fields["name"].choices = [  # type: ignore[attr-defined]
        ("", _("Velg")),
        *((name, name) for name in competence.list_duty_names(request.ctx, tenant_id=found.tenant_id)),
    ]
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with catching(form, NoPostThere, UnknownDuty, EndsBeforeStart, DutyOverlaps):
            competence.give_duty(
                request.ctx, employee_id=employee_id, unit_id=told["unit"], name=told["name"],
                valid_from=told["valid_from"], valid_to=told["valid_to"],
            )  # fmt: skip
            return Reply.done(
                reverse("competence.person", args=[employee_id]),
                _("Vervet er registrert. Kravene som følger med, står på siden fra første dag."),
            )
    return Reply.page("competence/give_duty.html", found, form=form)


class EndForm(forms.Form):
    last_day = DayField(
        label=gettext_lazy("Siste dag"),
        help_text=gettext_lazy("Var det registrert ved en feil, skriv en dag før første dag."),
    )


@page("kompetanse/verv/<int:duty_id>/avslutt/", right=competence.Right.DUTY_GIVE)
def end_duty(request: PageRequest, duty_id: int) -> Reply:
    found = competence.get_duty(request.ctx, duty_id=duty_id)
    form = EndForm(request.POST if request.method == "POST" else None, initial={"last_day": request.ctx.today})
    if request.method == "POST" and form.is_valid():
        with catching(form, DutyHasEnded):
            competence.end_duty(request.ctx, duty_id=duty_id, last_day=form.cleaned_data["last_day"])
            return Reply.done(reverse("competence.person", args=[found.employee_id]), _("Vervet er avsluttet."))
    if not found.may_end and not form.errors:
        raise DutyHasEnded()
    return Reply.page("competence/end_duty.html", found, form=form)
