"""Putting a paper to an evidence, and writing a certificate of it. Neither is ever altered."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.db import transaction
from django.db.utils import IntegrityError

from kompetanse.domains.competence.events import CertificateMade, DocumentAttached
from kompetanse.domains.competence.models import Certificate, Document, Evidence
from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.queries.documents import (
    CERTIFIED,
    certificate_text,
    lineage,
    may_show,
    write_text,
)
from kompetanse.domains.competence.queries.evidence import get_evidence
from kompetanse.domains.competence.rules.certificates import new_code
from kompetanse.domains.competence.types import EvidenceIsCorrected, EvidenceSource
from kompetanse.domains.competence.types.documents import (
    DocumentIsReplaced,
    DocumentIsThere,
    NotForCertificate,
    TooManyDocuments,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.foundation.uploads import judge, shown_name
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound, Refused

MOST = 10  # standing documents of one evidence


@operation
def attach_document(ctx: Context, evidence_id: int, name: str, content: bytes, *, replaces: int | None = None) -> int:
    """Put a document to a standing evidence, perhaps in the place of another, and give its id.

    The person, the leader, HR and the office may. Raises NotFound, Refused, EvidenceIsCorrected, or a
    DocumentRefused that says what is wrong with the file.
    """
    evidence = _standing(ctx, evidence_id)
    kind, kept = judge(content)
    chain = [one.pk for one in lineage(evidence)]
    there = Document.objects.filter(tenant_id=evidence.tenant_id, evidence_id__in=chain)
    if replaces is not None and not there.filter(pk=replaces).exists():
        raise NotFound()
    gone = there.filter(replaces__isnull=False).values("replaces_id")
    if replaces is None and there.exclude(pk__in=gone).count() >= MOST:
        raise TooManyDocuments(limit=MOST)
    digest = hashlib.sha256(kept).hexdigest()
    if there.filter(sha256=digest).exists():
        raise DocumentIsThere()
    row = Document(
        tenant_id=evidence.tenant_id,
        employee_id=evidence.employee_id,
        evidence=evidence,
        replaces_id=replaces,
        name=shown_name(name, kind),
        kind=kind,
        size=len(kept),
        sha256=digest,
        content=kept,
        added_at=ctx.now,
        added_by=ctx.actor.name,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        # Somebody else did the same in the same moment.
        raise (DocumentIsThere() if there.filter(sha256=digest).exists() else DocumentIsReplaced()) from error
    publish(
        ctx,
        DocumentAttached(
            tenant_id=evidence.tenant_id,
            document_id=row.pk,
            evidence_id=evidence.pk,
            replaces_id=replaces,
            kind=kind.value,
            sha256=digest,
        ),
    )
    return row.pk


@operation
def make_certificate(ctx: Context, *, evidence_id: int) -> int:
    """Write the certificate of a standing evidence, once, and give its id; asked again, the one that is there.

    Only of what the municipality vouches for. Raises NotFound, Refused, EvidenceIsCorrected, NotForCertificate.
    """
    evidence = _standing(ctx, evidence_id)
    if EvidenceSource(evidence.source) not in CERTIFIED:
        raise NotForCertificate()
    return _make(ctx, evidence)


@operation
def make_certificates(ctx: Context, *, evidence_ids: Sequence[int]) -> int:
    """Write the certificates of all of these that stand, and that the actor may record. Gives how many are new."""
    access.require_role(ctx, Right.EVIDENCE_RECORD)
    allowed = access.rows(ctx.actor, Right.EVIDENCE_RECORD)
    corrected = Evidence.objects.filter(corrects_id__in=list(evidence_ids)).values("corrects_id")
    made = Certificate.objects.filter(evidence_id__in=list(evidence_ids)).values("evidence_id")
    rows = Evidence.objects.filter(allowed, pk__in=list(evidence_ids), void=False, source__in=list(CERTIFIED))
    wanted = rows.exclude(pk__in=corrected).exclude(pk__in=made).select_related("employee", "requirement", "tenant")
    return len([_make(ctx, row) for row in wanted.order_by("pk")])


@operation
def reissue_certificate(ctx: Context, *, evidence_id: int) -> int | None:
    """An evidence is a correction: where what it corrects has a certificate, it gets one too, which names that one.

    Gives its id; None where there is nothing to reissue. For the system: the correction has been decided already.
    """
    access.require_system(ctx)
    row = Evidence.objects.select_related("employee", "requirement", "tenant").filter(pk=evidence_id).first()
    if row is None or row.void or row.corrects_id is None or EvidenceSource(row.source) not in CERTIFIED:
        return None
    chain = [one.pk for one in lineage(row)]
    if chain[-1] != row.pk or not Certificate.objects.filter(tenant_id=row.tenant_id, evidence_id__in=chain).exists():
        return None
    return _make(ctx, row)


def _make(ctx: Context, evidence: Evidence) -> int:
    made, is_new = Certificate.objects.get_or_create(
        tenant_id=evidence.tenant_id,
        evidence=evidence,
        defaults={
            "employee_id": evidence.employee_id,
            "code": new_code(evidence.tenant_id),
            "content": write_text(certificate_text(evidence, ctx.today)),
            "made_at": ctx.now,
            "made_by": ctx.actor.name,
        },
    )
    if is_new:
        publish(ctx, CertificateMade(tenant_id=evidence.tenant_id, certificate_id=made.pk, evidence_id=evidence.pk))
    return int(made.pk)


def _standing(ctx: Context, evidence_id: int) -> Evidence:
    """The evidence, where the actor may show it and it stands. Raises NotFound, Refused, EvidenceIsCorrected."""
    page = get_evidence(ctx, evidence_id)
    row: Evidence = Evidence.objects.select_related("employee", "requirement", "tenant").get(pk=page.id)
    if not may_show(ctx, row):
        raise Refused(why=access.answer(ctx.actor, Right.EVIDENCE_RECORD, row).why)
    if not page.stands:
        raise EvidenceIsCorrected()
    return row
