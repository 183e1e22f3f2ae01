"""What a worker does for the bodies by the clock."""

from __future__ import annotations

from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import clock, jobs
from kompetanse.kernel.context import system_context

from . import api as governance


@jobs.periodic("50 5 * * *")
def follow_up_bodies() -> None:
    """Every morning, in every region: reminders about tasks and polls whose day is near or past."""
    now = clock.now()
    for name in organisation.list_region_names():
        region = organisation.get_region(name, now.date())
        ctx = system_context("following up what bodies asked for", region.tenants, now)
        governance.follow_up(ctx, region_id=region.tenant_id)
