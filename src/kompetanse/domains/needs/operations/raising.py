"""A suggested need is confirmed by a person: then, and only then, it is told."""

from __future__ import annotations

from kompetanse.domains.competence import api as competence
from kompetanse.domains.needs.events import ProposalDeclined
from kompetanse.domains.needs.models import Need, ProposalAnswer
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.queries.raising import list_proposals
from kompetanse.domains.needs.types import (
    Cause,
    DeclineHasNoReason,
    NeedInput,
    NeedKind,
    Origin,
    ProposalCause,
    ProposalIsGone,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.text_marker import N_

from .placing import lock_file
from .reporting import report_need

MOST_WHY = 500  # characters
REASONS = {
    ProposalCause.EXPIRY: (Cause.RENEWAL, N_("Kompetansen er lovpålagt og går ut.")),
    ProposalCause.NEW: (Cause.LAW, N_("Kravet har fått en ny versjon.")),
    ProposalCause.COMING: (Cause.LAW, N_("Et krav som kommer.")),
}


@operation
def confirm_proposal(ctx: Context, *, tenant_id: int, unit_id: int | None, requirement_code: str) -> int:
    """Tell the suggested need as it is suggested, once. Gives the need's id. Raises ProposalIsGone, Refused."""
    lock_file(tenant_id)  # two who click at once tell one need
    for row in list_proposals(ctx):
        if (row.tenant_id, row.unit_id, row.requirement_code) == (tenant_id, unit_id, requirement_code):
            cause, reason = REASONS[row.cause]
            return report_need(
                ctx,
                NeedInput(
                    tenant_id, row.title, unit_id=unit_id, people=row.people, reason=reason, cause=cause,
                    kind=NeedKind.LEARN, requirement_code=requirement_code, origin=Origin.RAISED,
                ),
            )  # fmt: skip
    raise ProposalIsGone()


@operation
def decline_proposal(ctx: Context, *, tenant_id: int, unit_id: int | None, requirement_code: str, why: str) -> None:
    """Say why a suggested need is none: it is not suggested again. Said again, nothing changes.

    For those it is suggested to, and those who may tell needs there. Raises ProposalIsGone, Refused or
    DeclineHasNoReason.
    """
    reason = " ".join(why.split())
    if not reason or len(reason) > MOST_WHY or not reason.isprintable():
        raise DeclineHasNoReason()
    lock_file(tenant_id)
    for row in list_proposals(ctx):
        if (row.tenant_id, row.unit_id, row.requirement_code) == (tenant_id, unit_id, requirement_code):
            access.require(ctx, Right.NEED_REPORT, Need(tenant_id=tenant_id, unit_id=unit_id))
            requirement_id = next(it.id for it in competence.list_requirements() if it.code == requirement_code)
            ProposalAnswer.objects.get_or_create(
                tenant_id=tenant_id, unit_id=unit_id, requirement_id=requirement_id, cause=row.cause,
                first_day=row.valid_from,
                defaults={"why": reason, "person": ctx.actor.person_id, "answered_at": ctx.now},
            )  # fmt: skip
            publish(
                ctx,
                ProposalDeclined(tenant_id=tenant_id, unit_id=unit_id, requirement_id=requirement_id, cause=row.cause),
            )
            return
    raise ProposalIsGone()
