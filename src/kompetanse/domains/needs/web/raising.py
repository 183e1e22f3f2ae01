"""Needs that the system suggests, each with one button."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.types import ProposalCause
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply

CAUSES = {
    ProposalCause.EXPIRY: gettext_lazy("Lovpålagt, går snart ut"),
    ProposalCause.NEW: gettext_lazy("Ny versjon av kravet"),
    ProposalCause.COMING: gettext_lazy("Krav som kommer"),
}


@page("behov/forslag/", right=Right.NEED_REPORT)
def proposals(request: PageRequest) -> Reply:
    """What runs out or is newly required and nobody has told: confirmed with one click, never told by itself."""
    if request.method == "POST":
        tenant, unit = request.POST.get("tenant", ""), request.POST.get("unit", "")
        need_id = needs.confirm_proposal(
            request.ctx,
            tenant_id=int(tenant) if tenant.isdecimal() and len(tenant) < 19 else 0,
            unit_id=int(unit) if unit.isdecimal() and len(unit) < 19 else None,
            requirement_code=request.POST.get("requirement", ""),
        )
        return Reply.done(
            reverse("needs.one", kwargs={"need_id": need_id}), _("Behovet er meldt. Du ser her hva det blir til.")
        )
    return Reply.page("needs/proposals.html", [(it, CAUSES[it.cause]) for it in needs.list_proposals(request.ctx)])
