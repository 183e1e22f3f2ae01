"""Dispensations: who works where without what is required, on what ground, and until when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kompetanse.domains.competence.models import Dispensation, RequirementVersion, VersionReply
from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.queries.words import shown
from kompetanse.domains.competence.types.ledger import DispensationRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .register import in_force

_PLACES = ("tenant", "employee", "unit", "requirement")


@query
def list_dispensations(
    ctx: Context,
    *,
    tenant_id: int | None = None,
    employee_id: int | None = None,
    within_days: int | None = None,
    standing: bool = True,
    own: bool = False,
) -> list[DispensationRow]:
    """Those the actor may see, the first to run out first. One query.

    `standing`: only those in force today or to come; `within_days`: only those that run out by then.
    """
    rows = Dispensation.objects.filter(access.rows(ctx.actor, Right.DISPENSATION_READ))
    if tenant_id is not None:
        rows = rows.filter(tenant_id=tenant_id)
    if employee_id is not None:
        rows = rows.filter(employee_id=employee_id)
    if own:
        rows = rows.filter(employee__person_id=ctx.actor.person_id)
    if standing or within_days is not None:
        rows = rows.filter(withdrawn_at=None, valid_to__gte=ctx.today)
    if within_days is not None:
        rows = rows.filter(valid_to__lte=ctx.today + timedelta(days=within_days))
    found = rows.select_related(*_PLACES).order_by("valid_to", "employee__family_name", "pk")
    return [_row(ctx, row) for row in found]


@query
def get_dispensation(ctx: Context, *, dispensation_id: int) -> DispensationRow:
    """One dispensation. Raises NotFound or Refused."""
    rows = Dispensation.objects.select_related(*_PLACES)
    return _row(ctx, access.fetch(ctx, rows, dispensation_id, Right.DISPENSATION_READ))


def most_months(tenant_id: int, requirement_id: int, day: date) -> int | None:
    """How long a dispensation may last by the version that holds in the municipality on the day; None: no limit."""
    here: dict[str, Any] = {"requirement_id": requirement_id, "withdrawn_at": None}
    newest = RequirementVersion.objects.filter(in_force(day), requirement_id=requirement_id).values("valid_from")[:1]
    declined = VersionReply.objects.filter(tenant_id=tenant_id, accepted=False, withdrawn_at=None).values("version_id")
    held = RequirementVersion.objects.filter(**here, valid_from__lte=newest).exclude(pk__in=declined)
    return held.order_by("-valid_from").values_list("dispensation_months", flat=True).first()


def _row(ctx: Context, row: Dispensation) -> DispensationRow:
    may = access.answer(ctx.actor, Right.DISPENSATION_GIVE, row)
    return DispensationRow(
        row.pk, row.tenant_id, row.tenant.name, row.employee_id, row.employee.person_id, row.employee.name,
        row.unit_id, row.unit.name, row.requirement_id, row.requirement.code,
        shown(row.requirement.name_nb, row.requirement.name_nn), row.position_title, row.decided_by,
        row.case_reference, row.why, row.valid_from, row.valid_to, row.recorded_at, row.recorded_by,
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_why, (row.valid_to - ctx.today).days,
        bool(may) and row.withdrawn_at is None,
    )  # fmt: skip
