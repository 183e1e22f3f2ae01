"""What people have told themselves, waiting for those who answer for them."""

from __future__ import annotations

from kompetanse.domains.competence.queries.words import shown
from kompetanse.domains.competence.types.ledger import ClaimRow
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import StaffRow
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .ledger import standing_evidence, told_and_waiting


@query
def list_claims(ctx: Context) -> list[ClaimRow]:
    """What waits for the actor, the longest waiting first; never the actor's own. Two queries."""
    waiting = list(standing_evidence(told_and_waiting()).select_related("requirement").order_by("recorded_at", "pk"))
    if not waiting:
        return []
    posts: dict[int, StaffRow] = {}
    for post in organisation.list_staff(
        ctx, right=organisation.Right.POST_OVERSEE, employees={row.employee_id for row in waiting}
    ):
        if post.person_id != ctx.actor.person_id:
            posts.setdefault(post.employee_id, post)
    return [
        ClaimRow(
            row.pk, row.employee_id, held.name, f"{held.position_title}, {held.unit_name}", held.municipality,
            row.title, shown(row.requirement.name_nb, row.requirement.name_nn) if row.requirement else "",
            row.completed_on, row.recorded_at,
        )
        for row in waiting
        if (held := posts.get(row.employee_id))
    ]  # fmt: skip


@query
def count_claims(ctx: Context) -> int:
    """How many wait for the actor. Two queries."""
    return len(list_claims(ctx))
