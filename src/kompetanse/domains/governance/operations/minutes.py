"""Freezing what happened at a meeting."""

from __future__ import annotations

from django.db.models import F

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.events import (
    MinutesWritten,
)
from kompetanse.domains.governance.models import Meeting, Minutes
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.queries.meetings import cases_of, presence_at, seats_at
from kompetanse.domains.governance.types import (
    MeetingStatus,
    PresenceIsMissing,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .meetings import open_meeting


@operation
def write_minutes(ctx: Context, *, meeting_id: int) -> int:
    """Freeze what happened at the meeting. Gives the id of the minutes; nothing can change them after.

    Raises NotFound, Refused, MinutesAreWritten, MeetingIsNotYet or PresenceIsMissing.
    """
    meeting = open_meeting(ctx, meeting_id)
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
        cases=cases_of(meeting),
    )
    minutes = Minutes.objects.create(
        tenant_id=meeting.tenant_id, meeting=meeting, content=content,
        written_at=ctx.now, written_by_id=ctx.actor.person_id,
    )  # fmt: skip
    Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.HELD, version=F("version") + 1)
    publish(ctx, MinutesWritten(tenant_id=meeting.tenant_id, meeting_id=meeting_id, minutes_id=minutes.id))
    return int(minutes.id)
