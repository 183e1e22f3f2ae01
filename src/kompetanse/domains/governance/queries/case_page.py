"""A case with all that is around it."""

from __future__ import annotations

from dataclasses import replace

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.models import Case, Meeting, Minutes
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.types import (
    CasePage,
    CaseStatus,
    MeetingStatus,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .cases import case_row, views_of
from .meetings import meeting_rows, meetings_in_sight


@query
def get_case_page(ctx: Context, *, case_id: int) -> CasePage:
    """A case with what was said about it, and what the reader may do. Raises NotFound or Refused."""
    case = access.fetch(ctx, Case.objects.select_related("body", "meeting"), case_id, Right.CASE_READ)
    is_frozen = case.meeting_id is not None and Minutes.objects.filter(meeting_id=case.meeting_id).exists()
    is_open = case.status == CaseStatus.OPEN
    may_prepare = is_open and bool(access.answer(ctx.actor, Right.CASE_PREPARE, case))
    meetings: list[Meeting] = []
    if may_prepare:
        open_meetings = meetings_in_sight(ctx).filter(body_id=case.body_id, status=MeetingStatus.PLANNED)
        meetings = list(open_meetings.exclude(pk=case.meeting_id).order_by("held_on", "id"))
    row, views = case_row(case), views_of(case)
    return CasePage(
        case=replace(row, union_view=rules.union_view_of(views)) if is_open else row,
        views=tuple(views),
        meetings=tuple(meeting_rows(ctx, meetings)),
        is_frozen=is_frozen,
        may_prepare=may_prepare,
        may_decide=is_open and not is_frozen and bool(access.answer(ctx.actor, Right.CASE_DECIDE, case)),
        may_state_view=is_open and bool(access.answer(ctx.actor, Right.CASE_STATE_VIEW, case)),
    )
