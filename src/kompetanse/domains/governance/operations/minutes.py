"""Freezing what happened at a meeting."""

from __future__ import annotations

from django.db.models import F

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.events import (
    MinutesWritten,
)
from kompetanse.domains.governance.models import Meeting, Minutes
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.queries.content import content_of
from kompetanse.domains.governance.queries.meetings import presence_at, seats_at
from kompetanse.domains.governance.types import (
    MeetingStatus,
    PresenceIsMissing,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .agenda import bring_approval, open_meeting


@operation
def write_minutes(ctx: Context, *, meeting_id: int) -> int:
    """Freeze what happened at the meeting. Gives the id of the minutes; nothing can change them after.

    Raises NotFound, Refused, MinutesAreWritten, MeetingIsNotYet or PresenceIsMissing.
    """
    meeting = open_meeting(ctx, meeting_id)
    access.require(ctx, Right.MINUTES_WRITE, Minutes(tenant_id=meeting.tenant_id, meeting=meeting))
    rules.require_come(meeting.held_on, ctx.today)
    presence = presence_at(ctx, meeting)
    if not presence and seats_at(ctx, meeting):
        raise PresenceIsMissing()
    content = {**content_of(ctx, meeting, presence), "written_by": "" if ctx.actor.is_system else ctx.actor.name}
    minutes = Minutes.objects.create(
        tenant_id=meeting.tenant_id, meeting=meeting, content=content,
        written_at=ctx.now, written_by_id=ctx.actor.person_id,
    )  # fmt: skip
    Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.HELD, version=F("version") + 1)
    publish(ctx, MinutesWritten(tenant_id=meeting.tenant_id, meeting_id=meeting_id, minutes_id=minutes.id))
    following = Meeting.objects.filter(
        body_id=meeting.body_id, status=MeetingStatus.PLANNED, held_on__gte=meeting.held_on
    ).exclude(pk=meeting.pk)
    for later in following.select_for_update(of=("self",), no_key=True).order_by("held_on", "id")[:1]:
        bring_approval(ctx, later)
    return int(minutes.id)
