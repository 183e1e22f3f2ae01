"""One requirement for one person with what happens next, and how things stood on a day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.queries.words import state_name
from kompetanse.domains.competence.types import State
from kompetanse.domains.competence.types.ledger import AsOfRow, DayIsAhead
from kompetanse.domains.organisation import api as organisation
from kompetanse.ui.fields import DayField
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .shapes import KINDS, status_parts


@page(
    "kompetanse/person/<int:employee_id>/krav/<int:requirement_id>/",
    right=organisation.Right.POST_READ,
    methods=("GET",),
)
def status_detail(request: PageRequest, employee_id: int, requirement_id: int) -> Reply:
    found = competence.get_status_detail(request.ctx, employee_id=employee_id, requirement_id=requirement_id)
    own = found.person_id == request.ctx.actor.person_id
    return Reply.page("competence/status_detail.html", found, own=own, one=status_parts(found.status))


class AsOfForm(forms.Form):
    day = DayField(label=gettext_lazy("Hvordan sto det til denne dagen?"))
    known = DayField(
        label=gettext_lazy("Slik vi visste det til og med"),
        required=False,
        help_text=gettext_lazy("La feltet stå tomt for å bruke samme dag."),
    )


@page("kompetanse/person/<int:employee_id>/den-gang/", right=competence.Right.EVIDENCE_READ, methods=("GET",))
def as_of(request: PageRequest, employee_id: int) -> Reply:
    """`?day=&known=`; without them, today as it is known."""
    form = AsOfForm(request.GET if "day" in request.GET else None, initial={"day": request.ctx.today})
    day, known = request.ctx.today, None
    if form.is_valid():
        day, known = form.cleaned_data["day"], form.cleaned_data["known"]
    with catching(form, DayIsAhead):
        found = competence.get_status_as_of(request.ctx, employee_id=employee_id, day=day, known=known)
        rows = [_parts(row) for row in found.rows]
        own = found.person_id == request.ctx.actor.person_id
        return Reply.page(
            "competence/as_of.html", found, form=form, rows=rows, own=own, changed=any(r["row"].differs for r in rows)
        )
    found = competence.get_status_as_of(request.ctx, employee_id=employee_id, day=request.ctx.today)
    return Reply.page("competence/as_of.html", found, form=form, rows=[], own=False, changed=False)


def _parts(row: AsOfRow) -> dict[str, Any]:
    return {"row": row, "then": _state(row.then), "now": _state(row.now)}


def _state(state: State | None) -> tuple[str, str]:
    return (KINDS[state], state_name(state)) if state else ("neutral", _("Ikke krav"))
