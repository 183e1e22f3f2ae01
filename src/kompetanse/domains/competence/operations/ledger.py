"""Writing evidence by hand or from a course. The ledger only grows: a correction is a new row."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.utils import IntegrityError

from kompetanse.domains.competence.events import EvidenceCorrected, EvidenceRecorded
from kompetanse.domains.competence.models import Evidence
from kompetanse.domains.competence.queries.register import find_requirement
from kompetanse.domains.competence.rules.evidence import text_key
from kompetanse.domains.competence.types import EvidenceInput, EvidenceIsCorrected, EvidenceSource, RequirementRow
from kompetanse.domains.competence.types.ledger import NeedsReason
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .checking import check_birth, check_certificate, check_dates, require_may_record


@operation
def record_evidence(ctx: Context, evidence: EvidenceInput) -> int:
    """Write that somebody has completed something, and give the row's id.

    The leader of the person, HR and the office may. The same reference for the same person and requirement is
    written once: told again, it gives the row that stands. Raises NotFound, Refused, UnknownRequirement,
    CertificateIsAnothers, or an error on the dates.
    """
    require_may_record(ctx, evidence.tenant_id, evidence.employee_id, evidence.source)
    requirement = find_requirement(evidence.requirement_code) if evidence.requirement_code else None
    check_dates(evidence.completed_on, evidence.valid_to, ctx.today)
    check_birth(ctx, evidence.tenant_id, evidence.employee_id, evidence.completed_on)
    corrects: Evidence | None = None
    if evidence.reference:
        told = _told_before(evidence, requirement)
        if told is not None and not told.void:
            return told.pk
        corrects = told
    check_certificate(evidence.tenant_id, evidence.employee_id, evidence.issuer, evidence.certificate_number)
    row = new_row(ctx, evidence, requirement, corrects)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # Somebody told of the same attendance in the same moment: theirs stands.
        told = _told_before(evidence, requirement) if evidence.reference else None
        if told is None:
            raise
        return told.pk
    publish(
        ctx,
        EvidenceRecorded(
            tenant_id=evidence.tenant_id,
            evidence_id=row.pk,
            employee_id=evidence.employee_id,
            requirement_code=requirement.code if requirement else None,
            completed_on=evidence.completed_on,
            source=evidence.source.value,
            reference=evidence.reference,
        ),
    )
    return row.pk


@operation
def correct_evidence(
    ctx: Context,
    *,
    evidence_id: int,
    why: str,
    completed_on: date | None = None,
    valid_to: date | None = None,
    void: bool = False,
) -> int:
    """Replace a standing row by one with other dates, or by one that says it never was. Gives the new row's id.

    `completed_on` None keeps the date; `valid_to` is taken as told. What is made void keeps its days. Raises
    NotFound, Refused, NeedsReason, EvidenceIsCorrected, CertificateIsAnothers, or an error on the dates.
    """
    row = Evidence.objects.filter(pk=evidence_id).first()
    if row is None:
        raise NotFound()
    require_may_record(ctx, row.tenant_id, row.employee_id, EvidenceSource(row.source))
    if not why.strip():
        raise NeedsReason()
    done = completed_on or row.completed_on
    if not void:
        check_dates(done, valid_to, ctx.today)
        check_birth(ctx, row.tenant_id, row.employee_id, done)
        check_certificate(row.tenant_id, row.employee_id, row.issuer, row.certificate_number)
    correction = copy_row(row)
    correction.completed_on, correction.void = done, void
    correction.valid_to = row.valid_to if void else valid_to
    save_correction(ctx, correction, why)
    publish(
        ctx,
        EvidenceCorrected(
            tenant_id=row.tenant_id,
            evidence_id=correction.pk,
            corrects_id=row.pk,
            employee_id=row.employee_id,
            void=void,
        ),
    )
    return correction.pk


def copy_row(row: Evidence) -> Evidence:
    """A new row that corrects this one and says the same, until it is told otherwise."""
    values = {f.attname: getattr(row, f.attname) for f in Evidence._meta.concrete_fields if f.name != "id"}
    return Evidence(**{**values, "corrects_id": row.pk})


def save_correction(ctx: Context, correction: Evidence, why: str) -> None:
    """Write a row that replaces another. Raises EvidenceIsCorrected where somebody has come first."""
    correction.why, correction.recorded_at, correction.recorded_by = why.strip()[:300], ctx.now, ctx.actor.name
    try:
        with transaction.atomic():
            correction.save(force_insert=True)
    except IntegrityError as error:
        raise EvidenceIsCorrected() from error


def _told_before(evidence: EvidenceInput, requirement: RequirementRow | None) -> Evidence | None:
    """The newest version of what this reference has given the person: it stands, or it has been made void."""
    same = Evidence.objects.filter(
        tenant_id=evidence.tenant_id,
        employee_id=evidence.employee_id,
        reference=evidence.reference,
        requirement_id=requirement.id if requirement else None,
    )
    return same.order_by("-pk").first()


def new_row(
    ctx: Context, evidence: EvidenceInput, requirement: RequirementRow | None, corrects: Evidence | None
) -> Evidence:
    title = evidence.title.strip() or (requirement.name if requirement else "")
    return Evidence(
        tenant_id=evidence.tenant_id,
        employee_id=evidence.employee_id,
        requirement_id=requirement.id if requirement else None,
        title=title[:200],
        title_key=text_key(title),
        issuer=evidence.issuer.strip(),
        certificate_number=evidence.certificate_number.strip(),
        completed_on=evidence.completed_on,
        valid_to=evidence.valid_to,
        source=evidence.source,
        reference=evidence.reference,
        recorded_at=ctx.now,
        recorded_by=ctx.actor.name,
        corrects_id=corrects.pk if corrects else None,
        why="Registrert på nytt." if corrects else "",
    )
