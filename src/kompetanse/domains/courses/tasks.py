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


@jobs.periodic("20 5 * * *")
def warn_of_decisions() -> None:
    """Every morning, in every region: the office is told of runs that must soon be decided."""
    now = clock.now()
    seen: set[int] = set()
    for municipality in organisation.list_municipalities():
        if municipality.tenant_id in seen:
            continue
        alone = system_context("decisions near", {municipality.tenant_id}, now)
        region = organisation.find_region_of(alone.tenants, alone.today)
        if region is not None:
            seen |= region.tenants
            whole = system_context("decisions near", set(region.tenants), now)
            courses.warn_of_decisions(whole, region_id=region.tenant_id)
