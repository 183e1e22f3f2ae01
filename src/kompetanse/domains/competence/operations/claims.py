"""What people tell of themselves: it waits until somebody who answers for them has seen the proof.

The ledger only grows here, too: a yes is a row that says who has seen it, a no is a row that makes void and says why.
"""

from __future__ import annotations

from datetime import date

from kompetanse.domains.competence.events import EvidenceClaimed, EvidenceDeclined, EvidenceVerified
from kompetanse.domains.competence.models import Evidence
from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.queries.ledger import standing_evidence, told_and_waiting
from kompetanse.domains.competence.queries.register import find_requirement
from kompetanse.domains.competence.types import EvidenceInput, EvidenceSource
from kompetanse.domains.competence.types.ledger import NeedsReason, NotWaiting
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound
from kompetanse.kernel.text_marker import N_

from .checking import check_birth, check_certificate, check_dates, require_may_record
from .ledger import copy_row, new_row, save_correction

CONFIRMED = N_("Bekreftet: beviset er sett.")


@operation
def claim_evidence(
    ctx: Context,
    *,
    employee_id: int,
    requirement_code: str,
    completed_on: date,
    title: str = "",
    issuer: str = "",
    certificate_number: str = "",
    valid_to: date | None = None,
) -> int:
    """Tell of something oneself has completed, in one's own employment, and give the row's id. It does not count yet.

    Raises NotFound, Refused, UnknownRequirement, CertificateIsAnothers, or an error on the dates.
    """
    mine = organisation.access_employee(ctx, employee_id=employee_id)
    access.require(ctx, Right.EVIDENCE_CLAIM, Evidence(tenant_id=mine.tenant_id, employee_id=employee_id))
    requirement = find_requirement(requirement_code)
    check_dates(completed_on, valid_to, ctx.today)
    check_birth(ctx, mine.tenant_id, employee_id, completed_on)
    check_certificate(mine.tenant_id, employee_id, issuer, certificate_number)
    told = EvidenceInput(
        tenant_id=mine.tenant_id, employee_id=employee_id, requirement_code=requirement.code, title=title,
        completed_on=completed_on, source=EvidenceSource.SELF, issuer=issuer, certificate_number=certificate_number,
        valid_to=valid_to,
    )  # fmt: skip
    row = new_row(ctx, told, requirement, None)
    row.save(force_insert=True)
    publish(
        ctx,
        EvidenceClaimed(
            tenant_id=mine.tenant_id,
            evidence_id=row.pk,
            employee_id=employee_id,
            requirement_code=requirement.code,
        ),
    )
    return row.pk


@operation
def verify_claim(ctx: Context, *, evidence_id: int) -> int:
    """Say that one has seen the proof of what a person told: from now on it counts. Gives the new row's id.

    The leader of the person, HR and the office may; nobody for themself. Raises NotFound, Refused, NotWaiting,
    CertificateIsAnothers or EvidenceIsCorrected.
    """
    row = _waiting(ctx, evidence_id)
    check_certificate(row.tenant_id, row.employee_id, row.issuer, row.certificate_number)
    answer = copy_row(row)
    answer.verified_by = ctx.actor.name
    save_correction(ctx, answer, CONFIRMED)
    publish(
        ctx,
        EvidenceVerified(
            tenant_id=row.tenant_id, evidence_id=answer.pk, corrects_id=row.pk, employee_id=row.employee_id
        ),
    )
    return answer.pk


@operation
def decline_claim(ctx: Context, *, evidence_id: int, why: str) -> int:
    """Say that what a person told cannot be confirmed, and why. Gives the id of the row that makes it void.

    Raises NotFound, Refused, NotWaiting, NeedsReason or EvidenceIsCorrected.
    """
    row = _waiting(ctx, evidence_id)
    if not why.strip():
        raise NeedsReason()
    answer = copy_row(row)
    answer.void = True
    save_correction(ctx, answer, why)
    publish(
        ctx,
        EvidenceDeclined(
            tenant_id=row.tenant_id, evidence_id=answer.pk, corrects_id=row.pk, employee_id=row.employee_id
        ),
    )
    return answer.pk


def _waiting(ctx: Context, evidence_id: int) -> Evidence:
    row: Evidence | None = Evidence.objects.filter(pk=evidence_id).first()
    if row is None:
        raise NotFound()
    require_may_record(ctx, row.tenant_id, row.employee_id, EvidenceSource(row.source))
    if not standing_evidence(told_and_waiting(pk=evidence_id)).exists():
        raise NotWaiting()
    return row
