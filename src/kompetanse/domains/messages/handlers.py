"""What the messages do when something has happened."""

from __future__ import annotations

from kompetanse.kernel.context import Context

from . import api as messages
from .events import AddressFailed


def tell_of_failing(ctx: Context, event: AddressFailed) -> None:
    """An address takes no mail: whoever can put it right is told."""
    messages.tell_of_failing(ctx, failing_id=event.failing_id)
