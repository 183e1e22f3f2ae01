"""Confirming that several people in a unit do something right in their work: one act, one row for each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from kompetanse.domains.competence.events import EvidenceRecorded
from kompetanse.domains.competence.models import Evidence
from kompetanse.domains.competence.queries.ledger import standing_evidence
from kompetanse.domains.competence.queries.practice import get_sign_off
from kompetanse.domains.competence.queries.register import find_requirement
from kompetanse.domains.competence.rules.evidence import is_before_birth
from kompetanse.domains.competence.types import EvidenceInput, EvidenceSource
from kompetanse.domains.competence.types.ledger import EvidenceBeforeBirth, NobodyChosen, NotRequiredThere
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import locks
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import Refused

from .checking import check_dates
from .ledger import new_row


@operation
def sign_off(
    ctx: Context, *, unit_id: int, requirement_id: int, employee_ids: Iterable[int], completed_on: date
) -> int:
    """Confirm the practice of people in a unit on a day, and give how many it was new for.

    The leader of the unit, HR and the office may; nobody for themself. All or none: one person the actor may not
    answer for, or of whom it is not required, and nothing is written. Told again, nothing more is written. Raises
    NotFound, Refused, NobodyChosen, NotRequiredThere, or an error on the date.
    """
    who = sorted(set(employee_ids))
    page = get_sign_off(ctx, unit_id=unit_id, requirement_id=requirement_id)
    required = {row.employee_id: row for row in page.rows}
    if not who:
        raise NobodyChosen()
    for employee_id in who:
        if employee_id not in required:
            # A stranger is not found; somebody of the unit is told why.
            person = organisation.access_employee(ctx, employee_id=employee_id)
            raise NotRequiredThere(requirement=page.requirement_name, name=person.name)
        if required[employee_id].refused:
            raise Refused(why=required[employee_id].refused)
    check_dates(completed_on, None, ctx.today)
    requirement = find_requirement(page.requirement_code)
    born = organisation.list_birth_years(ctx, tenant_id=page.tenant_id)
    if any(is_before_birth(completed_on, born.get(employee_id)) for employee_id in who):
        raise EvidenceBeforeBirth(day=completed_on.strftime("%d.%m.%Y"))
    # Two clicks at the same moment take turns, and the second finds what the first has written.
    locks.hold("competence.practice", unit_id, requirement_id)
    same = Q(
        tenant_id=page.tenant_id, requirement_id=requirement.id, completed_on=completed_on,
        source=EvidenceSource.MANAGER, employee_id__in=who,
    )  # fmt: skip
    done = set(standing_evidence(same).values_list("employee_id", flat=True))
    rows = [
        new_row(
            ctx,
            EvidenceInput(
                tenant_id=page.tenant_id, employee_id=employee_id, requirement_code=requirement.code, title="",
                completed_on=completed_on, source=EvidenceSource.MANAGER,
            ),
            requirement,
            None,
        )
        for employee_id in who
        if employee_id not in done
    ]  # fmt: skip
    Evidence.objects.bulk_create(rows)
    for row in rows:
        publish(
            ctx,
            EvidenceRecorded(
                tenant_id=row.tenant_id,
                evidence_id=row.pk,
                employee_id=row.employee_id,
                requirement_code=requirement.code,
                completed_on=completed_on,
                source=EvidenceSource.MANAGER.value,
                reference="",
            ),
        )
    return len(rows)
