"""A suggested need is confirmed by a person: then, and only then, it is told."""

from __future__ import annotations

from kompetanse.domains.needs.queries.raising import list_proposals
from kompetanse.domains.needs.types import Cause, NeedInput, NeedKind, Origin, ProposalCause, ProposalIsGone
from kompetanse.foundation.operation import operation
from kompetanse.kernel.context import Context
from kompetanse.kernel.text_marker import N_

from .placing import lock_file
from .reporting import report_need

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
