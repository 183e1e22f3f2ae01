"""What the governance does when something has happened: a case that is sent to another region comes in there."""

from __future__ import annotations

from kompetanse.kernel.context import Context, system_context

from . import api as governance
from .events import CaseForwarded


def carry_case(ctx: Context, event: CaseForwarded) -> None:
    """Read where it was sent, written where it comes in: the system acts there with a reason of its own."""
    sent = governance.read_forwarding(ctx, forwarding_id=event.forwarding_id)
    inside = system_context("a case comes in from another region", {event.to_region}, ctx.now)
    governance.receive_case(
        inside, region_id=event.to_region, from_region_id=event.tenant_id, forwarding_number=event.forwarding_id,
        content=sent.content, note=sent.note,
    )  # fmt: skip
