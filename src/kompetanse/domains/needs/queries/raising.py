"""Needs that the system sees coming, ready to be confirmed by those who answer for them."""

from __future__ import annotations

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import SourceType
from kompetanse.domains.needs.models import Need, ProposalAnswer
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.rules.raising import is_declined, propose
from kompetanse.domains.needs.types import NeedStatus, ProposalCause, ProposalRow
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

LAW = frozenset({SourceType.ACT, SourceType.REGULATION})
RESPONSIBLE = frozenset({Role.LEADER, Role.HR})  # those who see who lacks what


@query
def list_proposals(ctx: Context) -> list[ProposalRow]:
    """What the law requires and soon runs out, by unit, and what a new or coming version asks of a municipality.

    For those who answer for a unit's people: leaders and HR. What is told already is left out. Nothing is written.
    """
    if not access.possible(ctx.actor, Right.NEED_REPORT):
        return []
    places = {it.tenant_id: it.name for it in organisation.list_municipalities(ctx.tenants)}
    law = {row.code: row for row in competence.list_requirements() if row.source_type in LAW}
    found: list[ProposalRow] = []
    if any(ctx.actor.places(role) for role in RESPONSIBLE):
        units = {unit.id: unit.tenant_id for unit in organisation.list_units(ctx)}
        found += [
            ProposalRow(
                units[gap.unit_id], gap.unit_id, gap.unit_name, gap.requirement_code, gap.requirement_name,
                gap.expiring, ProposalCause.EXPIRY, None,
            )
            for gap in competence.list_gaps(ctx)
            if gap.expiring and gap.requirement_code in law and gap.unit_id in units
        ]  # fmt: skip
    for tenant_id in sorted(competence.tenants_to_answer(ctx) & places.keys()):
        lacking: dict[str, int] = {}
        for gap in competence.list_gaps(ctx, tenant_id=tenant_id):
            lacking[gap.requirement_code] = lacking.get(gap.requirement_code, 0) + gap.missing + gap.expiring
        for news in (*competence.list_news(ctx, tenant_id), *competence.list_news(ctx, tenant_id, answered=True)):
            first_day, people = news.version.says.valid_from, lacking.get(news.code, 0)
            is_to_come = first_day > ctx.today
            found.append(
                ProposalRow(
                    tenant_id, None, places[tenant_id], news.code, news.name, people or (None if is_to_come else 0),
                    ProposalCause.COMING if is_to_come else ProposalCause.NEW, first_day,
                )
            )  # fmt: skip
    standing = Need.objects.filter(tenant_id__in=sorted(places), requirement__isnull=False).exclude(
        status=NeedStatus.WITHDRAWN
    )
    told = set(standing.values_list("tenant_id", "unit_id", "requirement__code"))
    declined = set(
        ProposalAnswer.objects.filter(tenant_id__in=sorted(places))
        .values_list("tenant_id", "unit_id", "requirement__code", "cause", "first_day")
    )  # fmt: skip
    return propose((row for row in found if not is_declined(row, declined)), told)
