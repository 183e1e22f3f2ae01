"""What the year wheel does when something has happened: a step stands as its thing stands."""

from __future__ import annotations

from kompetanse.domains.assessments.events import CampaignClosed, CampaignOpened
from kompetanse.domains.governance.events import MinutesWritten
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.plans.events import PlanAdopted, PlanSentToHearing
from kompetanse.kernel.context import Context, system_context

from . import api as yearwheel


def follow_meeting(ctx: Context, event: MinutesWritten) -> None:
    """The minutes of a meeting are written: it has been held."""
    yearwheel.read_thing(ctx, meeting_id=event.meeting_id)


def follow_plan(ctx: Context, event: PlanSentToHearing | PlanAdopted) -> None:
    """A plan has come further."""
    yearwheel.read_thing(ctx, plan_id=event.plan_id)


def follow_campaign(ctx: Context, event: CampaignOpened | CampaignClosed) -> None:
    """A municipality maps, or has mapped. The wheel is the region's, so the system acts with a reason of its own."""
    region = organisation.find_region_of(frozenset({event.tenant_id}), ctx.today)
    if region is None or event.tenant_id == region.tenant_id:
        return
    inside = system_context("the year wheel follows a campaign", region.tenants, ctx.now)
    yearwheel.read_campaign(
        inside,
        region_id=region.tenant_id,
        municipality_id=event.tenant_id,
        is_closed=isinstance(event, CampaignClosed),
    )
