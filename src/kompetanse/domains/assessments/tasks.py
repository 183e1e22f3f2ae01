"""What a worker does for the campaigns by the clock."""

from __future__ import annotations

from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import clock, jobs
from kompetanse.kernel.context import system_context

from . import api as assessments
from .types import CampaignStatus


@jobs.periodic("20 5 * * *")
def follow_campaigns() -> None:
    """Every morning, in every municipality: newcomers are asked, leavers excused, and reminders that are due sent."""
    now = clock.now()
    for municipality in organisation.list_municipalities():
        ctx = system_context("following open campaigns", {municipality.tenant_id}, now)
        for campaign in assessments.list_campaigns(ctx):
            if campaign.status is CampaignStatus.OPEN:
                assessments.follow_campaign(ctx, campaign_id=campaign.id)
