"""A revision of an adopted plan: proposals that touch nothing until they are adopted together."""

from __future__ import annotations

from kompetanse.domains.plans import rules
from kompetanse.domains.plans.events import MeasureProposed, ProposalWithdrawn, RevisionOpened, RevisionWithdrawn
from kompetanse.domains.plans.models import ActionPlan, Measure, Proposal
from kompetanse.domains.plans.permissions import Right
from kompetanse.domains.plans.queries import frozen
from kompetanse.domains.plans.types import MeasureInput, MeasureStatus, PlanStatus
from kompetanse.domains.plans.types.versions import (
    NoRevision,
    PlanIsNotAdopted,
    ProposalKind,
    RevisionIsEmpty,
    RevisionIsOpen,
    RevisionStage,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .holding import held_plan
from .measures import fill, link, require_pools


@operation
def open_revision(ctx: Context, *, plan_id: int) -> None:
    """Begin to prepare the next version of an adopted plan. Raises NotFound, Refused, PlanIsNotAdopted, RevisionIsOpen.

    The adopted version stands until the next one is adopted.
    """
    plan = held_plan(ctx, plan_id, Right.PLAN_DRAFT)
    if plan.status != PlanStatus.ADOPTED:
        raise PlanIsNotAdopted(year=plan.year)
    if plan.revision != RevisionStage.NONE:
        raise RevisionIsOpen(year=plan.year)
    plan.revision = RevisionStage.DRAFT
    plan.save(update_fields=["revision"])
    publish(ctx, RevisionOpened(tenant_id=plan.tenant_id, plan_id=plan_id))


@operation
def withdraw_revision(ctx: Context, *, plan_id: int) -> None:
    """Give the revision up; the adopted plan stands as it was. Raises NotFound, Refused or NoRevision."""
    plan = _revised(ctx, plan_id)
    Proposal.objects.filter(plan=plan).delete()
    plan.revision = RevisionStage.NONE
    plan.save(update_fields=["revision"])
    publish(ctx, RevisionWithdrawn(tenant_id=plan.tenant_id, plan_id=plan_id))


@operation
def propose_measure(ctx: Context, wanted: MeasureInput, *, measure_id: int | None = None, why: str = "") -> int:
    """Propose a new measure, or another content for one that is not over. Gives the proposal's id.

    Proposed again it stands instead. Raises NotFound, Refused, NoRevision, MeasureIsOver, and as add_measure.
    """
    plan = _revised(ctx, wanted.plan_id)
    measure = _measure(plan, measure_id) if measure_id is not None else None
    held = frozen.pools_of(measure) if measure else set()
    fill(ctx, Measure(tenant_id=plan.tenant_id, plan=plan), wanted)  # refuses what could not be carried out
    require_pools(ctx, plan.tenant_id, set(wanted.pool_ids) - held)
    kind = ProposalKind.CHANGE if measure else ProposalKind.ADD
    return _propose(ctx, plan, measure, kind, why, frozen.told(wanted))


@operation
def propose_drop(ctx: Context, *, measure_id: int, why: str = "") -> int:
    """Propose that a measure is dropped. Gives the proposal's id.

    Raises NotFound, Refused, NoRevision or MeasureIsOver.
    """
    measure = access.fetch(ctx, Measure.objects.all(), measure_id, Right.MEASURE_CHANGE)
    plan = _revised(ctx, measure.plan_id)
    return _propose(ctx, plan, _measure(plan, measure_id), ProposalKind.DROP, why, {})


@operation
def withdraw_proposal(ctx: Context, *, plan_id: int, proposal_id: int) -> None:
    """Take one proposal out of the revision. Raises NotFound, Refused or NoRevision."""
    plan = _revised(ctx, plan_id)
    if not Proposal.objects.filter(plan=plan, pk=proposal_id).delete()[0]:
        raise NotFound()
    publish(ctx, ProposalWithdrawn(tenant_id=plan.tenant_id, plan_id=plan_id))


def _revised(ctx: Context, plan_id: int) -> ActionPlan:
    plan = held_plan(ctx, plan_id, Right.PLAN_DRAFT)
    if plan.revision == RevisionStage.NONE:
        raise NoRevision(year=plan.year)
    return plan


def _measure(plan: ActionPlan, measure_id: int) -> Measure:
    measure: Measure | None = Measure.objects.filter(plan=plan, pk=measure_id).first()
    if measure is None:
        raise NotFound()
    rules.require_changeable(measure.status, f"TILTAK-{measure_id}")
    return measure


def _propose(
    ctx: Context, plan: ActionPlan, measure: Measure | None, kind: ProposalKind, why: str, content: dict[str, object]
) -> int:
    values = {"kind": kind, "content": content, "why": rules.checked_line(why, limit=400)}
    if measure is None:
        proposal = Proposal.objects.create(tenant_id=plan.tenant_id, plan=plan, **values)
    else:
        proposal, _ = Proposal.objects.update_or_create(
            tenant_id=plan.tenant_id, plan=plan, measure=measure, defaults=values
        )
    publish(ctx, MeasureProposed(tenant_id=plan.tenant_id, plan_id=plan.id))
    return int(proposal.id)


def apply_proposals(ctx: Context, plan: ActionPlan) -> None:
    """Carry the revision out on the plan's rows; the plan is locked. Raises RevisionIsEmpty, and what keeps one."""
    proposals = list(Proposal.objects.filter(plan=plan).order_by("id"))
    if not proposals:
        raise RevisionIsEmpty(year=plan.year)
    for row in proposals:
        if row.measure_id is None:
            measure = Measure(tenant_id=plan.tenant_id, plan=plan)
        else:
            measure = _measure(plan, row.measure_id)
            measure.version += 1
        if row.kind == ProposalKind.DROP:
            measure.status = MeasureStatus.CANCELLED
            measure.save(update_fields=["status", "version"])
            continue
        wanted = frozen.wanted_of(row.content)
        fill(ctx, measure, wanted)
        measure.save()
        link(ctx, measure, wanted.pool_ids)
    Proposal.objects.filter(plan=plan).delete()
