"""What was written to the actor, and how it goes with what is written to others."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import ContactRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context

from .. import rules
from ..models import CalendarEntry, CalendarFeed, ContactChoice, FailingAddress, Message
from ..permissions import Right
from ..types import (
    STUCK,
    Appointment,
    Channel,
    FailingRow,
    MessageRow,
    MessageState,
    ReachPage,
    StatePage,
    StateRow,
    StuckRow,
)
from .secrets import hash_of, tenants_of

MESSAGES_SHOWN = 200
STUCK_SHOWN = 100


@query
def list_messages(ctx: Context) -> list[MessageRow]:
    """What has been written to the actor, newest first (the last 200). One query."""
    found = Message.objects.filter(access.rows(ctx.actor, Right.MESSAGE_READ)).order_by("-written_at", "-id")
    names = ("id", "subject", "body", "state", "written_at", "address", "channel", "claimed_at")
    return [
        MessageRow(
            pk, subject, body, MessageState(state), at, to, Channel(channel),
            rules.is_interrupted(MessageState(state), claimed, ctx.now),
        )
        for pk, subject, body, state, at, to, channel, claimed in found.values_list(*names)[:MESSAGES_SHOWN]
    ]  # fmt: skip


@query
def get_states(ctx: Context, *, about: str = "") -> StatePage:
    """How many messages are in each state, and those that did not arrive: of all the actor follows, or about one
    thing (`run-12`). Never what they say. Four queries."""
    rows = Message.objects.filter(access.rows(ctx.actor, Right.MESSAGE_FOLLOW))
    if about:
        rows = rows.filter(about=about)
    counts = dict(rows.values_list("state").annotate(n=Count("id")))
    stuck = rows.filter(_stuck(ctx.now)).order_by("-written_at", "-id")
    names = ("id", "tenant_id", "person_id", "state", "claimed_at", "channel", "attempts", "written_at", "failure")
    found = list(stuck.values_list(*names)[:STUCK_SHOWN])
    people = contacts(ctx, {(tenant_id, person_id) for _pk, tenant_id, person_id, *_rest in found})
    return StatePage(
        tuple(StateRow(state, counts[state]) for state in MessageState if counts.get(state)),
        tuple(
            StuckRow(
                pk, _name(people, tenant_id, person_id), MessageState(state),
                rules.is_interrupted(MessageState(state), claimed, ctx.now), Channel(channel), attempts, at, failure,
            )
            for pk, tenant_id, person_id, state, claimed, channel, attempts, at, failure in found
        ),
        stuck.count(),
    )  # fmt: skip


@query
def list_failing(ctx: Context) -> list[FailingRow]:
    """Addresses that take no mail and that the register still has, of those the actor may have put right."""
    rows = list(FailingAddress.objects.filter(access.rows(ctx.actor, Right.ADDRESS_MEND)).order_by("since", "id"))
    keys = {(row.tenant_id, row.person_id) for row in rows}
    people = contacts(ctx, keys)
    back = Message.objects.filter(state=MessageState.BOUNCED, person_id__in={person for _tenant, person in keys})
    counts = {
        (tenant, person, address): n
        for tenant, person, address, n in back.values_list("tenant_id", "person_id", "address").annotate(n=Count("id"))
    }
    return [
        FailingRow(
            row.pk, _name(people, row.tenant_id, row.person_id), row.address, row.since, row.why,
            counts.get((row.tenant_id, row.person_id, row.address), 0),
        )
        for row in rows
        if (known := people.get((row.tenant_id, row.person_id))) is None or known.email == row.address
    ]  # fmt: skip


@query
def get_reach(ctx: Context) -> ReachPage:
    """How the actor is reached: the choice, what may be chosen, and whether the address works."""
    person_id = ctx.actor.person_id
    choice = ContactChoice.objects.filter(person_id=person_id).order_by("-chosen_at").first()
    known = [who for (_tenant, _person), who in sorted(contacts(ctx, own_places(ctx)).items())]
    address = next((who.email for who in known if who.email), "")
    phone = next((who.phone for who in known if who.phone), "")
    offered = [Channel.EMAIL, Channel.SMS, Channel.HERE] if settings.SMS and phone else [Channel.EMAIL, Channel.HERE]
    failing = FailingAddress.objects.filter(person_id=person_id, address__in=[who.email for who in known])
    return ReachPage(
        Channel(choice.channel) if choice else Channel.EMAIL, tuple(offered), address, phone, failing.exists(),
        CalendarFeed.objects.filter(person_id=person_id).exists(),
    )  # fmt: skip


def read_feed(*, secret: str, now: datetime) -> str | None:
    """The appointments that a secret address opens, as a calendar reads them; None where it opens nothing."""
    tenants = tenants_of(secret)
    if not tenants:
        return None
    with tenant_scope(system_context("a calendar fetches its appointments", set(tenants), now), read_only=True):
        feeds = list(CalendarFeed.objects.filter(secret_hash=hash_of(secret)).values_list("tenant_id", "person_id"))
        if not feeds:
            return None
        mine = Q()
        for tenant_id, person_id in feeds:
            mine |= Q(tenant_id=tenant_id, person_id=person_id)
        rows = CalendarEntry.objects.filter(mine, is_cancelled=False).order_by("starts_at", "id")
        return rules.feed_of(((entry_of(row), row.told_at) for row in rows), name="Kompetanseregionen")


def entry_of(row: CalendarEntry) -> rules.Entry:
    what = Appointment(row.key, row.title, row.starts_at, row.ends_at, row.place, row.link)
    return rules.Entry(row.uid, row.sequence, what, row.is_cancelled)


def own_places(ctx: Context) -> set[tuple[int, int]]:
    """The actor, in each tenant that knows them."""
    person_id = ctx.actor.person_id
    return {(grant.tenant_id, person_id) for grant in ctx.actor.grants} if person_id is not None else set()


def contacts(ctx: Context, keys: set[tuple[int, int]]) -> dict[tuple[int, int], ContactRow]:
    """Name and addresses, by tenant and person: asked as the system, for what the caller has the right to."""
    tenants = ctx.tenants & {tenant for tenant, _person in keys}
    if not tenants:
        return {}
    wide = Context(
        system_context("who is written to", tenants, ctx.now).actor, ctx.tenants, ctx.now, ctx.correlation_id
    )
    return organisation.list_contacts(wide, people=keys)


def _name(people: dict[tuple[int, int], ContactRow], tenant_id: int, person_id: int) -> str:
    found = people.get((tenant_id, person_id))
    return found.name if found else "–"


def _stuck(now: datetime) -> Q:
    interrupted = Q(claimed_at=None) | Q(claimed_at__lt=now - rules.UNDER_WAY)
    return Q(state__in=sorted(STUCK)) | Q(state=MessageState.SENDING) & interrupted
