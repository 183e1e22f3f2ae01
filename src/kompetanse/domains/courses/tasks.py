"""What a worker does for the courses by the clock."""

from __future__ import annotations

from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import clock, jobs
from kompetanse.kernel.context import system_context

from . import api as courses


@jobs.periodic("5 0 * * *")
def release_seats() -> None:
    """Every night, in every region: ordered seats that nobody took by the deadline go to the line."""
    seen: set[int] = set()
    now = clock.now()
    for municipality in organisation.list_municipalities():
        ctx = system_context("the deadline is past", {municipality.tenant_id}, now)
        if municipality.tenant_id in seen:
            continue
        region = organisation.find_region_of(ctx.tenants, ctx.today)
        if region is None:
            continue
        seen |= region.tenants
        whole = system_context("the deadline is past", set(region.tenants), now)
        courses.release_seats(whole, region_id=region.tenant_id)
