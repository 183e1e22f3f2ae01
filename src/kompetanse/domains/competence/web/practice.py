"""Confirming practice for several in a unit: tick, date, confirm."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import EvidenceInFuture, EvidenceTooOld
from kompetanse.domains.competence.types.ledger import EvidenceBeforeBirth, NobodyChosen, NotRequiredThere
from kompetanse.domains.organisation import api as organisation
from kompetanse.ui.fields import DayField
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .shapes import sign_off_parts


class SignOffForm(forms.Form):
    completed_on = DayField(label=gettext_lazy("Når så du det?"))


@page("kompetanse/enhet/<int:unit_id>/praksis/<int:requirement_id>/", right=organisation.Right.UNIT_PEOPLE)
def sign_off(request: PageRequest, unit_id: int, requirement_id: int) -> Reply:
    """`?hvem=` ticks a person beforehand: where a cell of the matrix leads."""
    found = competence.get_sign_off(request.ctx, unit_id=unit_id, requirement_id=requirement_id)
    posted = request.method == "POST"
    form = SignOffForm(request.POST if posted else None, initial={"completed_on": request.ctx.today})
    told = request.POST.getlist("people") if posted else request.GET.getlist("hvem")
    ticked = {int(value) for value in told if value.isdecimal()}
    if posted and form.is_valid():
        with catching(form, NobodyChosen, NotRequiredThere, EvidenceInFuture, EvidenceTooOld, EvidenceBeforeBirth):
            count = competence.sign_off(
                request.ctx, unit_id=unit_id, requirement_id=requirement_id, employee_ids=ticked,
                completed_on=form.cleaned_data["completed_on"],
            )  # fmt: skip
            done = ngettext(
                "Praksis er bekreftet for %(count)s person.", "Praksis er bekreftet for %(count)s personer.", count
            )
            return Reply.done(reverse("competence.unit", args=[unit_id]), done % {"count": count})
    rows = [{**sign_off_parts(row), "ticked": row.employee_id in ticked} for row in found.rows]
    return Reply.page(
        "competence/sign_off.html", found, form=form, rows=rows, anybody=any(not r.refused for r in found.rows)
    )
