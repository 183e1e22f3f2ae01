"""Writing evidence by hand or from a course. The ledger only grows: a correction is a new row."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.utils import IntegrityError

from kompetanse.domains.competence.events import EvidenceCorrected, EvidenceRecorded
from kompetanse.domains.competence.models import Evidence
from kompetanse.domains.competence.permissions import Right, answers_for
from kompetanse.domains.competence.queries.register import find_requirement
from kompetanse.domains.competence.rules.evidence import is_too_old, text_key
from kompetanse.domains.competence.types import (
    EvidenceEndsBeforeItStarts,
    EvidenceInFuture,
    EvidenceInput,
    EvidenceIsCorrected,
    EvidenceTooOld,
    RequirementRow,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound, Refused


@operation
def record_evidence(ctx: Context, evidence: EvidenceInput) -> int:
    """Write that somebody has completed something, and give the row's id.

    The leader of the person, HR and the office may. The same reference for the same person and requirement is
    written once: told again, it gives the row that stands. Raises NotFound, Refused, UnknownRequirement, or
    an error on the dates.
    """
    _require_may_record(ctx, evidence.tenant_id, evidence.employee_id)
    requirement = find_requirement(evidence.requirement_code) if evidence.requirement_code else None
    _check_dates(evidence.completed_on, evidence.valid_to, ctx.today)
    corrects: Evidence | None = None
    if evidence.reference:
        told = _told_before(evidence, requirement)
        if told is not None and not told.void:
            return told.pk
        corrects = told
    row = _new_row(ctx, evidence, requirement, corrects)
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

    `completed_on` None keeps the date; `valid_to` is taken as told. Raises NotFound, Refused,
    EvidenceIsCorrected, or an error on the dates.
    """
    row = Evidence.objects.filter(pk=evidence_id).first()
    if row is None:
        raise NotFound()
    _require_may_record(ctx, row.tenant_id, row.employee_id)
    done = completed_on or row.completed_on
    _check_dates(done, valid_to, ctx.today)
    correction = copy_row(row)
    correction.completed_on, correction.valid_to, correction.void = done, valid_to, void
    correction.why, correction.recorded_at, correction.recorded_by = why[:300], ctx.now, ctx.actor.name
    try:
        with transaction.atomic():
            correction.save(force_insert=True)
    except IntegrityError as error:
        raise EvidenceIsCorrected() from error
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


def _require_may_record(ctx: Context, tenant_id: int, employee_id: int) -> None:
    """Raises NotFound where the person is not in that municipality, Refused where the right is lacking."""
    staff = organisation.list_staff(ctx, right=organisation.Right.POST_OVERSEE, employee_id=employee_id)
    if not staff:
        # Nobody the actor answers for: unknown, refused, or (for HR and the office) somebody who has left.
        gone = organisation.access_employee(ctx, employee_id=employee_id)
        if gone.tenant_id != tenant_id:
            raise NotFound()
    elif staff[0].tenant_id != tenant_id:
        raise NotFound()
    verdict = access.answer(ctx.actor, Right.EVIDENCE_RECORD, Evidence(tenant_id=tenant_id))
    if not verdict and not any(answers_for(ctx.actor, post) for post in staff):
        raise Refused(why=verdict.why)


def _check_dates(completed_on: date, valid_to: date | None, today: date) -> None:
    told = completed_on.strftime("%d.%m.%Y")
    if completed_on > today:
        raise EvidenceInFuture(day=told)
    if is_too_old(completed_on):
        raise EvidenceTooOld(day=told)
    if valid_to is not None and valid_to < completed_on:
        raise EvidenceEndsBeforeItStarts(day=told, end=valid_to.strftime("%d.%m.%Y"))


def _told_before(evidence: EvidenceInput, requirement: RequirementRow | None) -> Evidence | None:
    """The newest version of what this reference has given the person: it stands, or it has been made void."""
    same = Evidence.objects.filter(
        tenant_id=evidence.tenant_id,
        employee_id=evidence.employee_id,
        reference=evidence.reference,
        requirement_id=requirement.id if requirement else None,
    )
    return same.order_by("-pk").first()


def _new_row(
    ctx: Context, evidence: EvidenceInput, requirement: RequirementRow | None, corrects: Evidence | None
) -> Evidence:
    title = evidence.title.strip() or (requirement.name if requirement else "")
    return Evidence(
        tenant_id=evidence.tenant_id,
        employee_id=evidence.employee_id,
        requirement_id=requirement.id if requirement else None,
        title=title[:200],
        title_key=text_key(title),
        issuer=evidence.issuer,
        certificate_number=evidence.certificate_number,
        completed_on=evidence.completed_on,
        valid_to=evidence.valid_to,
        source=evidence.source,
        reference=evidence.reference,
        recorded_at=ctx.now,
        recorded_by=ctx.actor.name,
        corrects_id=corrects.pk if corrects else None,
        why="Registrert på nytt." if corrects else "",
    )
