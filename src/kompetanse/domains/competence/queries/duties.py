"""Duties: who has which task or office where, and which ones the register knows."""

from __future__ import annotations

from django.db.models import Q

from kompetanse.domains.competence.models import Duty, RequirementTarget
from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.rules.targets import TargetKind
from kompetanse.domains.competence.types import PERSONAL_SCOPES
from kompetanse.domains.competence.types.ledger import DutyRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .register import versions


@query
def list_duty_names(ctx: Context, *, tenant_id: int) -> list[str]:
    """The duties that bring requirements with them in a municipality, in the register's words, by name. One query."""
    theirs = Q(requirement__owner=None) | Q(requirement__owner_id=tenant_id)
    held = versions(ctx.today).filter(theirs, scope__in=PERSONAL_SCOPES)
    lines = RequirementTarget.objects.filter(kind=TargetKind.ROLE, version__in=held.values("pk"))
    return sorted(set(lines.values_list("value", flat=True)), key=str.casefold)


@query
def list_duties(
    ctx: Context, *, employee_id: int | None = None, unit_id: int | None = None, own: bool = False
) -> list[DutyRow]:
    """Standing duties and those to come that the actor may see, by name of the duty and the person. One query."""
    rows = Duty.objects.filter(
        access.rows(ctx.actor, Right.DUTY_READ),
        Q(valid_to=None) | Q(valid_to__gte=ctx.today),
        withdrawn_at=None,
    )
    if employee_id is not None:
        rows = rows.filter(employee_id=employee_id)
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id)
    if own:
        rows = rows.filter(employee__person_id=ctx.actor.person_id)
    found = rows.select_related("employee", "unit").order_by("name", "employee__family_name", "pk")
    return [_row(ctx, row) for row in found]


@query
def get_duty(ctx: Context, *, duty_id: int) -> DutyRow:
    """One duty. Raises NotFound or Refused."""
    rows = Duty.objects.select_related("employee", "unit")
    return _row(ctx, access.fetch(ctx, rows, duty_id, Right.DUTY_READ))


def _row(ctx: Context, row: Duty) -> DutyRow:
    may = access.answer(ctx.actor, Right.DUTY_GIVE, row)
    stands = row.withdrawn_at is None and (row.valid_to is None or row.valid_to >= ctx.today)
    return DutyRow(
        row.pk, row.tenant_id, row.employee_id, row.employee.person_id, row.employee.name, row.unit_id,
        row.unit.name, row.name, row.valid_from, row.valid_to, row.recorded_by, bool(may) and stands,
    )  # fmt: skip
