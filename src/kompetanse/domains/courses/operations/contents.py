"""What a run teaches, and that the run is when its sessions are. The caller holds the run's row locked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import UnknownRequirement
from kompetanse.foundation.operation import publish
from kompetanse.kernel.context import Context

from .. import rules
from ..events import RunChanged
from ..models import Block, Course, Run, RunContent, RunTask, Session
from ..types import DeadlineIsAfterStart
from ..types.teaching import BlockInput, BlockKind, SessionInput, TaskKind
from .bookings import move_bookings
from .terms import note_move

ROOM_FOR = {"title": 160, "place": 120, "room": 120, "video_link": 300}
# What a template and a run both say.
TAUGHT = (
    "title_nn", "description", "target_group", "goals", "language", "form", "theory_minutes", "practice_minutes",
    "self_study_minutes", "required_codes", "required_courses", "requirement_code", "requirement_name", "gives_months",
    "contact", "evaluation",
)  # fmt: skip


def requirement_name(code: str) -> str:
    """What a requirement is called now; empty where the register has no such code."""
    if not code:
        return ""
    try:
        return competence.find_requirement(code).name
    except UnknownRequirement:
        return ""


def describe(
    run: Run, *, course: Course | None = None, requirement_code: str = "", municipality_id: int | None = None
) -> RunContent:
    """Write down what a new run teaches: as the template says now, else what its measure gives."""
    content = RunContent(tenant_id=run.tenant_id, run=run, municipality_id=municipality_id)
    if course is None:
        content.requirement_code, content.requirement_name = requirement_code, requirement_name(requirement_code)
    else:
        content.course, content.course_version = course, course.version
        for name in TAUGHT:
            setattr(content, name, getattr(course, name))
    content.save(force_insert=True)
    return content


def add_sessions(run: Run, sessions: Sequence[SessionInput]) -> list[Session]:
    """The gatherings of a new run, in time order."""
    made = [
        Session(
            tenant_id=run.tenant_id, run=run, number=number, title=one.title, starts_at=one.starts_at,
            ends_at=one.ends_at, place=one.place, room=one.room, video_link=one.video_link,
        )
        for number, one in enumerate(sessions, 1)
    ]  # fmt: skip
    return list(Session.objects.bulk_create(made))


def write_blocks(session: Session, blocks: Iterable[BlockInput]) -> list[BlockInput]:
    """Put these blocks in place of those of a session. Raises what is wrong with them."""
    found = rules.check_blocks(told_of(session), blocks)
    for block in found:
        rules.check_lengths({"title": block.title}, ROOM_FOR)
    Block.objects.filter(session=session).delete()
    Block.objects.bulk_create(
        Block(tenant_id=session.tenant_id, session=session, kind=one.kind, starts_at=one.starts_at,
              ends_at=one.ends_at, title=one.title)
        for one in found
    )  # fmt: skip
    return found


def blocks_of(session: Session) -> list[BlockInput]:
    found = Block.objects.filter(session=session).order_by("starts_at")
    return [BlockInput(BlockKind(one.kind), one.starts_at, one.ends_at, one.title) for one in found]


def told_of(session: Session) -> SessionInput:
    return SessionInput(
        session.starts_at, session.ends_at, session.title, session.place, session.room, session.video_link
    )


def move(session: Session, told: SessionInput) -> None:
    """Another time or place for a session; its blocks keep their distance from its start, and must have room."""
    blocks, shift = blocks_of(session), told.starts_at - session.starts_at
    Block.objects.filter(session=session).delete()  # the database minds that they are within, whichever goes first
    session.title, session.starts_at, session.ends_at = told.title, told.starts_at, told.ends_at
    session.place, session.room, session.video_link = told.place, told.room, told.video_link
    session.save(update_fields=["title", "starts_at", "ends_at", "place", "room", "video_link"])
    write_blocks(
        session, [replace(one, starts_at=one.starts_at + shift, ends_at=one.ends_at + shift) for one in blocks]
    )


def follow_run(run: Run) -> bool:
    """The run was changed as a whole. Its one session is when and where it is; of several, the run is what they are.

    Gives whether when or where people meet has changed.
    """
    sessions = list(Session.objects.filter(run=run).order_by("starts_at"))
    if len(sessions) != 1:
        run.starts_at, run.ends_at = sessions[0].starts_at, sessions[-1].ends_at
        run.save(update_fields=["starts_at", "ends_at"])
        return False
    before = told_of(sessions[0])
    told = replace(before, starts_at=run.starts_at, ends_at=run.ends_at, place=run.place, room=run.room)
    if told != before:
        move(sessions[0], told)
    return told != before


def follow_sessions(ctx: Context, run: Run) -> None:
    """The sessions were changed: number them by time, let the run be when they are, and tell."""
    sessions = list(Session.objects.filter(run=run).order_by("starts_at", "id"))
    rules.check_sessions([told_of(one) for one in sessions])
    for number, one in enumerate(sessions, 1):
        one.number = number
    Session.objects.bulk_update(sessions, ["number"])
    note_move(ctx, run, sessions[0].starts_at)
    run.starts_at, run.ends_at = sessions[0].starts_at, sessions[-1].ends_at
    if sessions[0].place:
        run.place, run.room = sessions[0].place, sessions[0].room
    if run.deadline > rules.norwegian_date(run.starts_at):
        raise DeadlineIsAfterStart()
    run.save(update_fields=["starts_at", "ends_at", "place", "room"])
    keep_up(run)
    move_bookings(ctx, run)
    publish(ctx, RunChanged(tenant_id=run.tenant_id, run_id=run.pk, moved=True))


def keep_up(run: Run) -> None:
    """What is sought in, and when its tasks are due, follow the run."""
    content = RunContent.objects.get(run=run)
    places = Session.objects.filter(run=run).values_list("title", "place", "room")
    told = [run.title, content.title_nn, run.place, run.room, *(word for row in places for word in row)]
    told += [content.target_group, content.requirement_code, content.requirement_name, content.description[:1000]]
    content.words = " ".join(dict.fromkeys(word for word in told if word))
    content.save(update_fields=["words"])
    tasks = list(RunTask.objects.filter(run=run, done_at=None, days__isnull=False))
    for task in tasks:
        task.due_on = due_on(task, run.starts_at, run.ends_at)
    RunTask.objects.bulk_update(tasks, ["due_on"])


def due_on(task: RunTask, starts_at: datetime, ends_at: datetime) -> date:
    assert task.days is not None
    return rules.due_on(TaskKind(task.kind), task.days, starts_at, ends_at)
