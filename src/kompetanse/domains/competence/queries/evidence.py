"""One evidence, with every version of it that the ledger has held."""

from __future__ import annotations

from kompetanse.domains.competence.models import Evidence, TextMapping
from kompetanse.domains.competence.permissions import Right, answers_for
from kompetanse.domains.competence.types import EvidencePage, EvidenceSource, EvidenceVersion
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound, Refused

from .register import requirement_row, versions


@query
def get_evidence(ctx: Context, evidence_id: int) -> EvidencePage:
    """An evidence in the version asked for, with its history. Raises NotFound or Refused."""
    row = Evidence.objects.select_related("requirement", "employee").filter(pk=evidence_id).order_by().first()
    if row is None:
        raise NotFound()
    verdict = access.answer(ctx.actor, Right.EVIDENCE_READ, row)
    staff = organisation.list_staff(ctx, employee_id=row.employee_id)
    if not verdict and not staff:
        raise Refused(why=verdict.why)
    may = any(answers_for(ctx.actor, post) for post in staff) or bool(
        access.answer(ctx.actor, Right.EVIDENCE_RECORD, row)
    )
    own = not ctx.actor.is_system and row.employee.person_id == ctx.actor.person_id
    mapping = None
    if row.requirement is None and row.source == EvidenceSource.IMPORT:
        mapping = (
            TextMapping.objects.select_related("requirement")
            .filter(tenant_id=row.tenant_id, text_key=row.title_key, replaced_at=None)
            .first()
        )
    proves = row.requirement or (mapping.requirement if mapping else None)
    waiting = row.requirement is None and row.source == EvidenceSource.IMPORT and mapping is None
    chain = _versions(row)
    stands = chain[0].id == row.pk and not row.void
    return EvidencePage(
        row.pk, row.tenant_id, row.employee_id, row.employee.person_id, row.employee.name, row.title,
        requirement_row(versions().get(requirement=proves)) if proves else None, row.completed_on, row.valid_to,
        EvidenceSource(row.source), row.issuer, row.certificate_number, row.reference, row.file, row.row,
        row.recorded_at, row.recorded_by, waiting, stands, chain,
        stands and row.source == EvidenceSource.SELF and not row.verified_by, row.verified_by,
        may and not own and stands,
    )  # fmt: skip


def _versions(row: Evidence) -> tuple[EvidenceVersion, ...]:
    """The chain of corrections this row is part of, newest first."""
    ledger = {one.pk: one for one in Evidence.objects.filter(tenant_id=row.tenant_id, employee_id=row.employee_id)}
    after = {one.corrects_id: one for one in ledger.values() if one.corrects_id}
    newest = row
    while newest.pk in after:
        newest = after[newest.pk]
    chain = []
    one: Evidence | None = newest
    while one is not None:
        chain.append(
            EvidenceVersion(
                one.pk, one.title, one.completed_on, one.valid_to, one.certificate_number, one.recorded_at,
                one.recorded_by, one.why, one.void,
            )
        )  # fmt: skip
        one = ledger.get(one.corrects_id) if one.corrects_id else None
    return tuple(chain)
