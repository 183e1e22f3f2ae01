"""Calling meetings, and who was there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, time

from django.db.models import F

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.events import (
    AgendaOrdered,
    MeetingCalled,
    PresenceNoted,
)
from kompetanse.domains.governance.models import Case, Meeting, Presence
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.queries.meetings import seats_at
from kompetanse.domains.governance.types import (
    MeetingHasChanged,
    SeatIsUnknown,
)
from kompetanse.domains.governance.types.procedure import DeadlineIsAfterMeeting, OrderIsIncomplete
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import SeatKind
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .agenda import bring_approval, open_meeting


@operation
def call_meeting(
    ctx: Context,
    *,
    body_id: int,
    held_on: date,
    starts_at: time | None = None,
    place: str = "",
    notice: str = "",
    papers_due: date | None = None,
    ends_at: time | None = None,
    short_notice: str = "",
) -> int:
    """Call a body together; minutes that await approval become its first case. Gives the meeting's id.

    `short_notice` says why it is called later than the body's rules say.
    Raises NotFound, Refused, TextIsTooLong, DeadlineIsAfterMeeting or NoticeIsShort.
    """
    body = organisation.get_body(ctx, body_id=body_id)
    access.require(ctx, Right.MEETING_PREPARE, Meeting(tenant_id=body.tenant_id, body_id=body_id))
    hurry = rules.checked_text(short_notice, "Hvorfor innkallingen kommer senere", limit=400)
    rules.require_notice(ctx.today, held_on, days=body.notice_days, why=hurry, body=body.name_nb)
    if papers_due is not None and papers_due > held_on:
        raise DeadlineIsAfterMeeting()
    meeting = Meeting.objects.create(
        tenant_id=body.tenant_id,
        body_id=body_id,
        held_on=held_on,
        starts_at=starts_at,
        place=rules.checked_text(place, "Sted", limit=120),
        notice=rules.checked_text(notice, "Innkalling"),
        papers_due=papers_due,
        ends_at=ends_at,
        short_notice=hurry,
    )
    publish(ctx, MeetingCalled(tenant_id=body.tenant_id, meeting_id=meeting.id, body_id=body_id, held_on=held_on))
    bring_approval(ctx, meeting)
    return int(meeting.id)


@operation
def note_presence(
    ctx: Context,
    *,
    meeting_id: int,
    present: Collection[int],
    version: int | None = None,
    deputies: Mapping[int, int] | None = None,
    also_present: str | None = None,
) -> None:
    """Note which seats were filled; the body's other seats were not. May be noted again until the minutes.

    `deputies` says which deputy's seat sat for which absent seat; `also_present` who was there without a seat.
    `version` is the meeting's as the writer saw it. Raises NotFound, Refused, MinutesAreWritten,
    MeetingHasChanged, SeatIsUnknown or DeputyCannotSit.
    """
    meeting = open_meeting(ctx, meeting_id)
    if version is not None and version != meeting.version:
        raise MeetingHasChanged()
    standing = {seat.id: seat for seat in seats_at(ctx, meeting)}
    seats = {pk for pk, seat in standing.items() if seat.kind is not SeatKind.DEPUTY}
    sat_for = dict(deputies or {})
    if not set(present) <= seats or not set(sat_for) <= seats or not set(sat_for.values()) <= set(standing):
        raise SeatIsUnknown()
    rules.require_deputies(sat_for, present, {pk for pk in standing if pk not in seats})
    Presence.objects.filter(meeting=meeting).delete()
    Presence.objects.bulk_create(
        Presence(
            tenant_id=meeting.tenant_id,
            meeting=meeting,
            seat_id=seat,
            is_present=seat in present,
            deputy_id=sat_for.get(seat),
        )
        for seat in sorted(seats)
    )
    told = {} if also_present is None else {"also_present": rules.checked_text(also_present, "Til stede uten plass")}
    Meeting.objects.filter(pk=meeting.pk).update(version=F("version") + 1, **told)
    publish(
        ctx,
        PresenceNoted(
            tenant_id=meeting.tenant_id, meeting_id=meeting_id, present=len(set(present)),
            absent=len(seats) - len(set(present)),
        ),
    )  # fmt: skip


@operation
def order_agenda(ctx: Context, *, meeting_id: int, case_ids: Sequence[int]) -> None:
    """Set the order of a meeting's cases; all of them are named. Raises NotFound, Refused, MinutesAreWritten or
    OrderIsIncomplete.
    """
    meeting = open_meeting(ctx, meeting_id)
    there = set(Case.objects.filter(meeting=meeting).values_list("pk", flat=True))
    if len(case_ids) != len(set(case_ids)) or set(case_ids) != there:
        raise OrderIsIncomplete()
    for position, case_id in enumerate(case_ids, start=1):
        Case.objects.filter(pk=case_id).update(agenda_position=position)
    publish(ctx, AgendaOrdered(tenant_id=meeting.tenant_id, meeting_id=meeting_id))
