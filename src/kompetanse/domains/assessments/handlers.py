"""What the assessments do when something has happened."""

from __future__ import annotations

from dataclasses import asdict

from kompetanse.domains.messages import api as messages
from kompetanse.domains.messages.types import PersonalLetter
from kompetanse.kernel.context import Context

from . import api as assessments
from .events import CampaignOpened, LettersAsked


def ask_people(ctx: Context, event: CampaignOpened) -> None:
    """A campaign was opened: those it is for are found and told."""
    assessments.ask_people(ctx, campaign_id=event.campaign_id)


def write_letters(ctx: Context, event: LettersAsked) -> None:
    """Somebody should be written to about a campaign: done after it, as it may be thousands."""
    letters = assessments.list_letters(
        ctx,
        campaign_id=event.campaign_id,
        occasion=event.occasion,
        cause=event.cause,
        employees=event.employees,
    )
    messages.write(ctx, letters=[PersonalLetter(**asdict(letter)) for letter in letters])
