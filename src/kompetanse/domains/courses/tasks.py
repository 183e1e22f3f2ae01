"""What a worker does for the courses by the clock."""

from __future__ import annotations

from collections.abc import Callable

from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import clock, jobs
from kompetanse.kernel.context import system_context

from . import api as courses


def each_region(reason: str, act: Callable[..., object]) -> None:
    """Let an operation look at every region, as the system and with its members in sight."""
    seen: set[int] = set()
    now = clock.now()
    for municipality in organisation.list_municipalities():
        ctx = system_context(reason, {municipality.tenant_id}, now)
        if municipality.tenant_id in seen:
            continue
        region = organisation.find_region_of(ctx.tenants, ctx.today)
        if region is None:
            continue
        seen |= region.tenants
        act(system_context(reason, set(region.tenants), now), region_id=region.tenant_id)


@jobs.periodic("5 0 * * *")
def release_seats() -> None:
    """Every night: ordered seats that nobody took by the day of release go to the line."""
    each_region("the day of release has come", courses.release_seats)


@jobs.periodic("*/10 * * * *")
def expire_offers() -> None:
    """Every ten minutes: offers whose time is out go to the next in line."""
    each_region("the time to answer is out", courses.expire_offers)


@jobs.periodic("20 6 * * *")
def pass_up_approvals() -> None:
    """Every morning: approvals that nobody gave go to the one above."""
    each_region("nobody has answered", courses.pass_up_approvals)


@jobs.periodic("20 5 * * *")
def warn_of_decisions() -> None:
    """Every morning: the office is told of runs that must soon be decided."""
    each_region("decisions near", courses.warn_of_decisions)
