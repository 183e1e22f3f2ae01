"""An evidence's documents and certificates, and whether a certificate stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from kompetanse.domains.competence.models import Certificate, Document, Evidence
from kompetanse.domains.competence.permissions import Right, answers_for
from kompetanse.domains.competence.rules.certificates import read_code, state_of
from kompetanse.domains.competence.types import EvidenceSource, SourceType, Verified
from kompetanse.domains.competence.types.documents import (
    CertificateCheck,
    CertificateRow,
    CertificateState,
    CertificateText,
    DocumentFile,
    DocumentKind,
    DocumentPage,
    DocumentRow,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access, documents
from kompetanse.foundation.operation import query
from kompetanse.foundation.tenancy import reading
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.errors import NotFound

from .evidence import get_evidence
from .ledger import list_standing
from .register import read_register
from .words import source_name

TEMPLATE = Path(__file__).parents[1] / "templates" / "competence" / "certificate.typ"
# What the municipality itself vouches for.
CERTIFIED = (EvidenceSource.COURSE, EvidenceSource.MANAGER)


@query
def get_document_page(ctx: Context, *, evidence_id: int) -> DocumentPage:
    """An evidence with what shows it. Raises NotFound or Refused, as the evidence itself."""
    evidence = get_evidence(ctx, evidence_id)
    versions = [one.id for one in evidence.versions]
    listed = Document.objects.filter(tenant_id=evidence.tenant_id, evidence_id__in=versions)
    row = Evidence.objects.select_related("employee").get(pk=evidence.id)
    mine = may_show(ctx, row)
    return DocumentPage(
        evidence,
        document_rows(listed.defer("content").order_by("-pk")),
        certificate_rows(evidence.tenant_id, evidence.employee_id, versions, ctx.today),
        may_attach=mine and evidence.stands,
        may_certify=mine and evidence.stands and evidence.source in CERTIFIED,
    )


@query
def get_document(ctx: Context, *, document_id: int) -> DocumentFile:
    """A document with its content, for those who may read its evidence. Raises NotFound or Refused."""
    found = Document.objects.filter(pk=document_id).first()
    if found is None:
        raise NotFound()
    evidence = get_evidence(ctx, found.evidence_id)
    (row,) = document_rows([found])
    return DocumentFile(row, found.tenant_id, evidence.employee_id, evidence.person_id, bytes(found.content))


@query
def certificate_pdf(ctx: Context, *, evidence_id: int, address: str, language: str = "nb") -> bytes:
    """The certificate of a version of an evidence, as it was made; `address` is where it can be checked.

    Raises NotFound (also where none has been made) or Refused.
    """
    page = get_document_page(ctx, evidence_id=evidence_id)
    if page.certificate is None:
        raise NotFound()
    return documents.render_pdf(TEMPLATE, _printed(page.certificate, address, language), language=language)


@query
def certificates_zip(
    ctx: Context, *, evidence_ids: Sequence[int], address: Callable[[str], str], languages: Mapping[int, str]
) -> bytes:
    """The certificates of these evidences that the actor may record of, a PDF for each person in one archive.

    `address` says where a code can be checked, `languages` a municipality's written form.
    """
    allowed = access.rows(ctx.actor, Right.EVIDENCE_RECORD)
    may = Evidence.objects.filter(allowed, pk__in=list(evidence_ids)).values("pk")
    made = Certificate.objects.filter(evidence_id__in=may).select_related("evidence").order_by("pk")
    rows = [_newest_row(one, ctx.today) for one in made]
    forms = [languages.get(one.tenant_id, "nb") for one in made]
    printed = [_printed(row, address(row.code), form) for row, form in zip(rows, forms, strict=True)]
    bodies = documents.render_pdfs(TEMPLATE, printed, languages=forms)
    return documents.zipped(
        [(f"{_file_name(row.text.person)} {row.number}.pdf", body) for row, body in zip(rows, bodies, strict=True)]
    )


def _newest_row(one: Certificate, today: date) -> CertificateRow:
    chain = [row.pk for row in lineage(one.evidence)]
    rows = certificate_rows(one.tenant_id, one.employee_id, chain, today)
    return next(row for row in rows if row.id == one.pk)


def _file_name(name: str) -> str:
    return "".join(letter for letter in name if letter.isalnum() or letter in " -").strip()[:60] or "kompetansebevis"


def verify_certificate(code: str, *, now: datetime) -> CertificateCheck:
    """How the certificate with this code stands, for anybody who holds it. Raises NotFound.

    Looks in the one municipality that the code names, and tells what stands on the certificate, not more.
    """
    known = read_code(code)
    if known is None:
        raise NotFound()
    ctx = system_context("somebody checks a certificate", {known[1]}, now)
    with reading(ctx):
        found = Certificate.objects.select_related("evidence").filter(tenant_id=known[1], code=known[0]).first()
        if found is None:
            raise NotFound()
        chain = lineage(found.evidence)
        rows = certificate_rows(found.tenant_id, found.evidence.employee_id, [one.pk for one in chain], ctx.today)
    row = next(one for one in rows if one.id == found.pk)
    text = row.text
    return CertificateCheck(
        row.number, row.state, text.person, text.title, text.completed_on, text.last_day, text.municipality,
        row.replaced_by, row.replaced_code,
    )  # fmt: skip


def may_show(ctx: Context, row: Evidence) -> bool:
    """May the actor put documents to this evidence: the person, who leads them, HR, the office?"""
    is_own = ctx.actor.person_id is not None and row.employee.person_id == ctx.actor.person_id
    if is_own or access.answer(ctx.actor, Right.EVIDENCE_RECORD, row):
        return True
    return any(answers_for(ctx.actor, post) for post in organisation.list_staff(ctx, employee_id=row.employee_id))


def document_rows(found: Iterable[Document] | QuerySet[Document]) -> tuple[DocumentRow, ...]:
    rows = list(found)
    replaced = {row.replaces_id for row in rows}
    return tuple(
        DocumentRow(
            row.pk, row.evidence_id, row.name, DocumentKind(row.kind), row.size, row.sha256, row.added_at,
            row.added_by, row.pk in replaced,
        )
        for row in rows
    )  # fmt: skip


def certificate_rows(
    tenant_id: int, employee_id: int, versions: Iterable[int], today: date
) -> tuple[CertificateRow, ...]:
    """The certificates of the versions of one evidence, newest first, each with how it stands."""
    ledger = Evidence.objects.filter(tenant_id=tenant_id, employee_id=employee_id, pk__in=list(versions))
    chain = {one.pk: one for one in ledger}
    corrected = {one.corrects_id for one in chain.values()}
    newest = next(one for one in chain.values() if one.pk not in corrected)
    made = list(Certificate.objects.filter(tenant_id=tenant_id, evidence_id__in=chain).order_by("-evidence_id"))
    rows = []
    for place, one in enumerate(made):
        text = read_text(one.content)
        state = state_of(
            is_newest=one.evidence_id == newest.pk,
            newest_is_void=newest.void,
            has_ended=text.last_day is not None and text.last_day < today,
        )
        before, after = made[place + 1 : place + 2], made[place - 1 : place] if place else []
        rows.append(
            CertificateRow(
                one.pk, one.evidence_id, one.code, one.made_at, state, text,
                f"KB-{before[0].pk}" if before else "",
                f"KB-{after[0].pk}" if after and state is CertificateState.REPLACED else "",
                after[0].code if after and state is CertificateState.REPLACED else "",
            )
        )  # fmt: skip
    return tuple(rows)


def lineage(row: Evidence) -> list[Evidence]:
    """Every version of the evidence that this row is part of, oldest first."""
    ledger = {one.pk: one for one in Evidence.objects.filter(tenant_id=row.tenant_id, employee_id=row.employee_id)}
    after = {one.corrects_id: one for one in ledger.values() if one.corrects_id}
    first = row
    while first.corrects_id:
        first = ledger[first.corrects_id]
    chain = [first]
    while chain[-1].pk in after:
        chain.append(after[chain[-1].pk])
    return chain


def certificate_text(row: Evidence, today: date) -> CertificateText:
    """What is to stand on the certificate of a standing evidence."""
    register = read_register(today)
    required = register.rows.get(row.requirement_id) if row.requirement_id else None
    named = row.requirement
    return CertificateText(
        person=row.employee.name,
        title=row.title,
        completed_on=row.completed_on,
        last_day=_last_day(row, today),
        requirement_nb=named.name_nb if named else "",
        requirement_nn=(named.name_nn or named.name_nb) if named else "",
        source_type=required.source_type if required else None,
        verified=required.verified if required else None,
        reference=required.reference if required else "",
        issuer=row.issuer,
        # What attendance has written is the municipality's own word, not a person's.
        recorded_by="" if row.source == EvidenceSource.COURSE else row.recorded_by,
        municipality=row.tenant.name,
        evidence=f"BEVIS-{row.pk}",
        course=row.reference if row.source == EvidenceSource.COURSE else "",
    )


def write_text(text: CertificateText) -> dict[str, Any]:
    """As JSON can hold it."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(text).items()}


def read_text(content: dict[str, Any]) -> CertificateText:
    last, source, verified = content["last_day"], content["source_type"], content["verified"]
    return CertificateText(
        **{
            **content,
            "completed_on": date.fromisoformat(content["completed_on"]),
            "last_day": date.fromisoformat(last) if last else None,
            "source_type": SourceType(source) if source else None,
            "verified": Verified(verified) if verified else None,
        }
    )


def _last_day(row: Evidence, today: date) -> date | None:
    """As on the person's own page: the issuer's day and the requirement's interval, whichever comes first."""
    if row.requirement_id is None:
        return row.valid_to
    proofs = [one.proof for one in list_standing(employee_id=row.employee_id) if one.proof]
    rulebook = read_register(today).rulebook(row.tenant_id)
    for one in rulebook.passes(row.requirement_id, proofs):
        if one.proof.evidence_id == row.pk and one.proof.requirement_id == row.requirement_id:
            return one.expires_on
    return row.valid_to


def _printed(row: CertificateRow, address: str, language: str) -> dict[str, Any]:
    text = row.text
    with translation.override("nn" if language == "nn" else "nb"):
        source = source_name(text.source_type, text.verified) if text.source_type and text.verified else ""
    return {
        **write_text(text),
        "number": row.number,
        "code": row.code,
        "address": address,
        "made_on": row.made_at.date().isoformat(),
        "replaces": row.replaces,
        "requirement": text.requirement_nn if language == "nn" else text.requirement_nb,
        "source": source,
        "state": row.state.value,
    }
