"""Following an open campaign: reminding, by the clock and by the leader. One letter for one cause."""

from __future__ import annotations

from django.db.models import Q

from kompetanse.domains.assessments import rules
from kompetanse.domains.assessments.models import Campaign, Participant
from kompetanse.domains.assessments.permissions import Right
from kompetanse.domains.assessments.types import CampaignIsNotOpen, CampaignStatus
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .asking import ask_letters, find_people


@operation
def follow_campaign(ctx: Context, *, campaign_id: int) -> int:
    """By the clock: who has come or moved is asked, who has left is excused, and a reminder that is due is sent.

    Gives how many were reminded. For the system.
    """
    access.require_system(ctx)
    row = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    if row.status != CampaignStatus.OPEN:
        return 0
    find_people(ctx, row)
    cause = rules.reminder_due(row.starts_on, row.ends_on, ctx.today)
    if not cause:
        return 0
    reminded = remind(ctx, row, cause, Q()) if row.asks_self else 0
    if row.asks_manager:
        leaders = Participant.objects.filter(campaign_id=row.pk, excused_at=None, manager_done_at=None)
        waiting = leaders.exclude(manager=None).order_by("manager_id").values_list("manager_id", flat=True).distinct()
        if found := tuple(waiting):
            ask_letters(ctx, row, rules.Occasion.TO_RATE_REMINDER, cause, found)
    return reminded


@operation
def remind_people(ctx: Context, *, campaign_id: int) -> int:
    """The leader reminds those of the people led who have not answered: once a week at the most.

    Gives how many were reminded now. Raises NotFound, Refused, CampaignIsNotOpen.
    """
    access.require_role(ctx, Right.ANSWER_LEAD)
    mine = access.rows(ctx.actor, Right.ANSWER_LEAD) & Q(manager__person_id=ctx.actor.person_id)
    row = Campaign.objects.filter(pk=campaign_id).first()
    if row is None or row.status == CampaignStatus.DRAFT:
        raise NotFound()
    if row.status != CampaignStatus.OPEN or not row.asks_self:
        raise CampaignIsNotOpen()
    year, week, _day = ctx.today.isocalendar()
    return remind(ctx, row, f"leader-{year}-{week:02}", mine)


def remind(ctx: Context, campaign: Campaign, cause: str, which: Q) -> int:
    """Ask for a letter to those who lack an answer and have not been reminded for this cause. Never twice."""
    lacking = (
        Participant.objects.filter(which, campaign_id=campaign.pk, excused_at=None, self_done_at=None)
        .exclude(reminders__contains=[cause])
        .filter(asked_at__date__lt=ctx.today)
        .select_for_update(of=("self",), no_key=True)
    )
    rows = list(lacking.order_by("id"))
    for row in rows:
        row.reminders, row.reminded_at = [*row.reminders, cause], ctx.now
    Participant.objects.bulk_update(rows, ["reminders", "reminded_at"])
    if rows:
        ask_letters(ctx, campaign, rules.Occasion.REMINDER, cause, tuple(row.employee_id for row in rows))
    return len(rows)
