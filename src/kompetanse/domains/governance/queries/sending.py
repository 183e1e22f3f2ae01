"""Cases between regions, as they are told."""

from __future__ import annotations

from typing import Any

from kompetanse.domains.governance.models import Case, Forwarding, Incoming
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.types.sending import (
    ForwardedRow,
    IncomingRow,
    IncomingStatus,
    OriginRow,
    SendingPage,
    SentCase,
    origins_of,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .words import in_written_form

MOST_STEPS = 20


def chain_content(ctx: Context, case: Case) -> dict[str, Any]:
    """The case and those it was sent on from, nearest first, and what those came from in other regions. Cases that
    are kept from the public are left out."""
    region = organisation.find_region_of(frozenset({case.tenant_id}), ctx.today)
    chain: list[dict[str, str]] = []
    at: Case | None = case
    while at is not None and len(chain) < MOST_STEPS:
        if not at.legal_ground:
            chain.append({
                "region": region.name if region else "", "body": at.body.name_nb, "reference": at.reference,
                "title": at.title, "decision_text": at.decision_text,
                "decided_on": at.decided_at.date().isoformat() if at.decided_at else "",
            })  # fmt: skip
        came = Incoming.objects.filter(case=at).first()
        if came is not None:
            chain += came.content["chain"]
            break
        at = Case.objects.select_related("body").filter(pk=at.sent_from_id).first()
    return {"chain": chain[:MOST_STEPS]}


def origins(case_id: int) -> tuple[OriginRow, ...]:
    """The cases of other regions that a case continues; none where it began here."""
    came = Incoming.objects.filter(case_id=case_id).first()
    return origins_of(came.content) if came is not None else ()


def forwarded(case_id: int) -> tuple[ForwardedRow, ...]:
    """Where a case was sent."""
    sent = Forwarding.objects.filter(case_id=case_id).select_related("to_region").order_by("id")
    return tuple(ForwardedRow(row.to_region.name, row.sent_at) for row in sent)


@query
def read_forwarding(ctx: Context, *, forwarding_id: int) -> SentCase:
    """What was sent to another region. For the system."""
    access.require_system(ctx)
    row = Forwarding.objects.get(pk=forwarding_id)
    return SentCase(row.content, row.note)


@query
def get_incoming(ctx: Context) -> SendingPage:
    """What has come from other regions, waiting first, and the bodies that may take it up."""
    rows = Incoming.objects.filter(access.rows(ctx.actor, Right.INCOMING_READ)).select_related("from_region")
    found = [
        IncomingRow(
            row.pk, row.tenant_id, row.from_region.name, row.content["chain"][0]["title"], row.note,
            origins_of(row.content), row.came_at, IncomingStatus(row.status), row.case_id, row.declined_why,
        )
        for row in rows.order_by("-id")[:200]
    ]  # fmt: skip
    office = {grant.tenant_id for grant in ctx.actor.places(Role.COURSE_ADMINISTRATOR)}
    return SendingPage(
        tuple(sorted(found, key=lambda row: row.status is not IncomingStatus.WAITING)),
        tuple(
            (body.tenant_id, body.id, in_written_form(body.name_nb, body.name_nn))
            for body in organisation.list_bodies(ctx)
            if body.tenant_id in office
        ),
    )
