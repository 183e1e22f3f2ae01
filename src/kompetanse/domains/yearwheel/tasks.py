"""What a worker does for the year wheel by the clock."""

from __future__ import annotations

from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import clock, jobs
from kompetanse.kernel.context import system_context

from . import api as yearwheel


@jobs.periodic("40 5 * * *")
def follow_wheels() -> None:
    """Every morning, in every region: letters about steps that open, come to an end, or are late."""
    now = clock.now()
    for name in organisation.list_region_names():
        region = organisation.get_region(name, now.date())
        ctx = system_context("following the year wheel", region.tenants, now)
        yearwheel.follow_wheel(ctx, region_id=region.tenant_id)
