"""Calling meetings, and who was there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time

from django.db.models import F

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.events import (
    MeetingCalled,
    PresenceNoted,
)
from kompetanse.domains.governance.models import Meeting, Minutes, Presence
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.queries.meetings import seats_at
from kompetanse.domains.governance.types import (
    MeetingHasChanged,
    MinutesAreWritten,
    SeatIsUnknown,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context


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


def open_meeting(ctx: Context, meeting_id: int, right: str = Right.MEETING_PREPARE) -> Meeting:
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
    meeting = open_meeting(ctx, meeting_id)
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
