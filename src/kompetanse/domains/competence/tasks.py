"""What the worker does by the clock for the competence domain."""

from __future__ import annotations

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Level
from kompetanse.foundation import clock, jobs
from kompetanse.kernel.context import system_context

from . import api


@jobs.periodic("1,31 * * * *")
def turn_the_day() -> None:
    """Statuses that have turned since yesterday are kept anew, so that pages need not reckon them."""
    api.catch_up("bringing statuses up to date")


@jobs.periodic("40 3 * * *")
def forget_sightings() -> int:
    """Each night: who looked at whom more than a year ago. Gives how many rows were deleted."""
    everyone = {row.tenant_id for row in organisation.list_municipalities()}
    return api.forget_sightings(system_context("sightings are kept for a year", everyone, clock.now()))


@jobs.periodic("41 2 * * *")
def publish_gaps_of_the_month() -> None:
    """Each region's gap is told once a month: on the first, or as soon as a worker is up again after it."""
    for name in organisation.list_region_names():
        region = organisation.get_region(name, clock.now().date())
        if region.level is Level.REGIONAL and region.municipalities:
            ctx = system_context("publishing the month's gap", region.tenants, clock.now())
            api.publish_gaps(ctx, region_id=region.tenant_id)
