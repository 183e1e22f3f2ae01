"""Meetings with their agenda, and who was there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, time

from django.db.models import Count, Q, QuerySet

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.models import Case, CaseView, Meeting, Presence
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.types import (
    CaseRow,
    CaseStatus,
    MeetingRow,
    MeetingStatus,
    PresenceRow,
    ViewRow,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import SeatKind, SeatRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .cases import case_row, view_row
from .words import in_written_form


def meetings_in_sight(ctx: Context) -> QuerySet[Meeting]:
    return Meeting.objects.filter(access.rows(ctx.actor, Right.MEETING_READ)).select_related("body")


def meeting_rows(ctx: Context, meetings: list[Meeting]) -> list[MeetingRow]:
    counted = (
        Case.objects.filter(meeting_id__in=[meeting.id for meeting in meetings])
        .order_by()
        .values_list("meeting_id")
        .annotate(total=Count("id"), undecided=Count("id", filter=Q(status=CaseStatus.OPEN)))
    )
    cases = {meeting_id: (total, undecided) for meeting_id, total, undecided in counted}
    return [
        MeetingRow(
            row.id, row.tenant_id, row.body_id, in_written_form(row.body.name_nb, row.body.name_nn),
            row.held_on, row.starts_at, row.place, MeetingStatus(row.status), *cases.get(row.id, (0, 0)),
        )
        for row in meetings
    ]  # fmt: skip


@query
def list_meetings(ctx: Context, *, body_id: int | None = None) -> list[MeetingRow]:
    """Meetings in sight, latest first; of one body where it is named."""
    meetings = meetings_in_sight(ctx)
    if body_id is not None:
        meetings = meetings.filter(body_id=body_id)
    return meeting_rows(ctx, list(meetings.order_by("-held_on", "-id")))


def cases_of(meeting: Meeting) -> list[CaseRow]:
    """The agenda; an open case carries what its unions have said so far."""
    cases = list(Case.objects.filter(meeting=meeting).select_related("body", "meeting").order_by("agenda_position"))
    said: dict[int, list[ViewRow]] = defaultdict(list)
    for view in CaseView.objects.filter(case_id__in=[case.id for case in cases]).order_by("id"):
        said[view.case_id].append(view_row(view))
    return [
        replace(row, union_view=rules.union_view_of(said[row.id])) if row.status is CaseStatus.OPEN else row
        for row in map(case_row, cases)
    ]


def waiting_cases(meeting: Meeting) -> list[CaseRow]:
    cases = Case.objects.filter(body_id=meeting.body_id, status=CaseStatus.OPEN, meeting=None)
    return [case_row(case) for case in cases.select_related("body", "meeting").order_by("year", "number")]


def presence_of(ctx: Context, meeting: Meeting, *, all_seats: bool) -> list[PresenceRow]:
    """What is noted; with `all_seats` also the seats that stood on the day and are not noted."""
    noted = (
        Presence.objects.filter(meeting=meeting).select_related("seat", "deputy").order_by("seat__kind", "seat__name")
    )
    rows = [
        PresenceRow(
            row.seat_id,
            row.seat.name,
            row.seat.represents,
            row.seat.kind,
            row.is_present,
            row.deputy_id,
            row.deputy.name if row.deputy else "",
        )
        for row in noted
    ]
    if all_seats:
        known = {row.seat_id for row in rows}
        rows += [
            PresenceRow(seat.id, seat.name, seat.represents, seat.kind, None)
            for seat in seats_at(ctx, meeting)
            if seat.id not in known and seat.kind is not SeatKind.DEPUTY
        ]
    return rows


def seats_at(ctx: Context, meeting: Meeting) -> list[SeatRow]:
    """The seats of the body that stood on the day of the meeting."""
    that_day = ctx.at(datetime.combine(meeting.held_on, time(12), UTC))
    return organisation.list_seats(that_day, body_id=meeting.body_id)


def presence_at(ctx: Context, meeting: Meeting) -> list[PresenceRow]:
    """What is noted of who was there."""
    return presence_of(ctx, meeting, all_seats=False)
