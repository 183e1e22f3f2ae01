"""The versions of a plan, and what differs between them."""

from __future__ import annotations

from kompetanse.domains.governance import api as governance
from kompetanse.domains.plans.models import ActionPlan, PlanVersion, Proposal
from kompetanse.domains.plans.permissions import Right
from kompetanse.domains.plans.rules.versions import difference
from kompetanse.domains.plans.types.versions import (
    ProposalKind,
    ProposalRow,
    RevisionStage,
    VersionRow,
    VersionsPage,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from . import frozen
from .measures import in_written_form
from .plans import plan_row


@query
def get_versions(ctx: Context, *, plan_id: int, older: int | None = None, newer: int | None = None) -> VersionsPage:
    """The plan's versions, the last two compared or those named, and the revision where the reader may see it.

    Raises NotFound (also where there is no such version) or Refused.
    """
    plan = access.fetch(ctx, ActionPlan.objects.all(), plan_id, Right.PLAN_READ)
    kept = {row.number: row for row in PlanVersion.objects.filter(plan=plan).order_by("number")}
    numbers = list(kept)
    if len(numbers) > 1:
        newer = newer or numbers[-1]
        older = older or max((it for it in numbers if it < newer), default=numbers[0])
    if not {it for it in (older, newer) if it} <= set(numbers):
        raise NotFound()
    compared = None
    if older and newer:
        compared = difference(kept[older].content["measures"], kept[newer].content["measures"])
    may_draft = bool(access.answer(ctx.actor, Right.PLAN_DRAFT, plan))
    may_adopt = bool(access.answer(ctx.actor, Right.PLAN_ADOPT, plan))
    is_seen = plan.revision == RevisionStage.HEARING or may_draft or may_adopt
    frame = governance.find_frame(ctx, tenant_id=plan.tenant_id, year=plan.year)
    standing = frozen.standing(plan)
    return VersionsPage(
        plan_row(plan, len(standing)),
        tuple(
            VersionRow(
                row.number, row.adopted_at, row.content["case"], row.content["budget_ore"],
                row.content["frame_ore"] or 0, len(row.content["measures"]),
            )
            for row in reversed(kept.values())
        ),
        older,
        newer,
        compared,
        _proposals(plan) if is_seen else (),
        difference(standing, frozen.proposed(plan, standing))
        if is_seen and plan.revision != RevisionStage.NONE
        else None,
        frame.limit_ore + plan.exception_ore if frame else None,
        may_draft,
        may_adopt,
    )  # fmt: skip


def _proposals(plan: ActionPlan) -> tuple[ProposalRow, ...]:
    rows = Proposal.objects.filter(plan=plan).select_related("measure").order_by("id")
    return tuple(
        ProposalRow(
            row.id,
            ProposalKind(row.kind),
            row.measure_id,
            in_written_form(row.content["title_nb"], row.content["title_nn"])
            if row.measure is None
            else in_written_form(row.measure.title_nb, row.measure.title_nn),
            row.why,
        )
        for row in rows
    )
