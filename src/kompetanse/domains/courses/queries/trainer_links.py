"""What a trainer's link leads to. Whoever holds it is the system for this one list and nothing else.

Here and in operations/trainer_links.py stand all the functions that take the link.
"""

from __future__ import annotations

from datetime import datetime

from django.core import signing

from kompetanse.foundation.operation import query
from kompetanse.foundation.tenancy import reading
from kompetanse.kernel.context import Actor, Context
from kompetanse.kernel.text_marker import N_

from .. import rules
from ..models import TrainerLink
from ..types import LinkDoesNotOpen, TrainerLinkOpen
from .attendance import secret, sheet_of

SALT = "kompetanse.courses.trainer_link"
ACTOR = N_("kursleder via lenke")


def open_trainer_link(word: str, *, now: datetime) -> TrainerLinkOpen:
    """The list that a link leads to, for whoever holds it: the names of one session's participants, and no more.

    Raises LinkDoesNotOpen where it is forged, has run out or is taken back.
    """
    return _open(narrow(word, now), word)


@query
def _open(ctx: Context, word: str) -> TrainerLinkOpen:
    link = find_link(ctx, word)
    code = rules.code_at(secret(), (link.tenant_id, link.session_id), ctx.now)
    return TrainerLinkOpen(sheet_of(ctx, link.session), link.expires_at, code)


def word_of(link: TrainerLink) -> str:
    return signing.dumps([link.tenant_id, link.pk], salt=SALT, compress=False)


def find_link(ctx: Context, word: str) -> TrainerLink:
    tenant_id, link_id = _read(word)
    link: TrainerLink | None = (
        TrainerLink.objects.select_related("session__run").filter(tenant_id=tenant_id, pk=link_id).first()
    )
    if link is None or link.revoked_at is not None or link.expires_at <= ctx.now:
        raise LinkDoesNotOpen()
    return link


def narrow(word: str, now: datetime) -> Context:
    """Who holds the link, with the session's own people in sight: the region, and the municipalities that take part."""
    tenant_id, link_id = _read(word)
    actor = Actor(name=ACTOR, reason=f"trainer link {link_id}")
    outside = Context(actor, frozenset({tenant_id}), now)
    with reading(outside):
        link = find_link(outside, word)
        tenants = frozenset({tenant_id, *link.session.run.municipalities})
    return Context(actor, tenants, now)


def _read(word: str) -> tuple[int, int]:
    try:
        tenant_id, link_id = signing.loads(word, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkDoesNotOpen() from error
    return int(tenant_id), int(link_id)
