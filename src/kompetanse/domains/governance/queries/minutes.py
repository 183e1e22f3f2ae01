"""Minutes and calling letters."""

from __future__ import annotations

from pathlib import Path

from kompetanse.domains.governance.models import Meeting, Minutes
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.types import (
    MinutesAreNotWritten,
    MinutesRow,
)
from kompetanse.foundation import access, documents
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .content import content_of
from .meetings import presence_at

MINUTES = Path(__file__).parents[1] / "templates" / "governance" / "minutes.typ"


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
    data = {"kind": "notice", "notice": meeting.notice, **content_of(ctx, meeting, ())}
    return documents.render_pdf(MINUTES, data, language=language)


@query
def minutes_draft_pdf(ctx: Context, *, meeting_id: int, language: str = "nb") -> bytes:
    """The minutes as they would be written now, for those who may write them. Raises NotFound or Refused."""
    meeting = access.fetch(ctx, Meeting.objects.select_related("body"), meeting_id, Right.MEETING_PREPARE)
    content = content_of(ctx, meeting, presence_at(ctx, meeting))
    data = {"kind": "minutes", **content, "written_by": ctx.actor.name, "draft": True}
    return documents.render_pdf(MINUTES, data, language=language)
