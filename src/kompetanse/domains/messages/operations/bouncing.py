"""When an address takes no mail: nothing is lost, and it is said aloud, so that somebody is told."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.errors import NotFound

from .. import rules
from ..events import AddressFailed
from ..models import FailingAddress, Message
from ..types import BounceIsUnreadable, Channel, MessageState


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


def receive_bounce(*, raw: bytes, now: datetime) -> bool:
    """Take an e-mail that came back, as the mail server gave it. Gives whether an address was found not to work.

    Acts as the system in the one municipality the notice names, and believes only what names a message of ours.
    Raises BounceIsUnreadable.
    """
    found = rules.read_bounce(raw, settings.SECRET_KEY)
    tenants = organisation.list_tenants()
    if found is None or found.tenant_id not in tenants:
        raise BounceIsUnreadable()
    if not found.is_final:
        return False
    ctx = system_context("an e-mail came back", set(tenants[found.tenant_id]), now)
    try:
        return note_bounce(ctx, tenant_id=found.tenant_id, message_id=found.message_id, why=found.why)
    except NotFound as error:  # past its time, and deleted
        raise BounceIsUnreadable() from error
