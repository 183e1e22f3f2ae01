"""A meeting with what is needed on the table during it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.models import Case, Meeting, Minutes
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.rules.voting import entitled
from kompetanse.domains.governance.types import CaseRow, MeetingPage
from kompetanse.domains.organisation.types import SeatKind, VoteRule
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .following import list_tasks, round_of
from .meetings import cases_of, meeting_rows, presence_of, seats_at, waiting_cases
from .voting import seats_in


@query
def get_meeting(ctx: Context, *, meeting_id: int) -> MeetingPage:
    """A meeting with its agenda and who was there. Raises NotFound."""
    meeting = access.fetch(ctx, Meeting.objects.select_related("body"), meeting_id, Right.MEETING_READ)
    has_minutes = Minutes.objects.filter(meeting=meeting).exists()
    may_prepare = bool(access.answer(ctx.actor, Right.MEETING_PREPARE, meeting)) and not has_minutes
    probe = Case(tenant_id=meeting.tenant_id, body=meeting.body)
    sees_all = bool(access.answer(ctx.actor, Right.CASE_READ_SHIELDED, probe))
    cases = [row if sees_all or not row.legal_ground else _shielded(row) for row in cases_of(meeting)]
    # Seats are read by those with a place beside the body; others see what is noted of them.
    seats = seats_at(ctx, meeting) if sees_all else []
    at_table = seats_in(ctx, meeting, seats)
    voting = entitled(at_table, rule=VoteRule.ONE_EACH, unions_vote=meeting.body.unions_vote)
    return MeetingPage(
        meeting=meeting_rows(ctx, [meeting])[0],
        notice=meeting.notice,
        cases=tuple(cases),
        waiting=tuple(waiting_cases(meeting)) if may_prepare else (),
        presence=tuple(presence_of(ctx, meeting, all_seats=may_prepare)),
        quorum=meeting.body.quorum,
        has_minutes=has_minutes,
        version=meeting.version,
        may_prepare=may_prepare,
        may_decide=bool(access.answer(ctx.actor, Right.CASE_DECIDE, probe)) and not has_minutes,
        may_write_minutes=not has_minutes
        and bool(access.answer(ctx.actor, Right.MINUTES_WRITE, Minutes(tenant_id=meeting.tenant_id, meeting=meeting))),
        papers_due=meeting.papers_due,
        ends_at=meeting.ends_at,
        also_present=meeting.also_present,
        short_notice=meeting.short_notice,
        deputies=tuple((seat.id, seat.name) for seat in seats if seat.kind is SeatKind.DEPUTY),
        voting=len(voting),
        tasks=tuple(list_tasks(ctx, case_ids=tuple(row.id for row in cases), done=True)),
        round=tuple(round_of(ctx, meeting, seats)),
    )


def _shielded(row: CaseRow) -> CaseRow:
    """What everybody may know of a case that is kept from the public."""
    told: dict[str, Any] = {key: text for key, text in rules.SHIELDED.items() if hasattr(row, key)}
    return replace(row, **told)
