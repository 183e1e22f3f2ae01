"""A plan's way: drafted, heard, adopted; past its frame only by a decision of its own; along to the next year."""

from __future__ import annotations

from django.db.models import Sum

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import CaseRow, CaseStatus
from kompetanse.domains.organisation.types import BodyKind
from kompetanse.domains.plans import rules
from kompetanse.domains.plans.events import (
    ExceptionRecorded,
    PlanAdopted,
    PlanDrafted,
    PlanRolled,
    PlanSentToHearing,
)
from kompetanse.domains.plans.models import ActionPlan, BudgetLine, Measure, MeasurePool, PlanVersion, Proposal
from kompetanse.domains.plans.permissions import Right
from kompetanse.domains.plans.queries import frozen
from kompetanse.domains.plans.rules.versions import is_unfinished
from kompetanse.domains.plans.types import (
    CaseDoesNotAdopt,
    MeasureStatus,
    PlanExists,
    PlanIsAdopted,
    PlanIsEmpty,
    PlanIsNotHeard,
    PlanStatus,
    YearIsImpossible,
)
from kompetanse.domains.plans.types.versions import (
    DecisionIsMissing,
    DecisionIsTheFrames,
    NothingIsUnfinished,
    RevisionIsEmpty,
    RevisionStage,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .holding import budget_of, held_frame, held_plan
from .money import freeze_lines
from .revisions import apply_proposals

ADOPTING = (BodyKind.EXECUTIVE_COMMITTEE, BodyKind.COMPETENCE_FORUM)


@operation
def draft_plan(ctx: Context, *, region_id: int, year: int) -> int:
    """Begin the region's plan for a year. Gives its id. Raises Refused, YearIsImpossible or PlanExists."""
    access.require(ctx, Right.PLAN_DRAFT, ActionPlan(tenant_id=region_id))
    if not 2000 <= year <= 2100:
        raise YearIsImpossible()
    plan, is_new = ActionPlan.objects.get_or_create(tenant_id=region_id, year=year)
    if not is_new:
        raise PlanExists(year=year)
    publish(ctx, PlanDrafted(tenant_id=region_id, plan_id=plan.id, year=year))
    return int(plan.id)


@operation
def send_to_hearing(ctx: Context, *, plan_id: int) -> None:
    """Open a draft, or the revision of an adopted plan, to everybody in the region.

    Raises NotFound, Refused, PlanIsAdopted, PlanIsEmpty or RevisionIsEmpty.
    """
    plan = held_plan(ctx, plan_id, Right.PLAN_DRAFT)
    _require_measures(plan)
    if plan.status == PlanStatus.ADOPTED:
        if plan.revision == RevisionStage.NONE:
            raise PlanIsAdopted(year=plan.year)
        if not Proposal.objects.filter(plan=plan).exists():
            raise RevisionIsEmpty(year=plan.year)
    if PlanStatus.HEARING in (plan.status, plan.revision):
        return
    if plan.status == PlanStatus.ADOPTED:
        plan.revision = RevisionStage.HEARING
    else:
        plan.status = PlanStatus.HEARING
    plan.save(update_fields=["status", "revision"])
    publish(ctx, PlanSentToHearing(tenant_id=plan.tenant_id, plan_id=plan_id))


@operation
def adopt_plan(ctx: Context, *, plan_id: int, case_id: int) -> None:
    """The plan, or its revision, stands from now, by a case that the executive committee or the forum has decided.

    What was adopted is kept as a version that never changes. A revision within what is already adopted may lie over a
    frame that was lowered since. Raises NotFound, Refused, PlanIsAdopted, PlanIsEmpty, PlanIsNotHeard,
    CaseDoesNotAdopt, FrameIsMissing, PlanIsOverFrame, RevisionIsEmpty, or what keeps a proposal from being carried out.
    """
    plan = held_plan(ctx, plan_id, Right.PLAN_ADOPT)
    is_revision = plan.status == PlanStatus.ADOPTED
    if is_revision and plan.revision == RevisionStage.NONE:
        raise PlanIsAdopted(year=plan.year)
    if not is_revision:
        _require_measures(plan)
    if PlanStatus.HEARING not in (plan.status, plan.revision):
        raise PlanIsNotHeard(year=plan.year)
    case = _adopting_case(ctx, plan, case_id)
    if is_revision:
        apply_proposals(ctx, plan)
        _require_measures(plan)
    frame = held_frame(ctx, plan)
    budget = budget_of(plan)
    if not is_revision or budget > plan.budget_ore:
        rules.require_within(budget, frame.limit_ore + plan.exception_ore, plan.year)
        plan.frame_ore = frame.limit_ore
    plan.edition += is_revision
    plan.status, plan.case_id, plan.adopted_at = PlanStatus.ADOPTED, case_id, ctx.now
    plan.budget_ore, plan.revision = budget, RevisionStage.NONE
    plan.save()
    freeze_lines(ctx, plan)
    PlanVersion.objects.create(
        tenant_id=plan.tenant_id, plan=plan, number=plan.edition, case_id=case_id, adopted_at=ctx.now,
        content={
            "measures": frozen.standing(plan),
            "budget_ore": plan.budget_ore,
            "frame_ore": plan.frame_ore,
            "exception_ore": plan.exception_ore,
            "exception_decision": plan.exception_decision,
            "case": case.reference,
        },
    )  # fmt: skip
    publish(
        ctx,
        PlanAdopted(
            tenant_id=plan.tenant_id, plan_id=plan_id, case_id=case_id,
            budget_ore=plan.budget_ore, frame_ore=plan.frame_ore or 0,
        ),
    )  # fmt: skip


def _adopting_case(ctx: Context, plan: ActionPlan, case_id: int) -> CaseRow:
    """The case, decided by a body that adopts plans. What adopted the plan before does not adopt its revision."""
    case = governance.get_case(ctx, case_id=case_id)
    if case.tenant_id != plan.tenant_id:
        raise NotFound()
    if case.status is not CaseStatus.DECIDED or case.body_kind not in ADOPTING or case.id == plan.case_id:
        raise CaseDoesNotAdopt(reference=case.reference)
    return case


def _require_measures(plan: ActionPlan) -> None:
    if not Measure.objects.filter(plan=plan).exclude(status=MeasureStatus.CANCELLED).exists():
        raise PlanIsEmpty(year=plan.year)


@operation
def record_exception(ctx: Context, *, plan_id: int, amount_ore: int, decision_reference: str, why: str = "") -> None:
    """Let the plan pass its frame by an amount, by a decision of its own; none takes the exception away.

    Raises NotFound, Refused, PlanIsAdopted where the plan is adopted and not under revision, FrameIsMissing,
    AmountIsImpossible, DecisionIsMissing, DecisionIsTheFrames or PlanIsOverFrame.
    """
    plan = held_plan(ctx, plan_id, Right.PLAN_ADOPT)
    if plan.status == PlanStatus.ADOPTED and plan.revision == RevisionStage.NONE:
        raise PlanIsAdopted(year=plan.year)
    frame = held_frame(ctx, plan)
    rules.require_sizes(budget_ore=amount_ore)
    decision = rules.checked_line(decision_reference, limit=120)
    if amount_ore and not decision:
        raise DecisionIsMissing()
    if amount_ore and decision.casefold() == frame.decision_reference.casefold():
        raise DecisionIsTheFrames(reference=decision)
    if plan.status == PlanStatus.ADOPTED:
        rules.require_within(plan.budget_ore, (plan.frame_ore or 0) + amount_ore, plan.year)
    plan.exception_ore = amount_ore
    plan.exception_decision = decision if amount_ore else ""
    plan.exception_why = rules.checked_line(why, limit=400) if amount_ore else ""
    plan.save(update_fields=["exception_ore", "exception_decision", "exception_why"])
    publish(ctx, ExceptionRecorded(tenant_id=plan.tenant_id, plan_id=plan_id, amount_ore=amount_ore))


@operation
def roll_plan(ctx: Context, *, plan_id: int) -> int:
    """Take what is unfinished along to next year's plan, which is begun where there is none. Gives its id.

    A measure's budget is what is not spent of it. What was taken along before is not taken again. Raises NotFound,
    Refused, NothingIsUnfinished, YearIsImpossible, or PlanIsAdopted where next year's plan is.
    """
    plan = held_plan(ctx, plan_id, Right.PLAN_DRAFT)
    if plan.year >= 2100:
        raise YearIsImpossible()
    after, is_new = ActionPlan.objects.select_for_update(no_key=True).get_or_create(
        tenant_id=plan.tenant_id, year=plan.year + 1,
        defaults={"sharing_key": plan.sharing_key, "fixed_ore": plan.fixed_ore},
    )  # fmt: skip
    if after.status == PlanStatus.ADOPTED:
        raise PlanIsAdopted(year=after.year)
    taken = Measure.objects.filter(rolled_from__isnull=False).values("rolled_from_id")
    old = [
        measure
        for measure in Measure.objects.filter(plan=plan).exclude(id__in=taken).order_by("id")
        if is_unfinished(MeasureStatus(measure.status))
    ]
    if not old:
        raise NothingIsUnfinished(year=plan.year)
    spent = dict(BudgetLine.objects.filter(measure__in=old).values_list("measure_id").annotate(Sum("spent_ore")))
    new = {before.id: _taken_along(before, after, spent.get(before.id, 0)) for before in old}
    Measure.objects.bulk_create(new.values())
    MeasurePool.objects.bulk_create(
        MeasurePool(tenant_id=plan.tenant_id, measure=new[link.measure_id], pool_id=link.pool_id)
        for link in MeasurePool.objects.filter(measure__in=old)
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(
            tenant_id=plan.tenant_id, measure=new[line.measure_id], municipality_id=line.municipality_id,
            takes_part=line.takes_part, seats=line.seats,
        )
        for line in BudgetLine.objects.filter(measure__in=old)
    )  # fmt: skip
    after.budget_ore = budget_of(after)
    after.save(update_fields=["budget_ore"])
    if is_new:
        publish(ctx, PlanDrafted(tenant_id=plan.tenant_id, plan_id=after.id, year=after.year))
    publish(ctx, PlanRolled(tenant_id=plan.tenant_id, plan_id=after.id, from_plan_id=plan_id, measures=len(new)))
    return int(after.id)


NOT_TAKEN = {"id", "plan_id", "status", "version", "rolled_from_id", "budget_ore", "funding_ore"}


def _taken_along(before: Measure, plan: ActionPlan, spent_ore: int) -> Measure:
    """The same measure in the next plan, with what is left of its money."""
    same = {
        field.attname: getattr(before, field.attname)
        for field in Measure._meta.concrete_fields
        if field.attname not in NOT_TAKEN
    }
    left = max(0, before.budget_ore - spent_ore)
    return Measure(**same, plan=plan, rolled_from=before, budget_ore=left, funding_ore=min(before.funding_ore, left))
