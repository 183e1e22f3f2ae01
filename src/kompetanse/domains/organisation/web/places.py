"""Who works where: the municipality's tree, its contact persons, and the region's bodies."""

from __future__ import annotations

from kompetanse.domains.organisation import api as organisation
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply


@page("organisasjon/", signed_in=True, methods=("GET",))
def units(request: PageRequest) -> Reply:
    """One municipality's units; `kommune` chooses which of those in sight."""
    asked = request.GET.get("kommune", "")
    tenant_id = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    return Reply.page("organisation/units.html", organisation.get_organisation_page(request.ctx, tenant_id=tenant_id))
