"""What can be done: set goals and frames, call meetings, bring up and decide cases, write minutes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time

from django.db import connection
from django.db.models import F, Max

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import SeatKind
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from . import rules
from .events import (
    CaseAdded,
    CaseChanged,
    CaseDecided,
    CasePutOnAgenda,
    CaseWithdrawn,
    FrameSet,
    GoalSet,
    MeetingCalled,
    MinutesWritten,
    PresenceNoted,
    ViewStated,
)
from .models import Case, CaseCounter, CaseView, Frame, Goal, Meeting, Minutes, Presence
from .permissions import Right
from .queries import agenda_of, presence_at, seats_at, views_of
from .types import (
    TITLE_LENGTH,
    CaseHasChanged,
    CaseStatus,
    LimitIsImpossible,
    MeetingHasChanged,
    MeetingIsOfAnotherBody,
    MeetingStatus,
    MinutesAreWritten,
    PeriodIsTurned,
    PresenceIsMissing,
    SeatIsUnknown,
    ViewKind,
    YouHaveNoSeat,
)

MOST_ORE = 10_000_000_000_00


@operation
def set_goal(
    ctx: Context,
    *,
    tenant_id: int,
    title_nb: str,
    decision_reference: str,
    valid_from: date,
    title_nn: str = "",
    valid_to: date | None = None,
    goal_id: int | None = None,
) -> int:
    """Write a council's goal down with the decision it rests on, or correct it. Gives its id.

    Raises NotFound, Refused, TextIsMissing, TextIsTooLong or PeriodIsTurned.
    """
    if goal_id is None:
        goal = access.require(ctx, Right.GOAL_SET, Goal(tenant_id=tenant_id))
    else:
        goal = access.fetch(ctx, Goal.objects.filter(tenant_id=tenant_id), goal_id, Right.GOAL_SET, lock=True)
    if valid_to is not None and valid_to < valid_from:
        raise PeriodIsTurned()
    goal.title_nb = rules.checked_text(title_nb, "Mål", limit=TITLE_LENGTH, required=True)
    goal.title_nn = rules.checked_text(title_nn, "Mål (nynorsk)", limit=TITLE_LENGTH)
    goal.decision_reference = rules.checked_text(decision_reference, "Vedtak", limit=120, required=True)
    goal.valid_from, goal.valid_to = valid_from, valid_to
    goal.save()
    publish(ctx, GoalSet(tenant_id=tenant_id, goal_id=goal.id))
    return goal.id


@operation
def set_frame(ctx: Context, *, tenant_id: int, year: int, limit_ore: int, decision_reference: str) -> int:
    """Set the most that a year's plan may cost, in øre; the newest decision stands. Gives the frame's id."""
    access.require(ctx, Right.FRAME_SET, Frame(tenant_id=tenant_id))
    if not 0 <= limit_ore <= MOST_ORE:
        raise LimitIsImpossible()
    reference = rules.checked_text(decision_reference, "Vedtak", limit=120, required=True)
    frame, _ = Frame.objects.update_or_create(
        tenant_id=tenant_id, year=year,
        defaults={"limit_ore": limit_ore, "decision_reference": reference},
    )  # fmt: skip
    publish(ctx, FrameSet(tenant_id=tenant_id, year=year, limit_ore=limit_ore))
    return int(frame.id)


# --- meetings ------------------------------------------------------------------------------------------


@operation
def call_meeting(
    ctx: Context,
    *,
    body_id: int,
    held_on: date,
    starts_at: time | None = None,
    place: str = "",
    notice: str = "",
) -> int:
    """Call a body together. Gives the meeting's id. Raises NotFound or Refused."""
    body = organisation.get_body(ctx, body_id=body_id)
    access.require(ctx, Right.MEETING_PREPARE, Meeting(tenant_id=body.tenant_id))
    meeting = Meeting.objects.create(
        tenant_id=body.tenant_id,
        body_id=body_id,
        held_on=held_on,
        starts_at=starts_at,
        place=rules.checked_text(place, "Sted", limit=120),
        notice=rules.checked_text(notice, "Innkalling"),
    )
    publish(ctx, MeetingCalled(tenant_id=body.tenant_id, meeting_id=meeting.id, body_id=body_id, held_on=held_on))
    return int(meeting.id)


def _open_meeting(ctx: Context, meeting_id: int, right: str = Right.MEETING_PREPARE) -> Meeting:
    """The meeting, locked, while its minutes are unwritten. Raises NotFound, Refused or MinutesAreWritten."""
    meetings = Meeting.objects.select_related("body")
    meeting: Meeting = access.fetch(ctx, meetings, meeting_id, right, lock=True)
    if Minutes.objects.filter(meeting=meeting).exists():
        raise MinutesAreWritten()
    return meeting


@operation
def note_presence(ctx: Context, *, meeting_id: int, present: Collection[int], version: int | None = None) -> None:
    """Note which seats were filled; the body's other seats were not. May be noted again until the minutes.

    `version` is the meeting's as the writer saw it. Raises NotFound, Refused, MinutesAreWritten,
    MeetingHasChanged or SeatIsUnknown.
    """
    meeting = _open_meeting(ctx, meeting_id)
    if version is not None and version != meeting.version:
        raise MeetingHasChanged()
    seats = {seat.id for seat in seats_at(ctx, meeting)}
    if not set(present) <= seats:
        raise SeatIsUnknown()
    Presence.objects.filter(meeting=meeting).delete()
    Presence.objects.bulk_create(
        Presence(tenant_id=meeting.tenant_id, meeting=meeting, seat_id=seat, is_present=seat in present)
        for seat in sorted(seats)
    )
    Meeting.objects.filter(pk=meeting.pk).update(version=F("version") + 1)
    publish(
        ctx,
        PresenceNoted(
            tenant_id=meeting.tenant_id, meeting_id=meeting_id, present=len(set(present)),
            absent=len(seats) - len(set(present)),
        ),
    )  # fmt: skip


@operation
def write_minutes(ctx: Context, *, meeting_id: int) -> int:
    """Freeze what happened at the meeting. Gives the id of the minutes; nothing can change them after.

    Raises NotFound, Refused, MinutesAreWritten, MeetingIsNotYet or PresenceIsMissing.
    """
    meeting = _open_meeting(ctx, meeting_id)
    access.require(ctx, Right.MINUTES_WRITE, Minutes(tenant_id=meeting.tenant_id))
    rules.require_come(meeting.held_on, ctx.today)
    presence = presence_at(ctx, meeting)
    if not presence and seats_at(ctx, meeting):
        raise PresenceIsMissing()
    region = organisation.find_region_of(frozenset({meeting.tenant_id}), ctx.today)
    content = rules.minutes_content(
        region=region.name if region else "",
        body_nb=meeting.body.name_nb,
        body_nn=meeting.body.name_nn,
        held_on=meeting.held_on,
        starts_at=f"{meeting.starts_at:%H.%M}" if meeting.starts_at else "",
        place=meeting.place,
        written_by="" if ctx.actor.is_system else ctx.actor.name,
        written_on=ctx.today,
        quorum=meeting.body.quorum,
        presence=presence,
        cases=agenda_of(meeting),
    )
    minutes = Minutes.objects.create(
        tenant_id=meeting.tenant_id, meeting=meeting, content=content,
        written_at=ctx.now, written_by_id=ctx.actor.person_id,
    )  # fmt: skip
    Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.HELD, version=F("version") + 1)
    publish(ctx, MinutesWritten(tenant_id=meeting.tenant_id, meeting_id=meeting_id, minutes_id=minutes.id))
    return int(minutes.id)


# --- cases ---------------------------------------------------------------------------------------------


@operation
def add_case(
    ctx: Context,
    *,
    body_id: int,
    title: str,
    proposal: str = "",
    presenter: str = "",
    meeting_id: int | None = None,
) -> int:
    """Bring up a case; its number is the body's next of the year. On a meeting's agenda at once where named.

    Gives its id. Raises NotFound, Refused, TextIsMissing, TextIsTooLong, and what put_on_agenda raises.
    """
    body = organisation.get_body(ctx, body_id=body_id)
    access.require(ctx, Right.CASE_PREPARE, Case(tenant_id=body.tenant_id, body_id=body_id))
    case = Case(
        tenant_id=body.tenant_id,
        body_id=body_id,
        year=ctx.today.year,
        title=rules.checked_text(title, "Tittel", limit=TITLE_LENGTH, required=True),
        presenter=rules.checked_text(presenter, "Saksbehandler", limit=120),
        proposal=rules.checked_text(proposal, "Forslag til vedtak"),
    )
    meeting = _open_meeting(ctx, meeting_id) if meeting_id is not None else None
    case.number = _draw_number(body.tenant_id, body_id, case.year)
    case.save()
    publish(ctx, CaseAdded(tenant_id=case.tenant_id, case_id=case.id, body_id=body_id, reference=case.reference))
    if meeting is not None:
        _place(ctx, case, meeting)
    return case.id


def _draw_number(tenant_id: int, body_id: int, year: int) -> int:
    """The body's next number. The counter's row is locked until the end: a number that is not used is not drawn."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO {CaseCounter._meta.db_table} AS counter (tenant_id, body_id, year, last)
                VALUES (%s, %s, %s, 1)
                ON CONFLICT (tenant_id, body_id, year) DO UPDATE SET last = counter.last + 1
                RETURNING last""",  # noqa: S608 - the table's own name
            [tenant_id, body_id, year],
        )
        number: int = cursor.fetchone()[0]
    return number


def _case(ctx: Context, case_id: int, right: str, version: int | None = None) -> Case:
    """The case, locked. Raises NotFound, Refused, or CaseHasChanged where somebody saved in between."""
    cases = Case.objects.select_related("body", "meeting")
    case: Case = access.fetch(ctx, cases, case_id, right, lock=True)
    if version is not None and version != case.version:
        raise CaseHasChanged(reference=case.reference)
    return case


def _save(case: Case) -> None:
    case.version += 1
    case.save()


@operation
def change_case(
    ctx: Context, *, case_id: int, version: int, title: str, presenter: str = "", proposal: str = ""
) -> None:
    """Change the papers of an open case. `version` is the case's as the writer saw it.

    Raises NotFound, Refused, CaseHasChanged, CaseIsDecided, CaseIsWithdrawn, TextIsMissing or TextIsTooLong.
    """
    case = _case(ctx, case_id, Right.CASE_PREPARE)
    rules.require_open(case.status, case.reference)
    if version != case.version:
        raise CaseHasChanged(reference=case.reference)
    case.title = rules.checked_text(title, "Tittel", limit=TITLE_LENGTH, required=True)
    case.presenter = rules.checked_text(presenter, "Saksbehandler", limit=120)
    case.proposal = rules.checked_text(proposal, "Forslag til vedtak")
    _save(case)
    publish(ctx, CaseChanged(tenant_id=case.tenant_id, case_id=case_id, version=case.version))


@operation
def put_on_agenda(ctx: Context, *, case_id: int, meeting_id: int) -> int:
    """Put an open case last on a meeting's agenda, or move it there. Gives its place on the agenda.

    Raises NotFound, Refused, CaseIsDecided, CaseIsWithdrawn, MeetingIsOfAnotherBody or MinutesAreWritten.
    """
    meeting = _open_meeting(ctx, meeting_id)
    return _place(ctx, _case(ctx, case_id, Right.CASE_PREPARE), meeting)


def _place(ctx: Context, case: Case, meeting: Meeting) -> int:
    """The meeting is locked, so that two cases cannot take the same place."""
    rules.require_open(case.status, case.reference)
    if case.body_id != meeting.body_id:
        raise MeetingIsOfAnotherBody(body=case.body.name_nb)
    if case.meeting_id == meeting.id:
        return case.agenda_position or 0
    last = Case.objects.filter(meeting=meeting).aggregate(last=Max("agenda_position"))["last"] or 0
    case.meeting, case.agenda_position = meeting, last + 1
    _save(case)
    publish(
        ctx,
        CasePutOnAgenda(
            tenant_id=case.tenant_id, case_id=case.id, meeting_id=meeting.id, position=case.agenda_position
        ),
    )
    return case.agenda_position


@operation
def state_view(ctx: Context, *, case_id: int, text: str) -> int:
    """A seat's holder says what they think of an open case; unions' views follow it into the decision.

    Gives the view's id. Raises NotFound, Refused, CaseIsDecided, CaseIsWithdrawn, TextIsMissing,
    TextIsTooLong or YouHaveNoSeat.
    """
    case = _case(ctx, case_id, Right.CASE_STATE_VIEW)
    rules.require_open(case.status, case.reference)
    said = rules.checked_text(text, "Ditt syn", limit=4000, required=True)
    seats = organisation.list_seats(ctx, body_id=case.body_id)
    seat = next((seat for seat in seats if seat.person_id == ctx.actor.person_id), None)
    if seat is None or ctx.actor.person_id is None:
        raise YouHaveNoSeat(body=case.body.name_nb)
    kind = ViewKind.UNION if seat.kind is SeatKind.UNION else ViewKind.MEMBER
    view = CaseView.objects.create(
        tenant_id=case.tenant_id, case=case, person_id=ctx.actor.person_id, name=seat.name,
        represents=seat.represents, kind=kind, text=said, stated_at=ctx.now,
    )  # fmt: skip
    publish(ctx, ViewStated(tenant_id=case.tenant_id, case_id=case_id, kind=kind))
    return int(view.id)


@operation
def decide_case(
    ctx: Context,
    *,
    case_id: int,
    decision_text: str,
    union_view: str = "",
    dissent: str = "",
    version: int | None = None,
) -> None:
    """Record what a meeting decided. Without `union_view`, what the unions have said is recorded.

    `version` is the case's as the writer saw it. Raises NotFound, Refused, CaseHasChanged, CaseIsDecided,
    CaseIsWithdrawn, CaseIsNotOnAgenda, MeetingIsNotYet, MinutesAreWritten, TextIsMissing or TextIsTooLong.
    """
    # Meetings are locked before their cases, here as on the agenda, so that nobody waits in a ring.
    meeting_id = Case.objects.filter(pk=case_id).values_list("meeting_id", flat=True).first()
    meeting = None
    if meeting_id is not None:
        meeting = access.fetch(ctx, Meeting.objects.select_related("body"), meeting_id, Right.MEETING_READ, lock=True)
    case = _case(ctx, case_id, Right.CASE_DECIDE)
    rules.require_decidable(case.status, case.reference, case.meeting.held_on if case.meeting else None, ctx.today)
    if (version is not None and version != case.version) or meeting is None or case.meeting_id != meeting.id:
        raise CaseHasChanged(reference=case.reference)
    if Minutes.objects.filter(meeting=meeting).exists():
        raise MinutesAreWritten()
    case.decision_text = rules.checked_text(decision_text, "Vedtak", required=True)
    case.union_view = rules.checked_text(union_view, "De tillitsvalgtes syn") or rules.union_view_of(views_of(case))
    case.dissent = rules.checked_text(dissent, "Dissens")
    case.status, case.decided_at = CaseStatus.DECIDED, ctx.now
    _save(case)
    publish(
        ctx,
        CaseDecided(tenant_id=case.tenant_id, case_id=case_id, meeting_id=meeting.id, reference=case.reference),
    )


@operation
def withdraw_case(ctx: Context, *, case_id: int, why: str, version: int | None = None) -> None:
    """Withdraw an open case: it keeps its number and its place, and can never be decided.

    Raises NotFound, Refused, CaseHasChanged, CaseIsDecided, CaseIsWithdrawn, TextIsMissing or TextIsTooLong.
    """
    case = _case(ctx, case_id, Right.CASE_PREPARE, version)
    rules.require_open(case.status, case.reference)
    case.withdrawn_why = rules.checked_text(why, "Begrunnelse", limit=400, required=True)
    case.status = CaseStatus.WITHDRAWN
    _save(case)
    publish(ctx, CaseWithdrawn(tenant_id=case.tenant_id, case_id=case_id))
