"""What a person chooses about how they are reached, and a region about its words."""

from __future__ import annotations

from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound, Refused
from kompetanse.kernel.text_marker import N_

from .. import rules
from ..events import CalendarFeedClosed, CalendarFeedOpened, ChannelChosen, LetterTextChanged, LetterTextReset
from ..models import CalendarFeed, ContactChoice, LetterText
from ..permissions import Right
from ..queries import get_reach, get_text, hash_of, kind_of, new_secret, own_places
from ..types import Channel, ChannelIsNotOffered, Letter, TextHasChanged

NOBODY = N_("Du har ingen stilling eller rolle i regionen ennå. Spør HR eller kontaktpersonen i kommunen.")


@operation
def choose_channel(ctx: Context, *, channel: Channel) -> None:
    """Choose how I am reached, in every municipality that knows me. Raises Refused, ChannelIsNotOffered."""
    places = _own(ctx)
    if channel not in get_reach(ctx).channels:
        raise ChannelIsNotOffered()
    for tenant_id, person_id in places:
        told = {"channel": channel, "chosen_at": ctx.now}
        ContactChoice.objects.update_or_create(tenant_id=tenant_id, person_id=person_id, defaults=told)
        publish(ctx, ChannelChosen(tenant_id=tenant_id, person_id=person_id, channel=channel))


@operation
def open_feed(ctx: Context) -> str:
    """A secret with which my calendar may fetch my appointments; the one before it is shut. Told this once.

    Raises Refused.
    """
    places = _own(ctx)
    secret = new_secret(tenant_id for tenant_id, _person in places)
    for tenant_id, person_id in places:
        told = {"secret_hash": hash_of(secret), "opened_at": ctx.now}
        CalendarFeed.objects.update_or_create(tenant_id=tenant_id, person_id=person_id, defaults=told)
        publish(ctx, CalendarFeedOpened(tenant_id=tenant_id, person_id=person_id))
    return secret


@operation
def close_feed(ctx: Context) -> None:
    """Nobody may fetch my appointments any more. Raises Refused."""
    for tenant_id, person_id in _own(ctx):
        if CalendarFeed.objects.filter(tenant_id=tenant_id, person_id=person_id).delete()[0]:
            publish(ctx, CalendarFeedClosed(tenant_id=tenant_id, person_id=person_id))


@operation
def change_text(ctx: Context, *, region_id: int, kind: str, language: str, letter: Letter, version: int) -> None:
    """Write a kind of letter in the region's own words. `version` is the text's as the writer saw it; 0: the standard.

    Raises NotFound, Refused, TextHasChanged, TextIsEmpty, TextIsTooLong, UnknownPlace, LooseBrace.
    """
    access.require(ctx, Right.TEXT_MANAGE, LetterText(tenant_id=region_id))
    get_text(ctx, region_id=region_id, kind=kind, language=language)
    told = rules.check_text(kind_of(kind), letter)
    rows = LetterText.objects.filter(tenant_id=region_id, kind=kind, language=language)
    row = rows.select_for_update(no_key=True).first()
    if (row.version if row else 0) != version:
        raise TextHasChanged()
    row = row or LetterText(tenant_id=region_id, kind=kind, language=language)
    row.subject, row.body, row.version, row.changed_at = told.subject, told.body, version + 1, ctx.now
    row.save()
    publish(ctx, LetterTextChanged(tenant_id=region_id, letter=kind, language=language))


@operation
def reset_text(ctx: Context, *, region_id: int, kind: str, language: str) -> None:
    """Back to the standard text. Raises NotFound where the region has none of its own, Refused."""
    access.require(ctx, Right.TEXT_MANAGE, LetterText(tenant_id=region_id))
    if not LetterText.objects.filter(tenant_id=region_id, kind=kind, language=language).delete()[0]:
        raise NotFound()
    publish(ctx, LetterTextReset(tenant_id=region_id, letter=kind, language=language))


def _own(ctx: Context) -> list[tuple[int, int]]:
    places = sorted(own_places(ctx))
    if not places:
        raise Refused(why=NOBODY)
    return places
