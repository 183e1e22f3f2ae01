"""A case's enclosures, and the cases before it."""

from __future__ import annotations

from collections.abc import Iterable

from kompetanse.domains.governance.models import Case, CaseDocument
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.types import case_reference
from kompetanse.domains.governance.types.procedure import ChainRow, DocumentFile, DocumentRow
from kompetanse.foundation import access, tenancy
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .words import in_written_form

# Every case that leads here, once and by the shortest way, nearest first: sent on from there, or named as earlier.
CHAIN = """
    WITH RECURSIVE before (id, step, path) AS (
        SELECT c.id, 0, ARRAY[c.id] FROM governance_case c WHERE c.id = %s
        UNION ALL
        SELECT e.earlier, b.step + 1, b.path || e.earlier
          FROM before b
          JOIN (SELECT id AS later, sent_from_id AS earlier FROM governance_case WHERE sent_from_id IS NOT NULL
                UNION
                SELECT case_id, earlier_id FROM governance_earliertreatment) e ON e.later = b.id
         WHERE NOT e.earlier = ANY(b.path) AND b.step < 20
    )
    SELECT c.id, c.number, c.year, c.title, o.name_nb, o.name_nn, min(b.step),
           EXISTS (SELECT FROM governance_case n WHERE n.sent_from_id = c.id)
      FROM before b JOIN governance_case c ON c.id = b.id JOIN organisation_body o ON o.id = c.body_id
     WHERE b.step > 0
     GROUP BY c.id, c.number, c.year, c.title, o.name_nb, o.name_nn
     ORDER BY min(b.step), c.id
"""


def chain_of(ctx: Context, case_id: int) -> list[ChainRow]:
    """The cases before this one that the reader may read, nearest first."""
    found = tenancy.select(CHAIN, case_id)
    allowed = Case.objects.filter(access.rows(ctx.actor, Right.CASE_READ), pk__in=[row[0] for row in found])
    seen = set(allowed.values_list("pk", flat=True))
    return [
        ChainRow(key, case_reference(number, year), title, in_written_form(nb, nn), step, sent)
        for key, number, year, title, nb, nn, step, sent in found
        if key in seen
    ]


def documents_of(cases: Iterable[int]) -> dict[int, list[DocumentRow]]:
    """The enclosures of cases, in order."""
    found: dict[int, list[DocumentRow]] = {}
    rows = CaseDocument.objects.filter(case_id__in=list(cases)).defer("content").order_by("number")
    for row in rows:
        found.setdefault(row.case_id, []).append(document_row(row))
    return found


def document_row(row: CaseDocument) -> DocumentRow:
    return DocumentRow(row.pk, row.number, row.title, row.name, row.kind, row.size, row.sha256, row.size > 0,
                       row.legal_ground)  # fmt: skip


@query
def get_case_document(ctx: Context, *, document_id: int) -> DocumentFile:
    """An enclosure that has come, with its content, for those who may read its case; one that is kept from the
    public for those with a place in the region. Raises NotFound or Refused.
    """
    found = CaseDocument.objects.select_related("case", "case__body").filter(pk=document_id).first()
    if found is None or found.content is None:
        raise NotFound()
    access.require(ctx, Right.CASE_READ_SHIELDED if found.legal_ground else Right.CASE_READ, found.case)
    return DocumentFile(document_row(found), bytes(found.content))
