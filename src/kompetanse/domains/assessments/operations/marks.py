"""What is critical, what levels are wanted, and who may rate as an expert."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from kompetanse.domains.assessments.events import (
    CriticalEnded,
    CriticalMarked,
    MandateEnded,
    MandateGiven,
    RangeSet,
)
from kompetanse.domains.assessments.models import CriticalMark, ExpertMandate, WantedRange
from kompetanse.domains.assessments.permissions import Right
from kompetanse.domains.assessments.types import (
    LONGEST_REASON,
    AlreadyCritical,
    Level,
    PeriodIsBackwards,
    RangeIsBackwards,
    ReasonIsMissing,
    UnknownEmployee,
)
from kompetanse.domains.competence import api as competence
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access, locks
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context


@operation
def set_range(ctx: Context, *, tenant_id: int, requirement_id: int, lowest: int, highest: int) -> None:
    """Say which levels are wanted: in a municipality, or for all where the tenant is a region.

    Raises Refused, NotFound, RangeIsBackwards.
    """
    access.require(ctx, Right.RANGE_SET, WantedRange(tenant_id=tenant_id))
    competence.get_requirement(requirement_id=requirement_id)
    if lowest not in list(Level) or highest not in list(Level) or highest < lowest:
        raise RangeIsBackwards()
    WantedRange.objects.update_or_create(
        tenant_id=tenant_id, requirement_id=requirement_id,
        defaults={
            "lowest": lowest, "highest": highest, "for_all": _is_region(tenant_id), "set_by_id": ctx.actor.person_id,
            "set_at": ctx.now,
        },
    )  # fmt: skip
    publish(ctx, RangeSet(tenant_id=tenant_id, requirement_id=requirement_id, lowest=lowest, highest=highest))


@operation
def mark_critical(
    ctx: Context, *, tenant_id: int, requirement_id: int, reason: str, valid_from: date, valid_to: date | None = None
) -> int:
    """Mark a requirement as critical, with the reason, from a day and perhaps to a day (which is in). Gives the id.

    Raises Refused, NotFound, ReasonIsMissing, PeriodIsBackwards, AlreadyCritical.
    """
    row = CriticalMark(
        tenant_id=tenant_id, requirement_id=requirement_id, reason=reason.strip()[:LONGEST_REASON],
        valid_from=valid_from, valid_to=valid_to, for_all=_is_region(tenant_id), marked_by_id=ctx.actor.person_id,
        marked_at=ctx.now,
    )  # fmt: skip
    access.require(ctx, Right.CRITICAL_MARK, row)
    competence.get_requirement(requirement_id=requirement_id)
    if not row.reason:
        raise ReasonIsMissing()
    if valid_to is not None and valid_to < valid_from:
        raise PeriodIsBackwards()
    locks.hold("critical", tenant_id, requirement_id)
    overlaps = Q(valid_to=None) | Q(valid_to__gte=valid_from)
    if valid_to is not None:
        overlaps &= Q(valid_from__lte=valid_to)
    if CriticalMark.objects.filter(overlaps, tenant_id=tenant_id, requirement_id=requirement_id).exists():
        raise AlreadyCritical()
    row.save(force_insert=True)
    publish(ctx, CriticalMarked(tenant_id=tenant_id, mark_id=row.pk, requirement_id=requirement_id))
    return int(row.pk)


@operation
def end_critical(ctx: Context, *, mark_id: int) -> None:
    """The requirement is no longer critical after today. Raises NotFound or Refused."""
    row = access.fetch(ctx, CriticalMark.objects.all(), mark_id, Right.CRITICAL_MARK, lock=True)
    row.valid_to = max(ctx.today, row.valid_from)
    row.save(update_fields=["valid_to"])
    publish(ctx, CriticalEnded(tenant_id=row.tenant_id, mark_id=row.pk))


@operation
def give_mandate(
    ctx: Context, *, tenant_id: int, requirement_id: int, employee_number: str, valid_to: date | None = None
) -> int:
    """Let an employee of the municipality rate a requirement as an expert, from today. Gives the mandate's id.

    Told again, the standing mandate is given back. Raises Refused, NotFound, UnknownEmployee, PeriodIsBackwards.
    """
    row = ExpertMandate(tenant_id=tenant_id, requirement_id=requirement_id, valid_from=ctx.today, valid_to=valid_to)
    access.require(ctx, Right.MANDATE_GIVE, row)
    competence.get_requirement(requirement_id=requirement_id)
    expert_id = organisation.list_employees_by_number(ctx, tenant_id=tenant_id).get(employee_number.strip())
    if expert_id is None:
        raise UnknownEmployee(number=employee_number.strip())
    if valid_to is not None and valid_to < ctx.today:
        raise PeriodIsBackwards()
    locks.hold("mandate", tenant_id, requirement_id, expert_id)
    standing = ExpertMandate.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=ctx.today), tenant_id=tenant_id, requirement_id=requirement_id,
        expert_id=expert_id,
    ).first()  # fmt: skip
    if standing is not None:
        return int(standing.pk)
    row.expert_id, row.given_by_id, row.given_at = expert_id, ctx.actor.person_id, ctx.now
    row.save(force_insert=True)
    publish(ctx, MandateGiven(tenant_id=tenant_id, mandate_id=row.pk, requirement_id=requirement_id))
    return int(row.pk)


@operation
def end_mandate(ctx: Context, *, mandate_id: int) -> None:
    """The expert's mandate ends today. Raises NotFound or Refused."""
    row = access.fetch(ctx, ExpertMandate.objects.all(), mandate_id, Right.MANDATE_GIVE, lock=True)
    row.valid_to = max(ctx.today, row.valid_from)
    row.save(update_fields=["valid_to"])
    publish(ctx, MandateEnded(tenant_id=row.tenant_id, mandate_id=row.pk))


def _is_region(tenant_id: int) -> bool:
    """What a region decides counts for all its members."""
    return not organisation.list_municipalities(frozenset({tenant_id}))
