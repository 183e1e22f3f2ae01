"""Cases, by what they are and by what is said of them."""

from __future__ import annotations

import re

from kompetanse.domains.governance.models import Case, CaseView
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.types import (
    CaseRow,
    CaseStatus,
    ViewKind,
    ViewRow,
    case_reference,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .words import in_written_form

# Cases as CaseRow has them, latest first; a filter that is NULL narrows nothing.
CASES = """
    SELECT c.id, c.tenant_id, c.body_id, c.number, c.year, c.title, c.status, c.decision_text, c.decided_at,
           c.meeting_id, b.name_nb, b.name_nn, b.kind, c.presenter, c.proposal, c.union_view, c.dissent,
           c.withdrawn_why, c.agenda_position, m.held_on, c.version,
           c.legal_ground
      FROM governance_case c JOIN allowed ON allowed.id = c.id
      JOIN organisation_body b ON b.tenant_id = c.tenant_id AND b.id = c.body_id
      LEFT JOIN governance_meeting m ON m.tenant_id = c.tenant_id AND m.id = c.meeting_id
     WHERE c.status = coalesce(%s, c.status) AND b.kind = ANY(coalesce(%s::text[], ARRAY[b.kind::text]))
     ORDER BY c.year DESC, c.number DESC, c.id DESC
"""
REFERENCE = re.compile(r"^\s*(?:sak\s*)?(\d{1,6})\s*/\s*(?:20)?(\d{2})\s*$", re.IGNORECASE)


def case_row(case: Case) -> CaseRow:
    return CaseRow(
        id=case.id,
        tenant_id=case.tenant_id,
        body_id=case.body_id,
        reference=case.reference,
        title=case.title,
        status=CaseStatus(case.status),
        decision_text=case.decision_text,
        decided_at=case.decided_at,
        meeting_id=case.meeting_id,
        body_name=in_written_form(case.body.name_nb, case.body.name_nn),
        body_kind=case.body.kind,
        presenter=case.presenter,
        proposal=case.proposal,
        union_view=case.union_view,
        dissent=case.dissent,
        withdrawn_why=case.withdrawn_why,
        agenda_position=case.agenda_position,
        meeting_on=case.meeting.held_on if case.meeting else None,
        version=case.version,
        legal_ground=case.legal_ground,
        draft_decision=case.draft_decision,
        discussion=case.discussion,
    )


@query
def get_case(ctx: Context, *, case_id: int) -> CaseRow:
    """One case. Raises NotFound, or Refused before it stands on an agenda and the reader has no place."""
    cases = Case.objects.select_related("body", "meeting")
    return case_row(access.fetch(ctx, cases, case_id, Right.CASE_READ))


@query
def find_case_by_reference(ctx: Context, reference: str, *, body_id: int | None = None) -> CaseRow | None:
    """The case with this reference, `Sak 012/27`; the latest where several bodies have one."""
    match = REFERENCE.match(reference)
    if match is None:
        return None
    cases = Case.objects.filter(
        access.rows(ctx.actor, Right.CASE_READ), number=int(match[1]), year=2000 + int(match[2])
    )
    if body_id is not None:
        cases = cases.filter(body_id=body_id)
    case = cases.select_related("body", "meeting").order_by("-id").first()
    return case_row(case) if case else None


@query
def list_cases(ctx: Context, *, status: CaseStatus | None = None, body_kinds: tuple[str, ...] = ()) -> list[CaseRow]:
    """Cases in sight, latest first; of one status, or of some kinds of bodies. One query."""
    wanted = status.value if status else None
    found = access.select(ctx, Right.CASE_READ, CASES, wanted, list(body_kinds) or None)
    return [
        CaseRow(
            *(
                *ids,
                case_reference(number, year),
                title,
                CaseStatus(state),
                *told,
                in_written_form(name_nb, name_nn),
                *rest,
            )
        )
        for ids, (number, year, title, state), told, (name_nb, name_nn), rest in (
            (row[:3], row[3:7], row[7:10], row[10:12], row[12:]) for row in found
        )
    ]


def views_of(case: Case) -> list[ViewRow]:
    """What was said of a case, first said first."""
    return [view_row(view) for view in CaseView.objects.filter(case=case).order_by("id")]


def view_row(view: CaseView) -> ViewRow:
    return ViewRow(view.name, view.represents, ViewKind(view.kind), view.text, view.stated_at)
