"""Giving a dispensation and taking it back. It is never competence: it says on what ground somebody works without."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.utils import IntegrityError

from kompetanse.domains.competence.events import DispensationGiven, DispensationWithdrawn
from kompetanse.domains.competence.models import Dispensation
from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.queries.dispensations import most_months
from kompetanse.domains.competence.queries.kept import statuses_of
from kompetanse.domains.competence.queries.register import find_requirement
from kompetanse.domains.competence.types.ledger import (
    DispensationIsTooLong,
    DispensationIsWithdrawn,
    DispensationOverlaps,
    EndsBeforeStart,
    NeedsReason,
    NotRequiredThere,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import Refused
from kompetanse.kernel.periods import add_months
from kompetanse.kernel.text_marker import N_

from .places import post_in

OWN = N_("Du kan ikke gi deg selv dispensasjon. En annen i HR eller kompetansekontoret må gjøre det.")


@operation
def give_dispensation(
    ctx: Context,
    *,
    employee_id: int,
    unit_id: int,
    requirement_code: str,
    decided_by: str,
    why: str,
    valid_from: date,
    valid_to: date,
    case_reference: str = "",
) -> int:
    """Write that somebody may work in a place without what is required, from a day to a day. Gives the row's id.

    HR and the office may; nobody for themself. Raises NotFound, Refused, NoPostThere, UnknownRequirement, NeedsReason,
    EndsBeforeStart, NotRequiredThere, DispensationIsTooLong or DispensationOverlaps.
    """
    post = post_in(ctx, employee_id, unit_id)
    access.require(ctx, Right.DISPENSATION_GIVE, Dispensation(tenant_id=post.tenant_id, unit_id=unit_id))
    if not ctx.actor.is_system and post.person_id == ctx.actor.person_id:
        raise Refused(why=OWN)
    requirement = find_requirement(requirement_code)
    if not why.strip() or not decided_by.strip():
        raise NeedsReason()
    if valid_to < valid_from:
        raise EndsBeforeStart()
    # On a day that the dispensation holds, as near today as can be.
    day = min(max(valid_from, ctx.today), valid_to)
    required = statuses_of({post.tenant_id}, {employee_id}, day)
    if not any(one.unit_id == unit_id and one.requirement_id == requirement.id for one in required):
        raise NotRequiredThere(requirement=requirement.name, name=post.name)
    _check_length(post.tenant_id, requirement.id, valid_from, valid_to)
    row = Dispensation(
        tenant_id=post.tenant_id, employee_id=employee_id, unit_id=unit_id, requirement_id=requirement.id,
        position_title=post.position_title, decided_by=decided_by.strip()[:160],
        case_reference=case_reference.strip()[:80], why=why.strip()[:300], valid_from=valid_from, valid_to=valid_to,
        recorded_at=ctx.now, recorded_by=ctx.actor.name,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise DispensationOverlaps() from error
    publish(
        ctx,
        DispensationGiven(
            tenant_id=post.tenant_id,
            dispensation_id=row.pk,
            employee_id=employee_id,
            unit_id=unit_id,
            requirement_code=requirement.code,
            valid_from=valid_from,
            valid_to=valid_to,
        ),
    )
    return row.pk


@operation
def withdraw_dispensation(ctx: Context, *, dispensation_id: int, why: str) -> None:
    """Take a dispensation back, and say why. It counts for nothing from this moment; what was known before stands.

    Raises NotFound, Refused, NeedsReason or DispensationIsWithdrawn.
    """
    row = access.fetch(ctx, Dispensation.objects.all(), dispensation_id, Right.DISPENSATION_GIVE, lock=True)
    if row.withdrawn_at is not None:
        raise DispensationIsWithdrawn()
    if not why.strip():
        raise NeedsReason()
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = ctx.now, ctx.actor.name, why.strip()[:300]
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    publish(
        ctx,
        DispensationWithdrawn(
            tenant_id=row.tenant_id,
            dispensation_id=row.pk,
            employee_id=row.employee_id,
            unit_id=row.unit_id,
        ),
    )


def _check_length(tenant_id: int, requirement_id: int, valid_from: date, valid_to: date) -> None:
    months = most_months(tenant_id, requirement_id, valid_from)
    if months is None:
        return
    last = add_months(valid_from, months) - timedelta(days=1)
    if valid_to > last:
        raise DispensationIsTooLong(months=months, last=last.strftime("%d.%m.%Y"))
