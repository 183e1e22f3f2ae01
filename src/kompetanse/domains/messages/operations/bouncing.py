"""When an address takes no mail: nothing is lost, and it is said aloud, so that somebody is told."""

from __future__ import annotations

from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from ..events import AddressFailed
from ..models import FailingAddress, Message
from ..types import Channel, MessageState


@operation
def note_bounce(ctx: Context, *, tenant_id: int, message_id: int, why: str) -> bool:
    """A message came back, at once or later: it is not tried again, and neither is the address.

    HR and the contact person are told what to do, else the office; the person sees it on the page. Told again, nothing
    happens. Gives whether the address was not known to fail. For the system. Raises NotFound.
    """
    access.require_system(ctx)
    messages = Message.objects.filter(tenant_id=tenant_id).select_for_update(no_key=True)
    message: Message | None = messages.filter(pk=message_id).first()
    if message is None:
        raise NotFound()
    if message.channel != Channel.EMAIL or not message.address or message.state == MessageState.KEPT:
        return False
    why = " ".join(why.split())[:300]
    message.state, message.failure, message.sent_at = MessageState.BOUNCED, why, None
    message.save(update_fields=["state", "failure", "sent_at"])
    who = {"tenant_id": tenant_id, "person_id": message.person_id, "address": message.address}
    failing, is_new = FailingAddress.objects.get_or_create(**who, defaults={"why": why, "since": ctx.now})
    if is_new:
        publish(ctx, AddressFailed(tenant_id=tenant_id, person_id=message.person_id, failing_id=failing.pk))
    return is_new
