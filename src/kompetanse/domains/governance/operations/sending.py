"""Cases between regions: sent, come in, taken up or declined. Each region writes in its own rows."""

from __future__ import annotations

from typing import Any

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.events import (
    CaseAdded,
    CaseCameIn,
    CaseForwarded,
    IncomingDeclined,
    IncomingTakenUp,
)
from kompetanse.domains.governance.models import Case, Forwarding, Incoming
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.queries.sending import chain_content
from kompetanse.domains.governance.types import CaseStatus
from kompetanse.domains.governance.types.procedure import CaseIsNotDecided
from kompetanse.domains.governance.types.sending import (
    CaseIsForwarded,
    CaseIsShielded,
    IncomingIsAnswered,
    IncomingStatus,
    RegionIsOwn,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .agenda import draw_number, locked_case


@operation
def forward_case(ctx: Context, *, case_id: int, region: str, note: str = "") -> int:
    """Send a decided case to another region, or to a level above, with all the cases it came from. What is sent is
    frozen. Gives the forwarding's id.

    Raises NotFound, Refused, UnknownRegion, RegionIsOwn, CaseIsWithdrawn, CaseIsNotDecided, CaseIsShielded,
    CaseIsForwarded or TextIsTooLong.
    """
    case = locked_case(ctx, case_id, Right.CASE_PREPARE)
    if case.status == CaseStatus.WITHDRAWN:
        rules.require_open(case.status, case.reference)
    if case.status != CaseStatus.DECIDED:
        raise CaseIsNotDecided(reference=case.reference)
    if case.legal_ground:
        raise CaseIsShielded(reference=case.reference)
    receiver = organisation.get_region(region, ctx.today)
    if receiver.tenant_id == case.tenant_id:
        raise RegionIsOwn()
    if Forwarding.objects.filter(case=case, to_region_id=receiver.tenant_id).exists():
        raise CaseIsForwarded(reference=case.reference, region=receiver.name)
    sent = Forwarding.objects.create(
        tenant_id=case.tenant_id, case=case, to_region_id=receiver.tenant_id, sent_at=ctx.now,
        note=rules.checked_text(note, "Følgebrev", limit=4000), content=chain_content(ctx, case),
    )  # fmt: skip
    publish(
        ctx,
        CaseForwarded(tenant_id=case.tenant_id, case_id=case_id, forwarding_id=sent.pk, to_region=receiver.tenant_id),
    )
    return int(sent.pk)


@operation
def receive_case(
    ctx: Context, *, region_id: int, from_region_id: int, forwarding_number: int, content: dict[str, Any], note: str
) -> int:
    """A case comes in from another region; once. Gives its id. For the system."""
    access.require_system(ctx)
    row, is_new = Incoming.objects.get_or_create(
        tenant_id=region_id, from_region_id=from_region_id, forwarding_number=forwarding_number,
        defaults={"content": content, "note": note, "came_at": ctx.now},
    )  # fmt: skip
    if is_new:
        publish(ctx, CaseCameIn(tenant_id=region_id, incoming_id=row.pk, from_region=from_region_id))
    return int(row.pk)


@operation
def take_up_incoming(ctx: Context, *, incoming_id: int, body_id: int) -> int:
    """Give a case that has come in to a body, as a case of its own that leads back to where it came from. Gives
    that case's id. Raises NotFound, Refused or IncomingIsAnswered.
    """
    row = _waiting(ctx, incoming_id)
    body = organisation.get_body(ctx, body_id=body_id)
    if body.tenant_id != row.tenant_id:
        raise NotFound()
    nearest = row.content["chain"][0]
    case = Case(
        tenant_id=row.tenant_id, body_id=body_id, year=ctx.today.year, title=nearest["title"],
        proposal=nearest["decision_text"], number=draw_number(row.tenant_id, body_id, ctx.today.year),
    )  # fmt: skip
    access.require(ctx, Right.CASE_PREPARE, case)
    case.save()
    row.status, row.case = IncomingStatus.TAKEN_UP, case
    row.save()
    publish(ctx, CaseAdded(tenant_id=row.tenant_id, case_id=case.id, body_id=body_id, reference=case.reference))
    publish(ctx, IncomingTakenUp(tenant_id=row.tenant_id, incoming_id=incoming_id, case_id=case.id))
    return case.id


@operation
def decline_incoming(ctx: Context, *, incoming_id: int, why: str) -> None:
    """Say why no body takes up a case that has come in. Raises NotFound, Refused, IncomingIsAnswered, TextIsMissing
    or TextIsTooLong.
    """
    row = _waiting(ctx, incoming_id)
    row.declined_why = rules.checked_text(why, "Begrunnelse", limit=400, required=True)
    row.status = IncomingStatus.DECLINED
    row.save()
    publish(ctx, IncomingDeclined(tenant_id=row.tenant_id, incoming_id=incoming_id))


def _waiting(ctx: Context, incoming_id: int) -> Incoming:
    row: Incoming = access.fetch(ctx, Incoming.objects.all(), incoming_id, Right.INCOMING_ANSWER, lock=True)
    if row.status != IncomingStatus.WAITING:
        raise IncomingIsAnswered()
    return row
