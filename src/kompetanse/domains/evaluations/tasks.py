"""What a worker does for the evaluations by the clock."""

from __future__ import annotations

from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import clock, jobs
from kompetanse.kernel.context import system_context

from . import api as evaluations


@jobs.periodic("10 6 * * *")
def open_evaluations() -> None:
    """Every morning, in every region: people are asked about runs that are just held, and those of some months ago."""
    now = clock.now()
    for name in organisation.list_region_names():
        region = organisation.get_region(name, now.date())
        ctx = system_context("asking about held courses", region.tenants, now)
        evaluations.open_due(ctx, region_id=region.tenant_id)
