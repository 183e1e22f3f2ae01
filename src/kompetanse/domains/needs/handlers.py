"""What the needs do when something has happened. Wired in config."""

from __future__ import annotations

from kompetanse.domains.organisation import api as organisation
from kompetanse.kernel.context import Context, system_context

from .events import NeedReported, NeedsSynchronised, RoundApproved
from .operations import suggest_pools


def pool_again(ctx: Context, event: NeedReported | NeedsSynchronised | RoundApproved) -> None:
    """New words may belong with others': suggest the region's pools anew.

    Who reported sees one municipality; pooling needs them all, so the system acts with a reason of its own.
    """
    if isinstance(event, NeedsSynchronised) and not (event.created or event.changed or event.ended):
        return
    region = organisation.find_region_of(frozenset({event.tenant_id}), ctx.today)
    if region is None:
        return
    inside = system_context("pooling needs across municipalities", region.tenants, ctx.now)
    suggest_pools(inside, region_id=region.tenant_id)
