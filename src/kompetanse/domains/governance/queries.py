"""What can be asked of the governance."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import SeatRow
from kompetanse.foundation import access, documents
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from . import rules
from .models import Case, CaseView, Frame, Goal, Meeting, Minutes, Presence
from .permissions import Right
from .types import (
    CasePage,
    CaseRow,
    CaseStatus,
    FrameRow,
    GoalRow,
    GoalsPage,
    MeetingPage,
    MeetingRow,
    MeetingStatus,
    MinutesAreNotWritten,
    MinutesRow,
    PresenceRow,
    ViewKind,
    ViewRow,
    case_reference,
)

MINUTES = Path(__file__).parent / "templates" / "governance" / "minutes.typ"
# What first pages ask is written out. A frame as FrameRow has it.
FRAME = """
    SELECT f.id, f.tenant_id, f.year, f.limit_ore, f.decision_reference
      FROM governance_frame f JOIN allowed ON allowed.id = f.id
     WHERE f.tenant_id = %s AND f.year = %s
"""
HELD_FRAME = f"{FRAME} FOR NO KEY UPDATE OF f"
# Cases as CaseRow has them, latest first; a filter that is NULL narrows nothing.
CASES = """
    SELECT c.id, c.tenant_id, c.body_id, c.number, c.year, c.title, c.status, c.decision_text, c.decided_at,
           c.meeting_id, b.name_nb, b.name_nn, b.kind, c.presenter, c.proposal, c.union_view, c.dissent,
           c.withdrawn_why, c.agenda_position, m.held_on, c.version
      FROM governance_case c JOIN allowed ON allowed.id = c.id
      JOIN organisation_body b ON b.tenant_id = c.tenant_id AND b.id = c.body_id
      LEFT JOIN governance_meeting m ON m.tenant_id = c.tenant_id AND m.id = c.meeting_id
     WHERE c.status = coalesce(%s, c.status) AND b.kind = ANY(coalesce(%s::text[], ARRAY[b.kind::text]))
     ORDER BY c.year DESC, c.number DESC, c.id DESC
"""
REFERENCE = re.compile(r"^\s*(?:sak\s*)?(\d{1,6})\s*/\s*(?:20)?(\d{2})\s*$", re.IGNORECASE)


def in_written_form(nb: str, nn: str) -> str:
    """The reader's form of the two; bokmål where there is no other."""
    return nn if nn and get_language() == "nn" else nb


# --- goals and frames ----------------------------------------------------------------------------------


@query
def list_goals(ctx: Context, *, tenant_id: int | None = None, ended: bool = False) -> list[GoalRow]:
    """Goals in sight, by tenant and id; of one tenant where it is named, and also the `ended` where asked for."""
    goals = Goal.objects.filter(access.rows(ctx.actor, Right.GOAL_READ))
    if not ended:
        goals = goals.filter(Q(valid_to=None) | Q(valid_to__gte=ctx.today))
    if tenant_id is not None:
        goals = goals.filter(tenant_id=tenant_id)
    return [_goal_row(goal) for goal in goals.order_by("tenant_id", "id")]


@query
def get_goal(ctx: Context, *, goal_id: int) -> GoalRow:
    """One goal. Raises NotFound."""
    return _goal_row(access.fetch(ctx, Goal.objects.all(), goal_id, Right.GOAL_READ))


def _goal_row(goal: Goal) -> GoalRow:
    return GoalRow(
        goal.id, goal.tenant_id, in_written_form(goal.title_nb, goal.title_nn), f"MÅL-{goal.id}",
        goal.decision_reference, goal.title_nb, goal.title_nn, goal.valid_from, goal.valid_to,
    )  # fmt: skip


@query
def find_frame(ctx: Context, *, tenant_id: int, year: int, lock: bool = False) -> FrameRow | None:
    """The frame of a tenant for a year, if one is set. `lock` holds it still to the end of the transaction."""
    found = access.select(ctx, Right.FRAME_READ, HELD_FRAME if lock else FRAME, tenant_id, year)
    return FrameRow(*found[0]) if found else None


@query
def list_frames(ctx: Context) -> list[FrameRow]:
    """Every frame in sight, latest year first."""
    frames = Frame.objects.filter(access.rows(ctx.actor, Right.FRAME_READ))
    return [_frame_row(frame) for frame in frames.order_by("-year", "tenant_id")]


def _frame_row(frame: Frame) -> FrameRow:
    return FrameRow(frame.id, frame.tenant_id, frame.year, frame.limit_ore, frame.decision_reference)


@query
def get_goals_page(ctx: Context) -> GoalsPage:
    """Goals and frames, and for whom the reader may set them."""
    names = {row.tenant_id: row.name for row in organisation.list_municipalities(ctx.tenants)}
    region = organisation.find_region_of(ctx.tenants, ctx.today)
    if region is not None:
        names = {region.tenant_id: region.name, **names}
    owners = tuple(
        (tenant_id, name)
        for tenant_id, name in names.items()
        if tenant_id in ctx.tenants and access.answer(ctx.actor, Right.GOAL_SET, Goal(tenant_id=tenant_id))
    )
    return GoalsPage(tuple(list_goals(ctx)), tuple(list_frames(ctx)), owners, names)


# --- meetings ------------------------------------------------------------------------------------------


def _meetings(ctx: Context) -> QuerySet[Meeting]:
    return Meeting.objects.filter(access.rows(ctx.actor, Right.MEETING_READ)).select_related("body")


def _meeting_rows(ctx: Context, meetings: list[Meeting]) -> list[MeetingRow]:
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
    meetings = _meetings(ctx)
    if body_id is not None:
        meetings = meetings.filter(body_id=body_id)
    return _meeting_rows(ctx, list(meetings.order_by("-held_on", "-id")))


@query
def get_meeting(ctx: Context, *, meeting_id: int) -> MeetingPage:
    """A meeting with its agenda and who was there. Raises NotFound."""
    meeting = access.fetch(ctx, Meeting.objects.select_related("body"), meeting_id, Right.MEETING_READ)
    has_minutes = Minutes.objects.filter(meeting=meeting).exists()
    may_prepare = bool(access.answer(ctx.actor, Right.MEETING_PREPARE, meeting)) and not has_minutes
    probe = Case(tenant_id=meeting.tenant_id, body=meeting.body)
    return MeetingPage(
        meeting=_meeting_rows(ctx, [meeting])[0],
        notice=meeting.notice,
        cases=tuple(_cases_of(meeting)),
        waiting=tuple(_waiting_cases(meeting)) if may_prepare else (),
        presence=tuple(_presence_of(ctx, meeting, all_seats=may_prepare)),
        quorum=meeting.body.quorum,
        has_minutes=has_minutes,
        version=meeting.version,
        may_prepare=may_prepare,
        may_decide=bool(access.answer(ctx.actor, Right.CASE_DECIDE, probe)) and not has_minutes,
        may_write_minutes=not has_minutes
        and bool(access.answer(ctx.actor, Right.MINUTES_WRITE, Minutes(tenant_id=meeting.tenant_id))),
    )


def _cases_of(meeting: Meeting) -> list[CaseRow]:
    """The agenda; an open case carries what its unions have said so far."""
    cases = list(Case.objects.filter(meeting=meeting).select_related("body", "meeting").order_by("agenda_position"))
    said: dict[int, list[ViewRow]] = defaultdict(list)
    for view in CaseView.objects.filter(case_id__in=[case.id for case in cases]).order_by("id"):
        said[view.case_id].append(_view_row(view))
    return [
        replace(row, union_view=rules.union_view_of(said[row.id])) if row.status is CaseStatus.OPEN else row
        for row in map(_case_row, cases)
    ]


def _waiting_cases(meeting: Meeting) -> list[CaseRow]:
    cases = Case.objects.filter(body_id=meeting.body_id, status=CaseStatus.OPEN, meeting=None)
    return [_case_row(case) for case in cases.select_related("body", "meeting").order_by("year", "number")]


def _presence_of(ctx: Context, meeting: Meeting, *, all_seats: bool) -> list[PresenceRow]:
    """What is noted; with `all_seats` also the seats that stood on the day and are not noted."""
    noted = Presence.objects.filter(meeting=meeting).select_related("seat").order_by("seat__kind", "seat__name")
    rows = [
        PresenceRow(row.seat_id, row.seat.name, row.seat.represents, row.seat.kind, row.is_present) for row in noted
    ]
    if all_seats:
        known = {row.seat_id for row in rows}
        rows += [
            PresenceRow(seat.id, seat.name, seat.represents, seat.kind, None)
            for seat in seats_at(ctx, meeting)
            if seat.id not in known
        ]
    return rows


def seats_at(ctx: Context, meeting: Meeting) -> list[SeatRow]:
    """The seats of the body that stood on the day of the meeting."""
    that_day = ctx.at(datetime.combine(meeting.held_on, time(12), UTC))
    return organisation.list_seats(that_day, body_id=meeting.body_id)


# --- cases ---------------------------------------------------------------------------------------------


def _case_row(case: Case) -> CaseRow:
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
    )


@query
def get_case(ctx: Context, *, case_id: int) -> CaseRow:
    """One case. Raises NotFound, or Refused before it stands on an agenda and the reader has no place."""
    cases = Case.objects.select_related("body", "meeting")
    return _case_row(access.fetch(ctx, cases, case_id, Right.CASE_READ))


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
    return _case_row(case) if case else None


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


@query
def get_case_page(ctx: Context, *, case_id: int) -> CasePage:
    """A case with what was said about it, and what the reader may do. Raises NotFound or Refused."""
    case = access.fetch(ctx, Case.objects.select_related("body", "meeting"), case_id, Right.CASE_READ)
    is_frozen = case.meeting_id is not None and Minutes.objects.filter(meeting_id=case.meeting_id).exists()
    is_open = case.status == CaseStatus.OPEN
    may_prepare = is_open and bool(access.answer(ctx.actor, Right.CASE_PREPARE, case))
    meetings: list[Meeting] = []
    if may_prepare:
        open_meetings = _meetings(ctx).filter(body_id=case.body_id, status=MeetingStatus.PLANNED)
        meetings = list(open_meetings.exclude(pk=case.meeting_id).order_by("held_on", "id"))
    row, views = _case_row(case), views_of(case)
    return CasePage(
        case=replace(row, union_view=rules.union_view_of(views)) if is_open else row,
        views=tuple(views),
        meetings=tuple(_meeting_rows(ctx, meetings)),
        is_frozen=is_frozen,
        may_prepare=may_prepare,
        may_decide=is_open and not is_frozen and bool(access.answer(ctx.actor, Right.CASE_DECIDE, case)),
        may_state_view=is_open and bool(access.answer(ctx.actor, Right.CASE_STATE_VIEW, case)),
    )


def views_of(case: Case) -> list[ViewRow]:
    """What was said of a case, first said first."""
    return [_view_row(view) for view in CaseView.objects.filter(case=case).order_by("id")]


def _view_row(view: CaseView) -> ViewRow:
    return ViewRow(view.name, view.represents, ViewKind(view.kind), view.text, view.stated_at)


def agenda_of(meeting: Meeting) -> list[CaseRow]:
    """The cases on a meeting's agenda, in order."""
    return _cases_of(meeting)


def presence_at(ctx: Context, meeting: Meeting) -> list[PresenceRow]:
    """What is noted of who was there."""
    return _presence_of(ctx, meeting, all_seats=False)


# --- minutes -------------------------------------------------------------------------------------------


@query
def get_minutes(ctx: Context, *, meeting_id: int) -> MinutesRow:
    """The frozen minutes of a meeting. Raises NotFound, or MinutesAreNotWritten."""
    access.fetch(ctx, Meeting.objects.all(), meeting_id, Right.MEETING_READ)
    minutes = Minutes.objects.filter(access.rows(ctx.actor, Right.MINUTES_READ), meeting_id=meeting_id).first()
    if minutes is None:
        raise MinutesAreNotWritten()
    return MinutesRow(minutes.id, minutes.tenant_id, meeting_id, minutes.content, minutes.written_at)


@query
def minutes_pdf(ctx: Context, *, meeting_id: int, language: str = "nb") -> bytes:
    """The minutes as an accessible PDF in `nb` or `nn`. Raises NotFound, or MinutesAreNotWritten."""
    minutes = get_minutes(ctx, meeting_id=meeting_id)
    return documents.render_pdf(MINUTES, {"kind": "minutes", **minutes.content}, language=language)


@query
def notice_pdf(ctx: Context, *, meeting_id: int, language: str = "nb") -> bytes:
    """The calling letter with agenda and case papers, as they are now, as an accessible PDF. Raises NotFound."""
    meeting = access.fetch(ctx, Meeting.objects.select_related("body"), meeting_id, Right.MEETING_READ)
    region = organisation.find_region_of(frozenset({meeting.tenant_id}), ctx.today)
    content = rules.minutes_content(
        region=region.name if region else "",
        body_nb=meeting.body.name_nb,
        body_nn=meeting.body.name_nn,
        held_on=meeting.held_on,
        starts_at=f"{meeting.starts_at:%H.%M}" if meeting.starts_at else "",
        place=meeting.place,
        written_by="",
        written_on=ctx.today,
        quorum=meeting.body.quorum,
        presence=(),
        cases=_cases_of(meeting),
    )
    data = {"kind": "notice", "notice": meeting.notice, **content}
    return documents.render_pdf(MINUTES, data, language=language)
