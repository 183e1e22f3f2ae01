"""What has been written to people."""

from __future__ import annotations

from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from ..models import Message
from ..permissions import Right
from ..types import (
    MessageRow,
    MessageState,
)

MESSAGES_SHOWN = 200


@query
def list_messages(ctx: Context) -> list[MessageRow]:
    """What has been written to the actor, newest first (the last 200). One query."""
    found = Message.objects.filter(access.rows(ctx.actor, Right.MESSAGE_READ)).order_by("-written_at", "-id")
    rows = found.values_list("id", "subject", "body", "state", "written_at", "address")[:MESSAGES_SHOWN]
    return [MessageRow(pk, subject, body, MessageState(state), at, to) for pk, subject, body, state, at, to in rows]
