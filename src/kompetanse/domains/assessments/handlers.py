"""What the assessments do when something has happened."""

from __future__ import annotations

from kompetanse.kernel.context import Context

from . import api as assessments
from .events import CampaignOpened


def ask_people(ctx: Context, event: CampaignOpened) -> None:
    """A campaign was opened: those it is for are found and told."""
    assessments.ask_people(ctx, campaign_id=event.campaign_id)
