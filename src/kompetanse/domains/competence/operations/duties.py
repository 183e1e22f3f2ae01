"""Tasks and offices beside the post. A row is never altered: an end is the row taken back and one with a last day."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.utils import IntegrityError

from kompetanse.domains.competence.events import DutyEnded, DutyGiven
from kompetanse.domains.competence.models import Duty
from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.queries.duties import list_duty_names
from kompetanse.domains.competence.types.ledger import DutyHasEnded, DutyOverlaps, EndsBeforeStart, UnknownDuty
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.text import comparable

from .places import post_in


@operation
def give_duty(
    ctx: Context, *, employee_id: int, unit_id: int, name: str, valid_from: date, valid_to: date | None = None
) -> int:
    """Write that somebody has a duty in a unit, and give the row's id. What it requires follows on the first day.

    The leader of the unit, HR and the office may. Raises NotFound, Refused, NoPostThere, UnknownDuty,
    EndsBeforeStart or DutyOverlaps.
    """
    post = post_in(ctx, employee_id, unit_id)
    access.require(ctx, Right.DUTY_GIVE, Duty(tenant_id=post.tenant_id, unit_id=unit_id))
    key = comparable(name)
    known = {comparable(one): one for one in list_duty_names(ctx, tenant_id=post.tenant_id)}
    if key not in known:
        raise UnknownDuty(name=name)
    if valid_to is not None and valid_to < valid_from:
        raise EndsBeforeStart()
    row = Duty(
        tenant_id=post.tenant_id, employee_id=employee_id, unit_id=unit_id, name=known[key], key=key,
        valid_from=valid_from, valid_to=valid_to, recorded_at=ctx.now, recorded_by=ctx.actor.name,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise DutyOverlaps(name=post.name) from error
    publish(
        ctx,
        DutyGiven(
            tenant_id=post.tenant_id, duty_id=row.pk, employee_id=employee_id, unit_id=unit_id, name=row.name,
            valid_from=valid_from,
        ),
    )  # fmt: skip
    return row.pk


@operation
def end_duty(ctx: Context, *, duty_id: int, last_day: date) -> int | None:
    """Give a duty its last day; a day before the first one says that it never was. Gives the new row's id, if any.

    Raises NotFound, Refused or DutyHasEnded.
    """
    row = access.fetch(ctx, Duty.objects.all(), duty_id, Right.DUTY_GIVE, lock=True)
    if row.withdrawn_at is not None or (row.valid_to is not None and row.valid_to < ctx.today):
        raise DutyHasEnded()
    row.withdrawn_at = ctx.now
    row.save(update_fields=["withdrawn_at"])
    new = None
    if last_day >= row.valid_from:
        new = Duty(
            tenant_id=row.tenant_id, employee_id=row.employee_id, unit_id=row.unit_id, name=row.name, key=row.key,
            valid_from=row.valid_from, valid_to=last_day, recorded_at=ctx.now, recorded_by=ctx.actor.name,
        )  # fmt: skip
        new.save(force_insert=True)
    publish(
        ctx,
        DutyEnded(
            tenant_id=row.tenant_id, duty_id=row.pk, employee_id=row.employee_id, unit_id=row.unit_id,
            name=row.name, last_day=last_day,
        ),
    )  # fmt: skip
    return new.pk if new else None
