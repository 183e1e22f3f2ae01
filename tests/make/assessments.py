"""Campaigns, ratings and marks, reached by the operations that people use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kompetanse.domains.assessments import api as assessments
from kompetanse.domains.assessments.types import CampaignInput, Item, RatingInput
from kompetanse.domains.competence import api as competence
from kompetanse.kernel.context import system_context

from .competence import register
from .organisation import NOW, Town, Who, context

STARTS, ENDS = date(2027, 3, 1), date(2027, 4, 15)
# What every care worker must know, and one more that they must.
MEDICINES = "LEGEMIDDEL"


def requirement(code: str = MEDICINES) -> int:
    """The id of a requirement of the shared register."""
    register()
    return next(row.id for row in competence.list_requirements() if row.code == code)


def told(
    town: Town,
    *,
    title: str = "Kartlegging våren 2027",
    units: Iterable[int] = (),
    titles: Iterable[str] = (),
    requirements: Iterable[int] = (),
    asks_self: bool = True,
    asks_manager: bool = True,
    starts_on: date = STARTS,
    ends_on: date = ENDS,
    letter: str = "",
) -> CampaignInput:
    register()
    return CampaignInput(
        tenant_id=town.tenant_id, title_nb=title, title_nn=title, starts_on=starts_on, ends_on=ends_on,
        asks_self=asks_self, asks_manager=asks_manager, units=tuple(units), titles=tuple(titles),
        requirements=tuple(requirements), letter_nb=letter, letter_nn=letter,
    )  # fmt: skip


def campaign(town: Town, told_: CampaignInput | None = None, *, opened: bool = True) -> int:
    """A campaign in a town; its people have been asked when it is opened, as the handler does."""
    ctx = system_context("test", {town.tenant_id}, NOW)
    campaign_id = assessments.plan_campaign(ctx, campaign=told_ or told(town))
    if opened:
        assessments.open_campaign(ctx, campaign_id=campaign_id)
    return campaign_id


def items_of(who: Who, campaign_id: int) -> tuple[Item, ...]:
    """What a campaign asks the person about."""
    return assessments.get_answer_page(context(who), campaign_id=campaign_id).items


def answers(requirements: Iterable[int], level: int = 3, comment: str = "") -> dict[int, RatingInput]:
    return {key: RatingInput(level, comment) for key in requirements}
