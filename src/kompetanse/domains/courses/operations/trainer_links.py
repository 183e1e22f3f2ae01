"""The trainer's way in without an account: a signed link to the list of one session, which ends and can be taken back.

Whoever holds the link is the system for this one list and nothing else: the two functions here are all that take it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core import signing

from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.foundation.tenancy import reading
from kompetanse.kernel.context import Actor, Context
from kompetanse.kernel.errors import DomainError, NotFound
from kompetanse.kernel.text_marker import N_

from .. import rules
from ..events import TrainerLinkMade, TrainerLinkRevoked, TrainerLinkUsed
from ..models import Run, Session, Signup, TrainerLink
from ..permissions import Right
from ..queries.attendance import secret, sheet_of
from ..types import (
    SEATED,
    AttendanceIsFinished,
    How,
    LinkDoesNotOpen,
    LinkEndsTooLate,
    Mark,
    NotOnTheList,
    Receipt,
    RunStatus,
    Sent,
    SessionSheet,
    TrainerLinkOpen,
)
from .presence import check_begun, check_open, find_session, is_heard, take

SALT = "kompetanse.courses.trainer_link"
ACTOR = N_("kursleder via lenke")
LONGEST = timedelta(days=14)


@operation
def make_trainer_link(ctx: Context, *, session_id: int, trainer: str, days: int = 2) -> str:
    """A link for a trainer, until so many days after the session. Gives the word that goes into the address.

    Raises NotFound, Refused, RunIsCancelled, LinkEndsTooLate.
    """
    session = find_session(ctx, session_id, Right.RUN_MANAGE)
    check_open(ctx, session.run)
    if not 0 <= days <= LONGEST.days:
        raise LinkEndsTooLate()
    link = TrainerLink(
        tenant_id=session.tenant_id, session=session, trainer=trainer.strip()[:120], made_at=ctx.now,
        made_by=ctx.actor.name[:160], expires_at=session.ends_at + timedelta(days=days),
    )  # fmt: skip
    link.save(force_insert=True)
    publish(ctx, TrainerLinkMade(tenant_id=link.tenant_id, **_about(link, session)))
    return word_of(link)


@operation
def revoke_trainer_link(ctx: Context, *, link_id: int) -> None:
    """Take a link back: from now on it opens nothing. Raises NotFound, Refused."""
    link = TrainerLink.objects.select_related("session__run").filter(pk=link_id).first()
    if link is None:
        raise NotFound()
    access.require(ctx, Right.RUN_MANAGE, link.session.run)
    if link.revoked_at is None:
        link.revoked_at = ctx.now
        link.save(update_fields=["revoked_at"])
        publish(ctx, TrainerLinkRevoked(tenant_id=link.tenant_id, **_about(link, link.session)))


def open_trainer_link(word: str, *, now: datetime) -> TrainerLinkOpen:
    """The list that a link leads to, for whoever holds it: the names of one session's participants, and no more.

    Raises LinkDoesNotOpen where it is forged, has run out or is taken back.
    """
    return _open_link(_narrow(word, now), word)


def tell_by_link(word: str, sent: Sequence[Sent], *, now: datetime) -> list[Receipt]:
    """Who was there, as the trainer tells it, with a receipt for each; sent again, nothing more is kept.

    Raises LinkDoesNotOpen; all else is told in the receipts.
    """
    return _tell_by_link(_narrow(word, now), word, sent)


def word_of(link: TrainerLink) -> str:
    return signing.dumps([link.tenant_id, link.pk], salt=SALT, compress=False)


@operation
def _open_link(ctx: Context, word: str) -> TrainerLinkOpen:
    link = _link(ctx, word)
    publish(ctx, TrainerLinkUsed(tenant_id=link.tenant_id, **_about(link, link.session)))
    sheet: SessionSheet = sheet_of(ctx, link.session)
    code = rules.code_at(secret(), (link.tenant_id, link.session_id), ctx.now)
    return TrainerLinkOpen(sheet, link.expires_at, code)


@operation
def _tell_by_link(ctx: Context, word: str, sent: Sequence[Sent]) -> list[Receipt]:
    link = _link(ctx, word)
    session, receipts = link.session, []
    check_open(ctx, session.run)
    check_begun(ctx, session)
    for one in sent:
        try:
            _hear(ctx, session, one)
            receipts.append(Receipt(one.key))
        except DomainError as refusal:
            receipts.append(Receipt(one.key, refusal))
    return receipts


def _hear(ctx: Context, session: Session, one: Sent) -> None:
    # Held until the end, so that nothing comes in behind the outcome.
    found = Signup.objects.filter(run_id=session.run_id, pk=one.signup_id or 0, status__in=sorted(SEATED))
    signup = found.select_for_update(no_key=True).first()
    if signup is None:
        raise NotOnTheList()
    if is_heard(one, signup, session):
        return
    if Run.objects.get(pk=session.run_id).status == RunStatus.HELD:
        raise AttendanceIsFinished()
    take(ctx, session, [Mark(signup.pk, one.part, key=one.key, at=min(one.at, ctx.now))], How.TRAINER, one.reason)


def _link(ctx: Context, word: str) -> TrainerLink:
    tenant_id, link_id = _read(word)
    link: TrainerLink | None = (
        TrainerLink.objects.select_related("session__run").filter(tenant_id=tenant_id, pk=link_id).first()
    )
    if link is None or link.revoked_at is not None or link.expires_at <= ctx.now:
        raise LinkDoesNotOpen()
    return link


def _narrow(word: str, now: datetime) -> Context:
    """Who holds the link, with the session's own people in sight: the region, and the municipalities that take part."""
    tenant_id, link_id = _read(word)
    actor = Actor(name=ACTOR, reason=f"trainer link {link_id}")
    outside = Context(actor, frozenset({tenant_id}), now)
    with reading(outside):
        link = _link(outside, word)
        tenants = frozenset({tenant_id, *link.session.run.municipalities})
    return Context(actor, tenants, now)


def _read(word: str) -> tuple[int, int]:
    try:
        tenant_id, link_id = signing.loads(word, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkDoesNotOpen() from error
    return int(tenant_id), int(link_id)


def _about(link: TrainerLink, session: Session) -> dict[str, int]:
    return {"run_id": session.run_id, "session_id": session.pk, "link_id": link.pk}
