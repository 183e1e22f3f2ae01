"""Putting right what did not arrive: who is told of an address that fails, and sending what came back anew."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import HolderRow, Role
from kompetanse.foundation import access, jobs
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .. import rules
from ..events import AddressTrusted, MessageSentAgain
from ..models import FailingAddress, Message
from ..permissions import Right
from ..queries import contacts
from ..types import Channel, Draft, MessageState, NotStuck
from .sending import send_waiting
from .writing import write_of_kind

NEAR = frozenset({Role.HR, Role.CONTACT_PERSON})
OFFICE = frozenset({Role.COURSE_ADMINISTRATOR})


@operation
def tell_of_failing(ctx: Context, *, failing_id: int) -> int:
    """Tell those who can put an address right: HR and the contact person, else the office. Gives how many.

    For the system. Once, however often it is asked for.
    """
    access.require_system(ctx)
    failing = FailingAddress.objects.filter(pk=failing_id).first()
    if failing is None:  # put right meanwhile
        return 0
    region = organisation.find_region_of(frozenset({failing.tenant_id}), ctx.today)
    region_id = region.tenant_id if region else failing.tenant_id
    people = contacts(ctx, {(failing.tenant_id, failing.person_id)})
    person = people.get((failing.tenant_id, failing.person_id))
    link = settings.PUBLIC_URL.rstrip("/") + reverse("messages.failing_addresses")
    places = {
        "person": person.name if person else failing.address, "address": failing.address, "why": failing.why,
        "link": link,
    }  # fmt: skip
    drafts = [
        Draft(it.tenant_id, it.person_id, it.name, it.email, f"address-{failing.pk}", places)
        for it in _who_can_mend(ctx, failing, region_id)
    ]
    write_of_kind(ctx, kind=rules.ADDRESS_FAILED.key, region_id=region_id, drafts=drafts)
    return len(drafts)


@operation
def trust_address(ctx: Context, *, failing_id: int) -> int:
    """The address is right, and what was wrong is mended: what came back is sent. Gives how many.

    Raises NotFound, Refused.
    """
    failing = access.fetch(ctx, FailingAddress.objects.all(), failing_id, Right.ADDRESS_MEND, lock=True)
    tenant_id, person_id, address = failing.tenant_id, failing.person_id, failing.address
    failing.delete()
    back = Message.objects.filter(
        tenant_id=tenant_id, person_id=person_id, address=address, channel=Channel.EMAIL, state=MessageState.BOUNCED
    )
    count = back.update(state=MessageState.WAITING, attempts=0, next_try_at=None, failure="")
    if count:
        jobs.enqueue(send_waiting, tenant_id=tenant_id)
    publish(ctx, AddressTrusted(tenant_id=tenant_id, person_id=person_id, people=count))
    return count


@operation
def send_again(ctx: Context, *, message_id: int) -> None:
    """Try once more what gave up, or what was being sent at a crash: somebody takes it on them that it may come twice.

    Raises NotFound, Refused, NotStuck.
    """
    message = access.fetch(ctx, Message.objects.all(), message_id, Right.MESSAGE_FOLLOW, lock=True)
    state = MessageState(message.state)
    if state is not MessageState.FAILED and not rules.is_interrupted(state, message.claimed_at, ctx.now):
        raise NotStuck()
    message.state, message.attempts, message.next_try_at, message.failure = MessageState.WAITING, 0, None, ""
    message.save(update_fields=["state", "attempts", "next_try_at", "failure"])
    jobs.enqueue(send_waiting, tenant_id=message.tenant_id)
    publish(ctx, MessageSentAgain(tenant_id=message.tenant_id, message_id=message.pk))


def _who_can_mend(ctx: Context, failing: FailingAddress, region_id: int) -> list[HolderRow]:
    """Those nearest who are not the person: nobody is told in a mail that their mail does not arrive."""
    for tenant_id, roles in ((failing.tenant_id, NEAR), (region_id, OFFICE)):
        holders = organisation.list_role_holders(ctx, tenant_id=tenant_id, roles=roles)
        if others := [holder for holder in holders if holder.person_id != failing.person_id]:
            return others
    return []
