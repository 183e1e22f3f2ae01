"""The leader's pages: my units, one unit's matrix, one person."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import (
    EvidenceEndsBeforeItStarts,
    EvidenceInFuture,
    EvidenceInput,
    EvidenceSource,
    EvidenceTooOld,
    Sight,
    UnknownRequirement,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.kernel.errors import Refused
from kompetanse.ui.fields import DayField
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .seen import seen
from .shapes import lacking, need_url, person_parts, unit_matrix, waiting_words


@page("kompetanse/", right=organisation.Right.UNIT_PEOPLE, methods=("GET",))
def overview(request: PageRequest) -> Reply:
    found = competence.get_overview(request.ctx)
    return Reply.page("competence/overview.html", found, waiting=waiting_words(found.waiting))


@page("kompetanse/enhet/<int:unit_id>/", right=organisation.Right.UNIT_PEOPLE, methods=("GET",))
def unit(request: PageRequest, unit_id: int) -> Reply:
    found = competence.get_unit_matrix(request.ctx, unit_id=unit_id)
    return Reply.page(
        "competence/unit.html",
        found,
        matrix=unit_matrix(found) if found.rows else None,
        lacking=lacking(found),
        columns=[(column, need_url(unit_id, column)) for column in found.columns],
        due=[(days, found.due_within(days)) for days in (30, 90, 180)],
    )


class EvidenceForm(forms.Form):
    """A leader has seen the paper, or the practice."""

    requirement = forms.ChoiceField(label=gettext_lazy("Hvilket krav gjelder det?"))
    completed_on = DayField(label=gettext_lazy("Fullført dato"))
    title = forms.CharField(
        label=gettext_lazy("Hva heter kurset eller beviset?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("La feltet stå tomt for å bruke navnet på kravet."),
    )
    issuer = forms.CharField(label=gettext_lazy("Utsteder"), max_length=160, required=False)
    certificate_number = forms.CharField(label=gettext_lazy("Bevisnummer"), max_length=80, required=False)
    valid_to = DayField(
        label=gettext_lazy("Siste gyldige dag"),
        required=False,
        help_text=gettext_lazy("Fyll inn bare hvis datoen står på beviset."),
    )


@page("kompetanse/person/<int:employee_id>/", right=organisation.Right.POST_READ)
def person(request: PageRequest, employee_id: int) -> Reply:
    found = competence.get_person_competence(request.ctx, employee_id=employee_id)
    posted = request.method == "POST"
    form = EvidenceForm(request.POST if posted else None, initial={"requirement": request.GET.get("krav")})
    choices = [(row.requirement_code, row.name) for row in found.statuses]
    rest = [(row.code, row.name) for row in competence.list_requirements() if row.code not in dict(choices)]
    form.fields["requirement"].choices = [  # type: ignore[attr-defined]
        ("", _("Velg krav")),
        (_("Krav som gjelder personen"), choices),
        (_("Andre krav"), rest),
    ]
    if posted and not found.may_record:
        raise Refused(why=_("Bare leder, HR og kompetansekontoret kan registrere bevis."))
    if posted and form.is_valid():
        data = form.cleaned_data
        with catching(form, EvidenceInFuture, EvidenceTooOld, EvidenceEndsBeforeItStarts, UnknownRequirement):
            competence.record_evidence(
                request.ctx,
                EvidenceInput(
                    tenant_id=found.tenant_id,
                    employee_id=employee_id,
                    requirement_code=data["requirement"],
                    title=data["title"],
                    completed_on=data["completed_on"],
                    source=EvidenceSource.MANAGER,
                    issuer=data["issuer"],
                    certificate_number=data["certificate_number"],
                    valid_to=data["valid_to"],
                ),
            )
            return Reply.done(reverse("competence.person", args=[employee_id]), _("Beviset er registrert."))
    reply = Reply.page("competence/person.html", found, form=form, parts=person_parts(found))
    return reply.after(seen(request.ctx, found, Sight.COMPETENCE))
