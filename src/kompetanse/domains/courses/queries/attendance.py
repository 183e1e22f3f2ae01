"""Attendance: session by session, over a run, and as the participant meets it."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .. import rules
from ..models import Attendance, AttendanceRule, Run, Session, Signup, TrainerLink
from ..permissions import Right
from ..types import (
    SEATED,
    Basis,
    Enough,
    How,
    LinkRow,
    OwnSession,
    Part,
    PersonSheet,
    Presence,
    PresenceRow,
    RoomCode,
    RunSheet,
    RunStatus,
    SessionSheet,
    SignupStatus,
    Stretch,
)


def minutes_of(session: Session) -> int:
    return max(1, int((session.ends_at - session.starts_at).total_seconds() // 60))


def latest(sessions: Iterable[int], signups: Iterable[int] | None = None) -> dict[tuple[int, int], Attendance]:
    """What stands of attendance, by sign-up and session: the row nobody has corrected. One query."""
    rows = Attendance.objects.filter(session_id__in=list(sessions))
    if signups is not None:
        rows = rows.filter(signup_id__in=list(signups))
    # A correction is written after what it corrects, so the last one told is the one that stands.
    return {(row.signup_id, row.session_id): row for row in rows.order_by("pk")}


def enough_of(run_id: int) -> Enough:
    found = AttendanceRule.objects.filter(run_id=run_id).first()
    return Enough(Basis(found.basis), found.percent) if found else Enough()


def secret() -> bytes:
    """What the codes on the screen are made with."""
    return f"attendance:{settings.SECRET_KEY}".encode()


@query
def get_session_sheet(ctx: Context, *, session_id: int) -> SessionSheet:
    """A session with its participants by name, for the office. Raises NotFound, Refused."""
    session = Session.objects.select_related("run").filter(pk=session_id).first()
    if session is None:
        raise NotFound()
    access.require(ctx, Right.RUN_MANAGE, session.run)
    return sheet_of(ctx, session)


def sheet_of(ctx: Context, session: Session) -> SessionSheet:
    """For who may see it already; four queries."""
    signups = Signup.objects.filter(run_id=session.run_id, status__in=sorted(SEATED))
    told = latest([session.pk])
    people = [
        _presence_row(signup, told.get((signup.pk, session.pk)))
        for signup in signups.select_related("employee", "tenant")
    ]
    return SessionSheet(
        session.pk, session.run_id, session.run.title, session.number,
        Session.objects.filter(run_id=session.run_id).count(), session.title, session.starts_at, session.ends_at,
        minutes_of(session), session.run.status == RunStatus.HELD, ctx.now >= session.starts_at - rules.BEFORE,
        tuple(sorted(people, key=lambda row: (row.name.casefold(), row.signup_id))),
    )  # fmt: skip


def _presence_row(signup: Signup, told: Attendance | None) -> PresenceRow:
    known = (Part(told.part), told.minutes, How(told.how), told.told_at, told.told_by, told.reason) if told else None
    return PresenceRow(
        signup.pk, signup.employee.name, signup.tenant.name, SignupStatus(signup.status),
        *(known or (None, 0, None, None, "", "")),
    )  # fmt: skip


@query
def get_run_sheet(ctx: Context, *, run_id: int) -> RunSheet:
    """A run's attendance, participants by sessions, with what is enough and the trainers' links, for the office."""
    run = access.fetch(ctx, Run.objects.all(), run_id, Right.RUN_MANAGE)
    sessions = list(Session.objects.filter(run_id=run.pk).order_by("number"))
    told, enough = latest([one.pk for one in sessions]), enough_of(run.pk)
    stretches = [Stretch(one.pk, minutes_of(one)) for one in sessions]
    signups = Signup.objects.filter(run_id=run.pk, status__in=sorted(SEATED)).select_related("employee", "tenant")
    people = []
    for signup in signups:
        rows = {one.pk: row for one in sessions if (row := told.get((signup.pk, one.pk)))}
        known = {pk: Presence(Part(row.part), row.minutes) for pk, row in rows.items()}
        people.append(
            PersonSheet(
                signup.pk, signup.employee.name, signup.tenant.name, SignupStatus(signup.status),
                tuple(known[one.pk].part if one.pk in known else None for one in sessions),
                rules.reckon(enough, stretches, known), signup.evidence_id,
            )
        )  # fmt: skip
    links = TrainerLink.objects.filter(session__run_id=run.pk).select_related("session").order_by("-pk")
    return RunSheet(
        tuple((one.pk, one.number, one.starts_at) for one in sessions), enough,
        tuple(sorted(people, key=lambda row: (row.name.casefold(), row.signup_id))),
        tuple(
            LinkRow(
                link.pk, link.session.number, link.trainer, link.expires_at, link.revoked_at, link.made_by,
                link.revoked_at is None and link.expires_at > ctx.now,
            )
            for link in links
        ),
    )  # fmt: skip


@query
def get_own_session(ctx: Context, *, session_id: int) -> OwnSession:
    """A session as one of its participants meets it: nobody else is in it. Raises NotFound, Refused."""
    session = Session.objects.select_related("run").filter(pk=session_id).first()
    if session is None:
        raise NotFound()
    run = access.require(ctx, Right.RUN_READ, session.run)
    mine = Signup.objects.filter(
        run_id=run.pk, employee__person_id=ctx.actor.person_id, status__in=sorted(SEATED)
    ).first()  # fmt: skip
    told = latest([session.pk], [mine.pk]).get((mine.pk, session.pk)) if mine else None
    return OwnSession(
        session.pk, run.pk, run.title, session.number, Session.objects.filter(run_id=run.pk).count(),
        session.starts_at, session.ends_at, ", ".join(part for part in (session.room, session.place) if part),
        mine is not None, Part(told.part) if told else None, told.told_at if told else None,
    )  # fmt: skip


@query
def get_room_code(ctx: Context, *, session_id: int) -> RoomCode:
    """The code to show in the room just now, for the office. Raises NotFound, Refused."""
    sheet = get_session_sheet(ctx, session_id=session_id)
    region_id = Session.objects.values_list("tenant_id", flat=True).get(pk=session_id)
    return RoomCode(sheet, rules.code_at(secret(), (region_id, session_id), ctx.now))


@query
def list_own_sessions(ctx: Context) -> list[OwnSession]:
    """Sessions where the actor has a seat and may soon tell, or still tell, that they are there. Two queries."""
    mine = {
        row.run_id: row
        for row in Signup.objects.filter(
            employee__person_id=ctx.actor.person_id, status=SignupStatus.SEATED, run__status=RunStatus.OPEN
        ).select_related("run")
    }
    window = (ctx.now - rules.AFTER, ctx.now + rules.BEFORE)
    near = Session.objects.filter(run_id__in=list(mine), starts_at__lte=window[1], ends_at__gte=window[0])
    sessions = list(near.select_related("run").order_by("starts_at"))
    told = latest([one.pk for one in sessions], [row.pk for row in mine.values()])
    found = []
    for one in sessions:
        row = told.get((mine[one.run_id].pk, one.pk))
        found.append(
            OwnSession(
                one.pk, one.run_id, one.run.title, one.number, 0, one.starts_at, one.ends_at,
                ", ".join(part for part in (one.room, one.place) if part), True,
                Part(row.part) if row else None, row.told_at if row else None,
            )
        )  # fmt: skip
    return found
