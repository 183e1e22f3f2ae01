"""The trainer's way in without an account: a signed link to the list of one session, which ends and can be taken back.

Whoever holds the link is the system for this one list and nothing else: the two functions here are all that take it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import DomainError, NotFound

from ..events import TrainerLinkMade, TrainerLinkRevoked, TrainerLinkUsed
from ..models import Run, Session, Signup, TrainerLink
from ..permissions import Right
from ..queries.trainer_links import find_link, narrow, word_of
from ..types import (
    SEATED,
    AttendanceIsFinished,
    How,
    LinkEndsTooLate,
    Mark,
    NotOnTheList,
    Receipt,
    RunStatus,
    Sent,
)
from .presence import check_begun, check_open, find_session, is_heard, take

LONGEST = timedelta(days=14)


@operation
def make_trainer_link(ctx: Context, *, session_id: int, trainer: str, days: int = 2) -> str:
    """A link for a trainer, until so many days after the session. Gives the word that goes into the address.

    Raises NotFound, Refused, RunIsCancelled, AttendanceIsFinished, LinkEndsTooLate.
    """
    session = find_session(ctx, session_id, Right.RUN_MANAGE)
    check_open(ctx, session.run)
    if session.run.status == RunStatus.HELD:
        raise AttendanceIsFinished()
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


def note_trainer_link(word: str, *, now: datetime) -> None:
    """Somebody who holds the link has opened its list: a deed. Raises LinkDoesNotOpen."""
    _note_link(narrow(word, now), word)


def tell_by_link(word: str, sent: Sequence[Sent], *, now: datetime) -> list[Receipt]:
    """Who was there, as the trainer tells it, with a receipt for each; sent again, nothing more is kept.

    Raises LinkDoesNotOpen; all else is told in the receipts.
    """
    return _tell_by_link(narrow(word, now), word, sent)


@operation
def _note_link(ctx: Context, word: str) -> None:
    link = find_link(ctx, word)
    publish(ctx, TrainerLinkUsed(tenant_id=link.tenant_id, **_about(link, link.session)))


@operation
def _tell_by_link(ctx: Context, word: str, sent: Sequence[Sent]) -> list[Receipt]:
    link = find_link(ctx, word)
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


def _about(link: TrainerLink, session: Session) -> dict[str, int]:
    return {"run_id": session.run_id, "session_id": session.pk, "link_id": link.pk}
