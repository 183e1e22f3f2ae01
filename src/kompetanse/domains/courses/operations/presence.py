"""Telling who was at a session: rows that are never altered. The ledger is attendance.py's matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import DomainError, NotFound

from .. import rules
from ..events import EnoughChosen, PresenceTold
from ..models import Attendance, AttendanceRule, Run, Session, Signup
from ..permissions import Right
from ..queries.attendance import latest, minutes_of, secret
from ..types import (
    SEATED,
    AttendanceIsFinished,
    Basis,
    CodeIsWrong,
    CorrectionNeedsReason,
    EnoughIsWrong,
    How,
    Mark,
    MinutesAreWrong,
    NotOnTheList,
    NotOnThisList,
    NotUnderstood,
    Part,
    Receipt,
    RunIsCancelled,
    RunIsNotOpen,
    RunStatus,
    Sent,
    SessionHasNotBegun,
    ToldOtherwise,
)

NORWAY = ZoneInfo("Europe/Oslo")


@operation
def set_enough(ctx: Context, *, run_id: int, basis: Basis, percent: int) -> None:
    """Choose how much of a run gives its competence, until it is held. Raises EnoughIsWrong, AttendanceIsFinished."""
    run = access.fetch(ctx, Run.objects.all(), run_id, Right.RUN_MANAGE, lock=True)
    if run.status == RunStatus.HELD:
        raise AttendanceIsFinished()
    if not 1 <= percent <= 100:
        raise EnoughIsWrong()
    AttendanceRule.objects.update_or_create(
        tenant_id=run.tenant_id, run=run, defaults={"basis": basis, "percent": percent}
    )
    publish(ctx, EnoughChosen(tenant_id=run.tenant_id, run_id=run.pk, basis=basis.value, percent=percent))


@operation
def tell_by_code(ctx: Context, *, session_id: int, sent: Sequence[Sent]) -> list[Receipt]:
    """The actor was there, and has the code that was shown in the room. One receipt for each registration.

    Sent again, a registration is answered as the first time and nothing more is kept. Raises NotFound where the
    session is not in sight; all else is told in the receipts, so that a phone knows what to forget.
    """
    session = find_session(ctx, session_id, Right.RUN_READ)
    run = session.run
    check_open(ctx, run)
    signups = Signup.objects.filter(
        run_id=run.pk, employee__person_id=ctx.actor.person_id, status__in=sorted(SEATED)
    )  # fmt: skip
    mine = signups.select_for_update(no_key=True, of=("self",)).order_by("id").first()
    receipts = []
    for one in sent:
        try:
            _hear(ctx, session, mine, one)
            receipts.append(Receipt(one.key))
        except DomainError as refusal:
            receipts.append(Receipt(one.key, refusal))
    return receipts


def _hear(ctx: Context, session: Session, mine: Signup | None, one: Sent) -> None:
    if mine is None:
        raise NotOnThisList()
    if is_heard(one, mine, session):
        return
    moment = min(one.at, ctx.now)
    if not rules.is_time(session.starts_at, session.ends_at, moment):
        raise SessionHasNotBegun(when=_when(session)) if moment < session.starts_at else CodeIsWrong()
    if not rules.is_code(secret(), (session.tenant_id, session.pk), one.code, moment):
        raise CodeIsWrong()
    told = latest([session.pk], [mine.pk]).get((mine.pk, session.pk))
    if told is not None:
        if told.part == Part.NONE:
            raise ToldOtherwise()
        return
    if Run.objects.get(pk=session.run_id).status == RunStatus.HELD:
        raise AttendanceIsFinished()
    write(ctx, session, [(mine, Mark(mine.pk, Part.WHOLE, key=one.key, at=moment))], How.QR, "")


def is_heard(one: Sent, signup: Signup, session: Session) -> bool:
    """Is this registration kept already? Raises NotUnderstood where its key is another's."""
    kept = Attendance.objects.filter(tenant_id=signup.tenant_id, key=one.key).first()
    if kept is not None and (kept.signup_id, kept.session_id) != (signup.pk, session.pk):
        raise NotUnderstood()
    return kept is not None


def find_session(ctx: Context, session_id: int, right: str) -> Session:
    """A session of a run the actor has the right to. Raises NotFound, Refused."""
    session: Session | None = Session.objects.select_related("run").filter(pk=session_id).first()
    if session is None:
        raise NotFound()
    access.require(ctx, right, session.run)
    return session


def check_open(ctx: Context, run: Run) -> None:
    """Raises where nobody meets: the run is cancelled, or not open yet."""
    if run.status == RunStatus.CANCELLED:
        raise RunIsCancelled()
    if run.status == RunStatus.PLANNED:
        raise RunIsNotOpen()


def check_begun(ctx: Context, session: Session) -> None:
    """Raises SessionHasNotBegun more than an hour before a session."""
    if ctx.now < session.starts_at - rules.BEFORE:
        raise SessionHasNotBegun(when=_when(session))


def take(
    ctx: Context, session: Session, marks: Iterable[Mark], how: How, reason: str, *, always_why: bool = False
) -> list[Signup]:
    """Tell of participants at a session; who is told to be as before is passed by. Gives whose changed.

    `always_why`: the run is held, so that all that is told now is a correction. The sign-ups are locked.
    Raises NotOnTheList, MinutesAreWrong, CorrectionNeedsReason.
    """
    wanted = {mark.signup_id: mark for mark in marks}
    people = Signup.objects.filter(run_id=session.run_id, pk__in=list(wanted), status__in=sorted(SEATED))
    signups = {row.pk: row for row in people.select_for_update(no_key=True).order_by("id")}
    if signups.keys() != wanted.keys():
        raise NotOnTheList()
    told = latest([session.pk], list(signups))
    whole, changed = minutes_of(session), []
    for pk, signup in signups.items():
        mark = wanted[pk]
        now = rules.presence(mark.part, mark.minutes, whole)
        if now is None:
            raise MinutesAreWrong(minutes=whole)
        before = told.get((pk, session.pk))
        if before is not None and (before.part, before.minutes) == (now.part, now.minutes):
            continue
        if (before is not None or always_why) and not reason.strip():
            raise CorrectionNeedsReason()
        changed.append((signup, mark))
    write(ctx, session, changed, how, reason)
    return [signup for signup, _mark in changed]


def write(ctx: Context, session: Session, changed: Sequence[tuple[Signup, Mark]], how: How, reason: str) -> None:
    """New rows, each naming the one it corrects where there is one, and a deed in each municipality."""
    if not changed:
        return
    told, whole = latest([session.pk], [signup.pk for signup, _ in changed]), minutes_of(session)
    rows, by_tenant = [], defaultdict(list)
    for signup, mark in changed:
        now = rules.presence(mark.part, mark.minutes, whole)
        assert now is not None
        before = told.get((signup.pk, session.pk))
        by_tenant[signup.tenant_id].append(signup.pk)
        rows.append(
            Attendance(
                tenant_id=signup.tenant_id, region_id=session.tenant_id, session=session, signup=signup,
                part=now.part, minutes=now.minutes, how=how, told_at=mark.at or ctx.now, received_at=ctx.now,
                told_by=ctx.actor.name[:160], key=mark.key, corrects=before, reason=reason.strip()[:300],
            )
        )  # fmt: skip
    Attendance.objects.bulk_create(rows)
    for tenant_id, ids in by_tenant.items():
        publish(
            ctx,
            PresenceTold(
                tenant_id=tenant_id, run_id=session.run_id, session_id=session.pk, signups=tuple(ids), how=how.value,
                reason=reason.strip()[:300],
            ),
        )  # fmt: skip


def _when(session: Session) -> str:
    return f"{session.starts_at.astimezone(NORWAY):%d.%m.%Y kl. %H.%M}"
