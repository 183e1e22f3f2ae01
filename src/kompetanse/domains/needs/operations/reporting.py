"""A need is told, or taken back."""

from __future__ import annotations

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import RequirementRow, SourceType, UnknownRequirement
from kompetanse.domains.governance import api as governance
from kompetanse.domains.needs.events import NeedReported, NeedWithdrawn
from kompetanse.domains.needs.models import Need
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.rules.causes import read_reason
from kompetanse.domains.needs.rules.reporting import check_people, check_priority, check_text
from kompetanse.domains.needs.types import (
    Cause,
    NeedInput,
    NeedIsWithdrawn,
    NeedStatus,
    RoundAct,
    RoundIsApproved,
    RoundStatus,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .passing import count_again, find_open_round, first_step, lock_round, may_mend, note, take_back
from .placing import leave_pools, place_alone

LAW = frozenset({SourceType.ACT, SourceType.REGULATION})


@operation
def report_need(ctx: Context, told: NeedInput) -> int:
    """Tell of a need for a unit, or for the municipality as a whole. Gives its id.

    Where the municipality has an open round the need goes into it, else straight to the region's pools.
    What is not told is drawn: the kind from the reason, statutory from the requirement. Raises NotFound,
    Refused, NeedHasNoTitle, TextIsTooLong, PeopleOutOfRange, PriorityOutOfRange, UnknownRequirement.
    """
    if told.tenant_id not in ctx.tenants or not organisation.list_municipalities(frozenset({told.tenant_id})):
        raise NotFound()
    if told.unit_id is not None:
        unit = organisation.get_unit(ctx, unit_id=told.unit_id)
        if unit.tenant_id != told.tenant_id:
            raise NotFound()
    access.require(ctx, Right.NEED_REPORT, Need(tenant_id=told.tenant_id, unit_id=told.unit_id))
    requirement = _requirement(told.requirement_code)
    goal = governance.get_goal(ctx, goal_id=told.goal_id) if told.goal_id is not None else None
    reason = check_text("reason", told.reason)
    read = read_reason(reason)
    statutory = told.statutory
    if statutory is None and requirement is not None and requirement.source_type in LAW:
        statutory = True
    cause = told.cause or read.cause
    if cause is Cause.NONE and statutory:
        cause = Cause.LAW
    need = Need(
        tenant_id=told.tenant_id,
        unit_id=told.unit_id,
        title=check_text("title", told.title),
        target_group=check_text("target_group", told.target_group),
        people=check_people(told.people),
        reason=reason,
        cause=cause,
        kind=told.kind or read.kind,
        statutory=statutory,
        goal_id=goal.id if goal else None,
        goal_tenant_id=goal.tenant_id if goal else None,
        requirement_id=requirement.id if requirement else None,
        wanted_time=check_text("wanted_time", told.wanted_time),
        wanted_place=check_text("wanted_place", told.wanted_place),
        priority=check_priority(told.priority),
        regional=told.regional,
        origin=told.origin,
        wanted_form=told.wanted_form,
        own_measures=check_text("own_measures", told.own_measures),
        reported_by=ctx.actor.person_id,
        reported_at=ctx.now,
    )
    standing = find_open_round(told.tenant_id)
    if standing is None:
        need.save()
        place_alone(ctx, need.tenant_id, [need])
    else:
        need.status, need.round, need.step = NeedStatus.IN_ROUND, standing, first_step(ctx, need)
        need.save()
        note(ctx, [need], RoundAct.TOLD)
    publish(
        ctx,
        NeedReported(tenant_id=need.tenant_id, need_id=need.pk, unit_id=need.unit_id, people=need.people),
    )
    return need.pk


def _requirement(code: str) -> RequirementRow | None:
    if not code:
        return None
    for row in competence.list_requirements():
        if row.code == code:
            return row
    raise UnknownRequirement(code=code)


@operation
def withdraw_need(ctx: Context, *, need_id: int, why: str = "") -> None:
    """Take a need back; it leaves its pool and stays readable.

    One that was joined with others is taken out of what they became. Raises NotFound, Refused, NeedIsWithdrawn,
    RoundIsApproved.
    """
    need = access.fetch(ctx, Need.objects.select_related("unit"), need_id, Right.NEED_WITHDRAW)
    if need.round_id is not None:
        lock_round(need.round_id)
    need = access.fetch(ctx, Need.objects.select_related("unit"), need_id, Right.NEED_WITHDRAW, lock=True)
    if need.status == NeedStatus.WITHDRAWN:
        raise NeedIsWithdrawn()
    approved = need.round_id is not None and need.round.status == RoundStatus.APPROVED
    if approved and (need.status == NeedStatus.MERGED or not may_mend(ctx, need.round)):
        raise RoundIsApproved()
    why = check_text("why", why)
    whole = need.merged_into if need.status == NeedStatus.MERGED else None
    if whole is not None and whole.status == NeedStatus.WITHDRAWN:
        raise NeedIsWithdrawn()
    take_back(ctx, [need], why)
    if need.round_id is not None:
        note(ctx, [need], RoundAct.TAKEN_BACK, why)
    if whole is not None:
        count_again(ctx, whole)
    leave_pools(ctx, need.tenant_id, [need.pk])
    publish(ctx, NeedWithdrawn(tenant_id=need.tenant_id, need_id=need.pk, why=need.withdrawn_why))
