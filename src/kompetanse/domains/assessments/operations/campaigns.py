"""Campaigns: planned, changed, opened, followed and closed."""

from __future__ import annotations

from dataclasses import asdict

from django.db.models import Q

from kompetanse.domains.assessments import rules
from kompetanse.domains.assessments.events import (
    CampaignChanged,
    CampaignClosed,
    CampaignOpened,
    CampaignPlanned,
)
from kompetanse.domains.assessments.models import Campaign, Participant, Rating, SnapshotRow, SnapshotSum
from kompetanse.domains.assessments.permissions import Right
from kompetanse.domains.assessments.queries.standing import newest, wanted
from kompetanse.domains.assessments.types import (
    LONGEST_LETTER,
    CampaignHasNotBegun,
    CampaignInput,
    CampaignIsNotDraft,
    CampaignIsNotOpen,
    CampaignIsOver,
    CampaignStatus,
    NobodyIsAsked,
    PeriodIsBackwards,
    RaterKind,
    TitleIsMissing,
    UnknownTarget,
)
from kompetanse.domains.competence import api as competence
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context


@operation
def plan_campaign(ctx: Context, *, campaign: CampaignInput) -> int:
    """Draft a campaign; nobody is asked before it is opened. Gives its id.

    Raises Refused, TitleIsMissing, PeriodIsBackwards, NobodyIsAsked, UnknownTarget.
    """
    row = Campaign(tenant_id=campaign.tenant_id, made_by_id=ctx.actor.person_id)
    access.require(ctx, Right.CAMPAIGN_MANAGE, row)
    _tell(ctx, row, campaign)
    row.save(force_insert=True)
    publish(ctx, CampaignPlanned(tenant_id=row.tenant_id, campaign_id=row.pk))
    return int(row.pk)


@operation
def change_campaign(ctx: Context, *, campaign_id: int, campaign: CampaignInput) -> None:
    """Change a draft. Raises NotFound, Refused, CampaignIsNotDraft, and what planning raises."""
    row = access.fetch(ctx, Campaign.objects.all(), campaign_id, Right.CAMPAIGN_MANAGE, lock=True)
    if row.status != CampaignStatus.DRAFT:
        raise CampaignIsNotDraft()
    _tell(ctx, row, campaign)
    row.save()
    publish(ctx, CampaignChanged(tenant_id=row.tenant_id, campaign_id=row.pk))


def _tell(ctx: Context, row: Campaign, told: CampaignInput) -> None:
    """Put what is decided on the row. Only units and requirements that are there."""
    if not told.title_nb.strip() or not told.title_nn.strip():
        raise TitleIsMissing()
    if told.ends_on < told.starts_on:
        raise PeriodIsBackwards()
    if not told.asks_self and not told.asks_manager:
        raise NobodyIsAsked()
    if set(told.units) - {unit.id for unit in organisation.list_units(ctx, tenant_id=row.tenant_id)}:
        raise UnknownTarget()
    if set(told.requirements) - {requirement.id for requirement in competence.list_requirements()}:
        raise UnknownTarget()
    for name, value in asdict(told).items():
        if name != "tenant_id":
            setattr(row, name, list(value) if isinstance(value, tuple) else value)
    row.title_nb, row.title_nn = told.title_nb.strip()[:160], told.title_nn.strip()[:160]
    row.letter_nb, row.letter_nn = told.letter_nb.strip()[:LONGEST_LETTER], told.letter_nn.strip()[:LONGEST_LETTER]


@operation
def open_campaign(ctx: Context, *, campaign_id: int) -> None:
    """Open for answers; who is asked is found out after, and told by letter.

    Raises NotFound, Refused, CampaignIsNotDraft, CampaignHasNotBegun, CampaignIsOver.
    """
    row = access.fetch(ctx, Campaign.objects.all(), campaign_id, Right.CAMPAIGN_MANAGE, lock=True)
    if row.status != CampaignStatus.DRAFT:
        raise CampaignIsNotDraft()
    if ctx.today < row.starts_on:
        raise CampaignHasNotBegun(day=f"{row.starts_on:%d.%m.%Y}")
    if ctx.today > row.ends_on:
        raise CampaignIsOver(day=f"{row.ends_on:%d.%m.%Y}")
    row.status, row.opened_at = CampaignStatus.OPEN, ctx.now
    row.save(update_fields=["status", "opened_at"])
    publish(ctx, CampaignOpened(tenant_id=row.tenant_id, campaign_id=row.pk))


@operation
def close_campaign(ctx: Context, *, campaign_id: int) -> int:
    """Close and freeze: what stands of each kind, per person and as sums. Gives how many ratings are frozen.

    Of self-ratings only the current and the one before are kept. Raises NotFound, Refused, CampaignIsNotOpen.
    """
    row = access.fetch(ctx, Campaign.objects.all(), campaign_id, Right.CAMPAIGN_MANAGE, lock=True)
    if row.status != CampaignStatus.OPEN:
        raise CampaignIsNotOpen()
    row.status, row.closed_at = CampaignStatus.CLOSED, ctx.now
    row.save(update_fields=["status", "closed_at"])
    frozen = _freeze(row)
    _forget_old_self_ratings(row)
    people = Participant.objects.filter(campaign_id=row.pk, excused_at=None).count()
    publish(ctx, CampaignClosed(tenant_id=row.tenant_id, campaign_id=row.pk, people=people, ratings=len(frozen)))
    return len(frozen)


def _freeze(campaign: Campaign) -> list[SnapshotRow]:
    units = dict(Participant.objects.filter(campaign_id=campaign.pk).values_list("employee_id", "unit_id"))
    ranges = wanted(campaign.tenant_id)
    frozen = [
        SnapshotRow(
            tenant_id=campaign.tenant_id, campaign_id=campaign.pk, employee_id=who, unit_id=units[who],
            requirement_id=key, kind=kind, level=level, lowest=ranges.get(key, (None, None))[0],
            highest=ranges.get(key, (None, None))[1],
        )
        for who, key, kind, level in newest(Q(campaign_id=campaign.pk)).values_list(
            "employee_id", "requirement_id", "kind", "level"
        )
        if who in units
    ]  # fmt: skip
    SnapshotRow.objects.bulk_create(frozen)
    sums = rules.tally(((row.unit_id, row.requirement_id, row.kind), row.level, row.lowest) for row in frozen)
    SnapshotSum.objects.bulk_create(
        SnapshotSum(
            tenant_id=campaign.tenant_id, campaign_id=campaign.pk, unit_id=unit_id, requirement_id=key, kind=kind,
            counts=it.counts, below=it.below,
        )
        for (unit_id, key, kind), it in sums.items()
    )  # fmt: skip
    return frozen


def _forget_old_self_ratings(campaign: Campaign) -> None:
    """Of what people have said about themselves, the two newest for each requirement stay."""
    people = Participant.objects.filter(campaign_id=campaign.pk).values("employee_id")
    own = Rating.objects.filter(kind=RaterKind.SELF, employee_id__in=people)
    seen: dict[tuple[int, int], int] = {}
    old = []
    for pk, who, key in own.order_by("-rated_at", "-id").values_list("id", "employee_id", "requirement_id"):
        seen[who, key] = seen.get((who, key), 0) + 1
        if seen[who, key] > 2:
            old.append(pk)
    Rating.objects.filter(pk__in=old).delete()
