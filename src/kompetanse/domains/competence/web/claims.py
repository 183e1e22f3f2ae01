"""What people tell of themselves: telling it, the list that waits for the leader, and the answer. And corrections."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import (
    EvidenceEndsBeforeItStarts,
    EvidenceInFuture,
    EvidenceIsCorrected,
    EvidenceTooOld,
    PersonPage,
    UnknownRequirement,
)
from kompetanse.domains.competence.types.ledger import (
    CertificateIsAnothers,
    EvidenceBeforeBirth,
    NeedsReason,
    NotWaiting,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.kernel.errors import Refused
from kompetanse.ui.fields import DayField
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .shapes import evidence_parts

DATES = (EvidenceInFuture, EvidenceTooOld, EvidenceEndsBeforeItStarts, EvidenceBeforeBirth)


class ClaimForm(forms.Form):
    """Something one has completed oneself."""

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


def choose_requirement(form: forms.Form, found: PersonPage) -> None:
    """The person's own requirements first, then the rest of the register."""
    mine = [(row.requirement_code, row.name) for row in found.statuses]
    rest = [(row.code, row.name) for row in competence.list_requirements() if row.code not in dict(mine)]
    form.fields["requirement"].choices = [  # type: ignore[attr-defined]
        ("", _("Velg krav")),
        (_("Krav som gjelder personen"), mine),
        (_("Andre krav"), rest),
    ]


@page("min-kompetanse/<int:employee_id>/meld-bevis/", right=competence.Right.EVIDENCE_CLAIM)
def claim(request: PageRequest, employee_id: int) -> Reply:
    found = competence.get_person_competence(request.ctx, employee_id=employee_id)
    if found.person_id != request.ctx.actor.person_id:
        raise Refused(why=_("Her melder man bare egne bevis. Registrer andres bevis på siden til personen."))
    form = ClaimForm(
        request.POST if request.method == "POST" else None, initial={"requirement": request.GET.get("krav")}
    )
    choose_requirement(form, found)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with catching(form, *DATES, UnknownRequirement, CertificateIsAnothers):
            competence.claim_evidence(
                request.ctx, employee_id=employee_id, requirement_code=told["requirement"], title=told["title"],
                completed_on=told["completed_on"], issuer=told["issuer"],
                certificate_number=told["certificate_number"], valid_to=told["valid_to"],
            )  # fmt: skip
            return Reply.done(
                reverse("competence.own"),
                _("Beviset er meldt. Det teller når lederen din har sett det: vis det fram på arbeidsplassen."),
            )
    return Reply.page("competence/claim.html", found, form=form)


@page("kompetanse/venter/", right=organisation.Right.UNIT_PEOPLE, methods=("GET",))
def claims(request: PageRequest) -> Reply:
    return Reply.page("competence/claims.html", None, rows=competence.list_claims(request.ctx))


class DeclineForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Hvorfor kan det ikke bekreftes?"),
        max_length=300,
        help_text=gettext_lazy("Den det gjelder, ser svaret. Skriv hva som mangler."),
    )


@page("bevis/<int:evidence_id>/svar/", right=organisation.Right.POST_OVERSEE)
def answer_claim(request: PageRequest, evidence_id: int) -> Reply:
    """Yes in one click; no with a reason."""
    found = competence.get_evidence(request.ctx, evidence_id)
    declining = request.method == "POST" and "why" in request.POST
    form = DeclineForm(request.POST if declining else None)
    if not found.unverified:
        raise NotWaiting()
    if not found.may_correct:
        raise Refused(why=_("Et bevis bekreftes av den som leder personen, eller av HR. Ingen bekrefter sitt eget."))
    if request.method == "POST" and not declining:
        competence.verify_claim(request.ctx, evidence_id=evidence_id)
        return Reply.done(reverse("competence.claims"), _("Beviset er bekreftet, og teller fra nå."))
    if declining and form.is_valid():
        with catching(form, NeedsReason):
            competence.decline_claim(request.ctx, evidence_id=evidence_id, why=form.cleaned_data["why"])
            return Reply.done(reverse("competence.claims"), _("Svaret er gitt. Beviset teller ikke."))
    return Reply.page("competence/answer_claim.html", found, form=form, **evidence_parts(found))


class CorrectionForm(forms.Form):
    completed_on = DayField(label=gettext_lazy("Fullført dato"))
    valid_to = DayField(
        label=gettext_lazy("Siste gyldige dag"),
        required=False,
        help_text=gettext_lazy("Fyll inn bare hvis datoen står på beviset."),
    )
    void = forms.BooleanField(
        label=gettext_lazy("Beviset skulle aldri vært registrert"),
        required=False,
        help_text=gettext_lazy("Det blir annullert og teller ikke lenger. Historikken står."),
    )
    why = forms.CharField(label=gettext_lazy("Hvorfor rettes det?"), max_length=300)


@page("bevis/<int:evidence_id>/rett/", right=organisation.Right.POST_OVERSEE)
def correct(request: PageRequest, evidence_id: int) -> Reply:
    found = competence.get_evidence(request.ctx, evidence_id)
    if not found.stands:
        raise EvidenceIsCorrected()
    if not found.may_correct:
        raise Refused(why=_("Et bevis rettes av den som leder personen, eller av HR. Ingen retter sitt eget."))
    form = CorrectionForm(
        request.POST if request.method == "POST" else None,
        initial={"completed_on": found.completed_on, "valid_to": found.valid_to},
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with catching(form, *DATES, NeedsReason, EvidenceIsCorrected, CertificateIsAnothers):
            new = competence.correct_evidence(
                request.ctx, evidence_id=evidence_id, why=told["why"], completed_on=told["completed_on"],
                valid_to=told["valid_to"], void=told["void"],
            )  # fmt: skip
            return Reply.done(reverse("competence.evidence", args=[new]), _("Beviset er rettet. Se historikken under."))
    return Reply.page("competence/correct.html", found, form=form)
