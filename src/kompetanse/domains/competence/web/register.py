"""The register of requirements, open to everybody who is signed in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.queries.words import interval_words, source_name
from kompetanse.domains.competence.types import Scope, SourceType, Verified
from kompetanse.ui import formats
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply

from .shapes import requirement_parts


class RequirementFilter(forms.Form):
    q = forms.CharField(label=gettext_lazy("Søk i kravene"), required=False, max_length=100)
    kilde = forms.ChoiceField(label=gettext_lazy("Hva kravet bygger på"), required=False)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["kilde"].choices = [  # type: ignore[attr-defined]
            ("", _("Alt")),
            *((one.value, source_name(one, Verified.SEEN)) for one in SourceType),
        ]


@page("krav/", signed_in=True, methods=("GET",))
def requirements(request: PageRequest) -> Reply:
    form = RequirementFilter(request.GET or None)
    told = form.cleaned_data if form.is_valid() else {}
    rows = competence.list_requirements(text=told.get("q", ""), source_type=told.get("kilde", ""))
    return Reply.page("competence/requirements.html", None, filter=form, rows=[requirement_parts(r) for r in rows])


@page("krav/<int:requirement_id>/", signed_in=True, methods=("GET",))
def requirement(request: PageRequest, requirement_id: int) -> Reply:
    found = competence.get_requirement(requirement_id=requirement_id)
    row = found.requirement
    parts = requirement_parts(row)
    renewal = interval_words(row.interval_months)
    if found.keeps_old_date and found.early_window_months:
        renewal += ". " + _(
            "Fornyet de siste %(months)s månedene før fristen: den nye perioden regnes fra den gamle fristen."
        ) % {"months": found.early_window_months}
    scopes = {
        Scope.PERSON: _("Den enkelte ansatte"),
        Scope.PERSON_AND_EQUIPMENT: _("Den enkelte ansatte, for hvert utstyr"),
        Scope.TEAM: _("Minst én i arbeidslaget"),
        Scope.RATIO: _("Forholdet mellom ansatte og brukere"),
        Scope.ORGANISATION: _("Kommunen som helhet"),
    }
    facts = [
        (_("Bygger på"), parts["source"]),
        (_("Henvisning"), row.reference),
        (_("Gjelder"), row.applies_to),
        (_("Stilles til"), scopes[row.scope]),
        (_("Fornyes"), renewal),
        (_("Gjelder fra"), formats.day(row.valid_from) if row.valid_from else ""),
        (_("Merknad"), row.note),
        (_("Kode"), row.code),
    ]
    return Reply.page("competence/requirement.html", found, facts=facts, parts=parts)
