"""Finding out whom a campaign asks: the target group, of whom something is required."""

from __future__ import annotations

from collections.abc import Iterable

from kompetanse.domains.assessments import rules
from kompetanse.domains.assessments.events import LettersAsked, PeopleAsked
from kompetanse.domains.assessments.models import Campaign, Participant
from kompetanse.domains.assessments.permissions import Right
from kompetanse.domains.assessments.queries.standing import everything, required_today
from kompetanse.domains.assessments.types import CampaignStatus
from kompetanse.domains.competence import api as competence
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import StaffRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context


@operation
def ask_people(ctx: Context, *, campaign_id: int) -> int:
    """Ask those of the target group of whom something is required. Gives how many are new; again, it gives none.

    Raises NotFound or Refused.
    """
    row = access.fetch(ctx, Campaign.objects.all(), campaign_id, Right.CAMPAIGN_MANAGE, lock=True)
    return find_people(ctx, row) if row.status == CampaignStatus.OPEN else 0


def find_people(ctx: Context, campaign: Campaign) -> int:
    """The same, for an open campaign that is locked. Who moved follows, who left before answering is excused."""
    group = _group(ctx, campaign)
    known = {row.employee_id: row for row in Participant.objects.filter(campaign_id=campaign.pk)}
    leaders = _Leaders(ctx)
    new, changed = [], []
    for who, post in group.items():
        manager = leaders.of(post)
        row = known.get(who)
        if row is None:
            asked = required_today(everything(ctx), who, campaign.requirements)
            if asked:
                new.append(
                    Participant(
                        tenant_id=campaign.tenant_id, campaign_id=campaign.pk, employee_id=who, unit_id=post.unit_id,
                        manager_id=manager, requirements=sorted(asked), asked_at=ctx.now,
                    )
                )  # fmt: skip
        elif (row.unit_id, row.manager_id, row.excused_at) != (post.unit_id, manager, None):
            row.unit_id, row.manager_id, row.excused_at = post.unit_id, manager, None
            changed.append(row)
    for who, row in known.items():
        if who not in group and row.excused_at is None and row.self_begun_at is None and row.manager_begun_at is None:
            row.excused_at = ctx.now
            changed.append(row)
    Participant.objects.bulk_update(changed, ["unit", "manager", "excused_at"])
    Participant.objects.bulk_create(new)
    if new:
        publish(ctx, PeopleAsked(tenant_id=campaign.tenant_id, campaign_id=campaign.pk, people=len(new)))
        _tell(ctx, campaign, new)
    return len(new)


def _group(ctx: Context, campaign: Campaign) -> dict[int, StaffRow]:
    """Employee id → the post that puts them in the target group."""
    group = rules.Group.of(campaign.units, campaign.sectors, campaign.titles)
    found: dict[int, StaffRow] = {}
    staff = organisation.list_staff(everything(ctx), tenant_id=campaign.tenant_id)
    for post in staff:
        if group.takes(post, ctx.today):
            found.setdefault(post.employee_id, post)
    if not campaign.requirements:
        return found
    within = _units_that_require(ctx, campaign)
    concerned = {post.employee_id for post in staff if post.unit_id in within}
    return {who: post for who, post in found.items() if who in concerned}


def _units_that_require(ctx: Context, campaign: Campaign) -> set[int]:
    """Where somebody is under one of the campaign's requirements: nobody else needs to be looked up one by one."""
    codes = {row.code for row in competence.list_requirements() if row.id in set(campaign.requirements)}
    gaps = competence.list_gaps(everything(ctx), tenant_id=campaign.tenant_id)
    return {row.unit_id for row in gaps if row.requirement_code in codes and row.required + row.on_leave}


def _tell(ctx: Context, campaign: Campaign, new: Iterable[Participant]) -> None:
    if campaign.asks_self:
        ask_letters(ctx, campaign, rules.Occasion.OPENED, "", tuple(row.employee_id for row in new))
    if campaign.asks_manager:
        leaders = tuple(sorted({row.manager_id for row in new if row.manager_id}))
        if leaders:
            ask_letters(ctx, campaign, rules.Occasion.TO_RATE, "", leaders)


class _Leaders:
    """Who answers for whom: the nearest leader of the unit who is not the person. Asked once for each unit."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = everything(ctx)
        self.known: dict[int, tuple[int, int] | None] = {}

    def of(self, post: StaffRow) -> int | None:
        for unit_id in reversed(post.unit_path):
            if unit_id not in self.known:
                leader = organisation.find_leader_of(self.ctx, unit_id=unit_id)
                self.known[unit_id] = (leader.id, leader.person_id) if leader else None
            found = self.known[unit_id]
            if found is None:
                return None
            if found[1] != post.person_id:
                return found[0]
        return None


def ask_letters(
    ctx: Context, campaign: Campaign, occasion: rules.Occasion, cause: str, employees: tuple[int, ...]
) -> None:
    """Somebody should be written to: whoever writes letters hears it. The cause is one letter, for each person."""
    publish(
        ctx,
        LettersAsked(
            tenant_id=campaign.tenant_id, campaign_id=campaign.pk, occasion=occasion,
            cause=f"campaign-{campaign.pk}-{occasion}-{cause}".rstrip("-"), employees=employees,
        ),
    )  # fmt: skip
