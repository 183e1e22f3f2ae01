"""What the governance does when something has happened: letters, and a case that is sent to another region."""

from __future__ import annotations

from dataclasses import asdict

from kompetanse.domains.messages import api as messages
from kompetanse.domains.messages.types import PersonalLetter
from kompetanse.kernel.context import Context, system_context

from . import api as governance
from .events import (
    CaseForwarded,
    PollDateChosen,
    PollDropped,
    PollOpened,
    PollReminded,
    TaskGiven,
    TaskReminded,
)


def carry_case(ctx: Context, event: CaseForwarded) -> None:
    """Read where it was sent, written where it comes in: the system acts there with a reason of its own."""
    sent = governance.read_forwarding(ctx, forwarding_id=event.forwarding_id)
    inside = system_context("a case comes in from another region", {event.to_region}, ctx.now)
    governance.receive_case(
        inside, region_id=event.to_region, from_region_id=event.tenant_id, forwarding_number=event.forwarding_id,
        content=sent.content, note=sent.note,
    )  # fmt: skip


def write_letters(
    ctx: Context, event: PollOpened | PollReminded | PollDateChosen | PollDropped | TaskGiven | TaskReminded
) -> None:
    """A body asks when its members can meet, or somebody for something to be done: they are written to."""
    letters = governance.list_letters(ctx, event=event)
    messages.write(ctx, letters=[PersonalLetter(**asdict(letter)) for letter in letters])
