"""What a case is read with: enclosures, and cases before it. And what is written in it during the meeting."""

from __future__ import annotations

import hashlib

from django.db.models import Max

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.events import (
    CaseDocumentAnnounced,
    CaseDocumentAttached,
    CaseWritten,
    EarlierNamed,
)
from kompetanse.domains.governance.models import Case, CaseDocument, EarlierTreatment, Minutes
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.queries.cases import find_case_by_reference
from kompetanse.domains.governance.rules.writing import mark, merged
from kompetanse.domains.governance.types import TITLE_LENGTH, MinutesAreWritten
from kompetanse.domains.governance.types.procedure import CaseField, DocumentIsThere
from kompetanse.foundation.operation import operation, publish
from kompetanse.foundation.uploads import judge, shown_name
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .agenda import locked_case

FIELDS = {CaseField.DISCUSSION: "Drøfting", CaseField.DRAFT_DECISION: "Utkast til vedtak"}


def _enclosure(ctx: Context, case: Case, title: str, legal_ground: str) -> CaseDocument:
    last = CaseDocument.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    return CaseDocument(
        tenant_id=case.tenant_id, case=case, number=last + 1, added_at=ctx.now, added_by_id=ctx.actor.person_id,
        title=rules.checked_text(title, "Tittel", limit=TITLE_LENGTH, required=True),
        legal_ground=rules.checked_text(legal_ground, "Hjemmel", limit=120),
    )  # fmt: skip


@operation
def announce_document(ctx: Context, *, case_id: int, title: str, legal_ground: str = "") -> int:
    """Name an enclosure that is sent later (*ettersendes*). Gives its id.

    Raises NotFound, Refused, CaseIsDecided, CaseIsWithdrawn, TextIsMissing or TextIsTooLong.
    """
    case = locked_case(ctx, case_id, Right.CASE_PREPARE)
    rules.require_open(case.status, case.reference)
    row = _enclosure(ctx, case, title, legal_ground)
    row.save()
    publish(ctx, CaseDocumentAnnounced(tenant_id=case.tenant_id, case_id=case_id, document_id=row.pk))
    return row.pk


@operation
def attach_case_document(
    ctx: Context,
    *,
    case_id: int,
    name: str,
    content: bytes,
    title: str = "",
    legal_ground: str = "",
    document_id: int | None = None,
) -> int:
    """Put a paper to an open case, or send the one that was announced as `document_id`. Gives its id.

    Raises NotFound, Refused, CaseIsDecided, CaseIsWithdrawn, DocumentIsThere, or a DocumentRefused that says what
    is wrong with the file.
    """
    case = locked_case(ctx, case_id, Right.CASE_PREPARE)
    rules.require_open(case.status, case.reference)
    kind, kept = judge(content)
    digest = hashlib.sha256(kept).hexdigest()
    if CaseDocument.objects.filter(case=case, sha256=digest).exists():
        raise DocumentIsThere()
    called = shown_name(name, kind)
    if document_id is None:
        row = _enclosure(ctx, case, title or called.rsplit(".", 1)[0], legal_ground)
    else:
        found = CaseDocument.objects.filter(pk=document_id, case=case).first()
        if found is None:
            raise NotFound()
        if found.content is not None:
            raise DocumentIsThere()
        row = found
    row.name, row.kind, row.size, row.sha256, row.content = called, kind, len(kept), digest, kept
    row.added_at, row.added_by_id = ctx.now, ctx.actor.person_id
    row.save()
    publish(ctx, CaseDocumentAttached(tenant_id=case.tenant_id, case_id=case_id, document_id=row.pk, sha256=digest))
    return row.pk


@operation
def name_earlier(ctx: Context, *, case_id: int, reference: str, body_id: int | None = None) -> int:
    """Say which case was before this one in the same matter. Gives that case's id. Raises NotFound or Refused."""
    case = locked_case(ctx, case_id, Right.CASE_PREPARE)
    earlier = find_case_by_reference(ctx, reference, body_id=body_id)
    if earlier is None or earlier.id == case_id or earlier.tenant_id != case.tenant_id:
        raise NotFound()
    EarlierTreatment.objects.get_or_create(tenant_id=case.tenant_id, case=case, earlier_id=earlier.id)
    publish(ctx, EarlierNamed(tenant_id=case.tenant_id, case_id=case_id, earlier_id=earlier.id))
    return earlier.id


@operation
def write_in_case(ctx: Context, *, case_id: int, part: CaseField, text: str, seen: str) -> str:
    """Save what was said, or the decision as it takes form. `seen` marks the text the writer started from.

    Gives the mark of what is saved. Raises NotFound, Refused, FieldHasChanged (with both texts),
    MinutesAreWritten, TextIsTooLong, and for the decision CaseIsDecided or CaseIsWithdrawn.
    """
    case = locked_case(ctx, case_id, Right.CASE_PREPARE)
    if case.meeting_id is not None and Minutes.objects.filter(meeting_id=case.meeting_id).exists():
        raise MinutesAreWritten()
    if part is CaseField.DRAFT_DECISION:
        rules.require_open(case.status, case.reference)
    written = rules.checked_text(text, FIELDS[part])
    kept = merged(getattr(case, part.value), seen, written)
    # Only this text: what others write beside it in the same moment is theirs.
    Case.objects.filter(pk=case.pk).update(**{part.value: kept})
    publish(ctx, CaseWritten(tenant_id=case.tenant_id, case_id=case_id, part=part.value))
    return mark(kept)
