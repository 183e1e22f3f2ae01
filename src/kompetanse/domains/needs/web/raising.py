"""Needs that the system suggests, each with one button."""

from __future__ import annotations

from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.types import DeclineHasNoReason, ProposalCause
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply


class Place(TypedDict):
    tenant_id: int
    unit_id: int | None
    requirement_code: str


CAUSES = {
    ProposalCause.EXPIRY: gettext_lazy("Lovpålagt, går snart ut"),
    ProposalCause.NEW: gettext_lazy("Ny versjon av kravet"),
    ProposalCause.COMING: gettext_lazy("Krav som kommer"),
}


@page("behov/forslag/", right=Right.NEED_REPORT)
def proposals(request: PageRequest) -> Reply:
    """What runs out or is newly required and nobody has told: confirmed with one click, never told by itself."""
    if request.method == "POST":
        place = _place(request)
        if request.POST.get("act") == "decline":
            try:
                needs.decline_proposal(request.ctx, **place, why=request.POST.get("why", ""))
            except DeclineHasNoReason as error:
                return _shown(request, fault=_(error.sentence), wrong=place)
            return Reply.done(reverse("needs.proposals"), _("Forslaget er lagt bort og kommer ikke igjen."))
        need_id = needs.confirm_proposal(request.ctx, **place)
        return Reply.done(
            reverse("needs.one", kwargs={"need_id": need_id}), _("Behovet er meldt. Du ser her hva det blir til.")
        )
    return _shown(request)


def _place(request: PageRequest) -> Place:
    """What the button that was pressed is about."""
    tenant, unit = request.POST.get("tenant", ""), request.POST.get("unit", "")
    return {
        "tenant_id": int(tenant) if tenant.isdecimal() and len(tenant) < 19 else 0,
        "unit_id": int(unit) if unit.isdecimal() and len(unit) < 19 else None,
        "requirement_code": request.POST.get("requirement", ""),
    }


def _shown(request: PageRequest, *, fault: str = "", wrong: Place | None = None) -> Reply:
    """The proposals; where no reason was given for saying no, with what is lacking at that one."""
    rows = [
        (
            it,
            CAUSES[it.cause],
            fault
            if wrong == {"tenant_id": it.tenant_id, "unit_id": it.unit_id, "requirement_code": it.requirement_code}
            else "",
        )
        for it in needs.list_proposals(request.ctx)
    ]
    return Reply.page("needs/proposals.html", rows, status=422 if fault else 200)
