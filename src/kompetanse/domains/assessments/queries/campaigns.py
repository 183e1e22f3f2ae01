"""Campaigns as those who run them see them: the list, one with its answer rates, and the report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q

from kompetanse.domains.assessments.models import Campaign, Participant, SnapshotRow, SnapshotSum
from kompetanse.domains.assessments.permissions import Right
from kompetanse.domains.assessments.types import (
    LEAST_SHOWN,
    CampaignInput,
    CampaignPage,
    CampaignRow,
    CampaignStatus,
    Level,
    LevelSumRow,
    Rate,
    RaterKind,
    Report,
    SnapshotPerson,
    UnitRateRow,
)
from kompetanse.domains.competence import api as competence
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .words import chosen_form

CAMPAIGN = (
    "id", "tenant_id", "tenant__name", "title_nb", "title_nn", "starts_on", "ends_on", "status", "asks_self",
    "asks_manager",
)  # fmt: skip


def campaign_row(values: tuple[Any, ...]) -> CampaignRow:
    pk, tenant_id, place, nb, nn, starts, ends, status, own, manager = values
    return CampaignRow(pk, tenant_id, place, chosen_form(nb, nn), starts, ends, CampaignStatus(status), own, manager)


def row_of(campaign: Campaign) -> CampaignRow:
    """The same from a row in hand, fetched with its tenant."""
    return campaign_row(
        (
            campaign.pk, campaign.tenant_id, campaign.tenant.name, campaign.title_nb, campaign.title_nn,
            campaign.starts_on, campaign.ends_on, campaign.status, campaign.asks_self, campaign.asks_manager,
        )
    )  # fmt: skip


@query
def list_campaigns(ctx: Context) -> list[CampaignRow]:
    """The campaigns the actor may run, the newest first. One query."""
    found = Campaign.objects.filter(access.rows(ctx.actor, Right.CAMPAIGN_MANAGE)).order_by("-starts_on", "-id")
    return [campaign_row(values) for values in found.values_list(*CAMPAIGN)]


@query
def list_campaign_places(ctx: Context) -> list[tuple[int, str]]:
    """The municipalities where the actor may make a campaign: tenant id and name."""
    return [
        (row.tenant_id, row.name)
        for row in organisation.list_municipalities(ctx.tenants)
        if access.answer(ctx.actor, Right.CAMPAIGN_MANAGE, Campaign(tenant_id=row.tenant_id))
    ]


@query
def get_campaign(ctx: Context, *, campaign_id: int) -> CampaignPage:
    """A campaign with how many have answered: per unit to the municipality's HR, in all to the others who run it.

    Levels are shown to HR, and only when it is closed. Eight queries at the most. Raises NotFound or Refused.
    """
    campaign = access.fetch(ctx, Campaign.objects.select_related("tenant"), campaign_id, Right.CAMPAIGN_MANAGE)
    may_see = bool(access.answer(ctx.actor, Right.SNAPSHOT_READ, SnapshotRow(tenant_id=campaign.tenant_id)))
    counted = Participant.objects.filter(campaign_id=campaign.pk, excused_at=None).aggregate(
        asked=Count("id"), own=Count("self_done_at"), to_rate=Count("manager_id"), manager=Count("manager_done_at")
    )
    shown = may_see or counted["asked"] >= LEAST_SHOWN or not counted["asked"]
    names = {row.id: row.name for row in competence.list_requirements()}
    units = {unit.id: unit.name for unit in organisation.list_units(ctx, tenant_id=campaign.tenant_id)}
    return CampaignPage(
        row_of(campaign),
        told_of(campaign),
        tuple(units[unit_id] for unit_id in campaign.units if unit_id in units),
        tuple(names[key] for key in campaign.requirements if key in names),
        Rate(counted["asked"], counted["own"]) if campaign.asks_self and shown else None,
        Rate(counted["to_rate"], counted["manager"]) if campaign.asks_manager and shown else None,
        unit_rates(campaign.pk, access.rows(ctx.actor, Right.ANSWER_RATES)),
        tuple(_summed(_sums(campaign.pk, names))) if may_see and campaign.status == CampaignStatus.CLOSED else (),
        may_see,
    )


@query
def get_report(ctx: Context, *, campaign_id: int) -> Report:
    """What the campaign came to, with persons: for the municipality's HR alone. Raises NotFound or Refused."""
    access.require_role(ctx, Right.SNAPSHOT_READ)
    campaign = access.fetch(ctx, Campaign.objects.select_related("tenant"), campaign_id, Right.CAMPAIGN_MANAGE)
    access.require(ctx, Right.SNAPSHOT_READ, SnapshotRow(tenant_id=campaign.tenant_id))
    names = {row.id: row.name for row in competence.list_requirements()}
    people = (
        SnapshotRow.objects.filter(campaign_id=campaign.pk)
        .order_by("unit__path", "employee__family_name", "employee_id", "requirement_id", "kind")
        .values_list(
            "unit__name", "employee__given_name", "employee__family_name", "requirement_id", "kind", "level", "lowest",
            "highest",
        )
    )  # fmt: skip
    return Report(
        row_of(campaign),
        unit_rates(campaign.pk, Q()),
        tuple(_sums(campaign.pk, names)),
        tuple(
            SnapshotPerson(
                unit, f"{given} {family}".strip(), names.get(key, ""), RaterKind(kind), Level(level), low, high
            )
            for unit, given, family, key, kind, level, low, high in people
        ),
    )


def told_of(campaign: Campaign) -> CampaignInput:
    return CampaignInput(
        tenant_id=campaign.tenant_id, title_nb=campaign.title_nb, title_nn=campaign.title_nn,
        starts_on=campaign.starts_on, ends_on=campaign.ends_on, asks_self=campaign.asks_self,
        asks_manager=campaign.asks_manager, units=tuple(campaign.units), sectors=tuple(campaign.sectors),
        titles=tuple(campaign.titles), requirements=tuple(campaign.requirements), letter_nb=campaign.letter_nb,
        letter_nn=campaign.letter_nn,
    )  # fmt: skip


def unit_rates(campaign_id: int, which: Q) -> tuple[UnitRateRow, ...]:
    """Asked and answered per unit, in the order of the tree. One query."""
    found = (
        Participant.objects.filter(which, campaign_id=campaign_id, excused_at=None)
        .values_list("unit__path", "unit_id", "unit__name")
        .annotate(
            asked=Count("id"), own=Count("self_done_at"), to_rate=Count("manager_id"), manager=Count("manager_done_at")
        )
        .order_by("unit__path")
    )
    return tuple(
        UnitRateRow(unit_id, name, Rate(asked, own), Rate(to_rate, manager))
        for _path, unit_id, name, asked, own, to_rate, manager in found
    )


def _sums(campaign_id: int, names: dict[int, str]) -> list[tuple[str, LevelSumRow]]:
    rows = (
        SnapshotSum.objects.filter(campaign_id=campaign_id)
        .order_by("unit__path", "requirement_id", "kind")
        .values_list("unit__name", "requirement_id", "kind", "counts", "below")
    )
    return [
        (unit, LevelSumRow(key, names.get(key, ""), RaterKind(kind), (one, two, three, four), below))
        for unit, key, kind, (one, two, three, four), below in rows
    ]


def _summed(rows: Iterable[tuple[str, LevelSumRow]]) -> list[LevelSumRow]:
    """The units' sums put together, in the order of the requirements' names; the kinds stay apart."""
    found: dict[tuple[str, str], LevelSumRow] = {}
    for _unit, row in rows:
        before = found.get((row.requirement_name, row.kind))
        one, two, three, four = (
            here + there for here, there in zip(row.counts, before.counts if before else (0, 0, 0, 0), strict=True)
        )
        below = row.below + (before.below if before else 0)
        found[row.requirement_name, row.kind] = LevelSumRow(
            row.requirement_id, row.requirement_name, row.kind, (one, two, three, four), below
        )
    return [found[key] for key in sorted(found, key=lambda it: (it[0], list(RaterKind).index(RaterKind(it[1]))))]
