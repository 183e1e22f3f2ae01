"""Sessions and time blocks of a run; planning a run by a template, and once more on other days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from kompetanse.domains.logistics import api as logistics
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.plans import api as plans
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .. import rules
from ..events import RunChanged, RunPlanned
from ..models import Course, Run, RunContent, RunTask, Session
from ..permissions import Right
from ..types import DeadlineIsAfterStart, RunCannotBeChanged, RunStatus, SeatsAreBackwards
from ..types.teaching import BlockInput, CourseStatus, Hours, Reuse, RunFromCourse, SessionInput
from ..types.teaching_refusals import CourseIsNotShared, CourseIsRetired, RunNeedsPlace, RunNeedsSession
from .contents import (
    ROOM_FOR,
    TAUGHT,
    add_sessions,
    blocks_of,
    describe,
    due_on,
    follow_sessions,
    keep_up,
    move,
    told_of,
    write_blocks,
)
from .seating import lock_run


@operation
def plan_run_from(ctx: Context, *, run: RunFromCourse) -> int:
    """Plan a run by a template: what it teaches, its checklist, and its sessions. Gives the run's id.

    Raises Refused, NotFound, CourseIsRetired, CourseIsNotShared, RunNeedsSession, RunNeedsPlace, DeadlineIsAfterStart,
    SeatsAreBackwards, TextIsTooLong, and what is wrong with the sessions' times.
    """
    course = access.fetch(ctx, Course.objects.all(), run.course_id, Right.COURSE_MANAGE)
    if course.status != CourseStatus.IN_USE:
        raise CourseIsRetired()
    if course.reuse == Reuse.NONE and not ctx.actor.is_system and course.made_by_id != ctx.actor.person_id:
        raise CourseIsNotShared()
    measure = plans.get_measure(ctx, measure_id=run.measure_id)
    if measure.tenant_id != course.tenant_id:
        raise NotFound()
    if not run.sessions:
        raise RunNeedsSession()
    _check_municipality(ctx, run.municipality_id)
    sessions = rules.check_sessions([_checked(replace(one, place=one.place or run.place)) for one in run.sessions])
    title = run.title.strip() or course.title_nb
    rules.check_lengths({"title": title, "place": run.place, "room": run.room}, ROOM_FOR)
    row = Run(
        tenant_id=measure.tenant_id, measure_id=measure.id, title=title, place=run.place.strip(), room=run.room.strip(),
        starts_at=sessions[0].starts_at, ends_at=sessions[-1].ends_at, deadline=run.deadline,
        min_seats=run.min_seats or course.min_seats, max_seats=run.max_seats or course.max_seats,
    )  # fmt: skip
    _check(row)
    row.save(force_insert=True)
    add_sessions(row, sessions)
    describe(row, course=course, municipality_id=run.municipality_id)
    _list_tasks(row, course)
    keep_up(row)
    publish(ctx, RunPlanned(tenant_id=row.tenant_id, run_id=row.pk, measure_id=measure.id))
    return int(row.pk)


@operation
def copy_run(ctx: Context, *, run_id: int, first_day: date) -> int:
    """The same run once more from another day: sessions, blocks, content and checklist, at the same times by the clock.

    Gives the new run's id. Raises ClockTimeIsMissing or ClockTimeIsTwice where the clock is set that day.
    """
    seen: Run = access.fetch(ctx, Run.objects.all(), run_id, Right.RUN_MANAGE)
    days = (first_day - rules.norwegian_date(seen.starts_at)).days
    old = list(Session.objects.filter(run=seen).order_by("number"))
    sessions = [
        replace(told_of(one), starts_at=rules.moved(one.starts_at, days), ends_at=rules.moved(one.ends_at, days))
        for one in old
    ]
    row = Run(
        tenant_id=seen.tenant_id, measure_id=seen.measure_id, title=seen.title, place=seen.place, room=seen.room,
        starts_at=sessions[0].starts_at, ends_at=sessions[-1].ends_at, min_seats=seen.min_seats,
        max_seats=seen.max_seats, deadline=seen.deadline + timedelta(days=days),
    )  # fmt: skip
    row.save(force_insert=True)
    for before, after in zip(old, add_sessions(row, sessions), strict=True):
        write_blocks(
            after,
            [
                replace(it, starts_at=rules.moved(it.starts_at, days), ends_at=rules.moved(it.ends_at, days))
                for it in blocks_of(before)
            ],
        )
    content = RunContent.objects.get(run=seen)
    told = {name: getattr(content, name) for name in (*TAUGHT, "course_id", "course_version", "municipality_id")}
    RunContent(tenant_id=row.tenant_id, run=row, **told).save(force_insert=True)
    tasks = [
        RunTask(tenant_id=row.tenant_id, run=row, kind=it.kind, title=it.title, days=it.days, owner_id=it.owner_id,
                due_on=it.due_on + timedelta(days=days))
        for it in RunTask.objects.filter(run=seen)
    ]  # fmt: skip
    RunTask.objects.bulk_create(tasks)
    keep_up(row)
    publish(ctx, RunPlanned(tenant_id=row.tenant_id, run_id=row.pk, measure_id=row.measure_id))
    return int(row.pk)


@operation
def add_session(ctx: Context, *, run_id: int, session: SessionInput) -> int:
    """One more gathering of a run. Gives its id. Raises RunCannotBeChanged, SessionsOverlap and what is wrong else."""
    run = _changeable(ctx, run_id)
    last = Session.objects.filter(run=run).count()
    rules.check_sessions([_checked(session)])
    made = Session(tenant_id=run.tenant_id, run=run, number=last + 1)
    for name in ("title", "starts_at", "ends_at", "place", "room", "video_link"):
        setattr(made, name, getattr(session, name))
    made.save(force_insert=True)
    follow_sessions(ctx, run)
    return int(made.pk)


@operation
def change_session(ctx: Context, *, session_id: int, session: SessionInput) -> None:
    """Another time, place or name. The blocks move along, and must have room. Raises what `add_session` does."""
    run, row = _session(ctx, session_id)
    rules.check_sessions([_checked(session)])
    move(row, session)
    follow_sessions(ctx, run)


@operation
def remove_session(ctx: Context, *, session_id: int) -> None:
    """Take a gathering away with its blocks; never the last one. Raises RunNeedsSession."""
    run, row = _session(ctx, session_id)
    if Session.objects.filter(run=run).count() < 2:
        raise RunNeedsSession()
    write_blocks(row, ())
    logistics.free_run(ctx, run_id=run.pk, sessions=[row.pk])
    row.delete()
    follow_sessions(ctx, run)


@operation
def set_blocks(ctx: Context, *, session_id: int, blocks: Iterable[BlockInput]) -> Hours:
    """Put these time blocks in place of those of a session. Gives its hours.

    Raises BlockIsBackwards, BlockCrossesClockChange, BlockIsOutsideSession, BlocksOverlap: then nothing is changed.
    """
    run, row = _session(ctx, session_id)
    found = write_blocks(row, blocks)
    publish(ctx, RunChanged(tenant_id=run.tenant_id, run_id=run.pk))
    return rules.count_hours((one.kind, one.starts_at, one.ends_at) for one in found)


@operation
def set_municipality(ctx: Context, *, run_id: int, municipality_id: int | None) -> None:
    """In which municipality a run is held; None where it is nowhere in particular. Raises NotFound."""
    run = _changeable(ctx, run_id)
    _check_municipality(ctx, municipality_id)
    RunContent.objects.filter(run=run).update(municipality_id=municipality_id)
    publish(ctx, RunChanged(tenant_id=run.tenant_id, run_id=run.pk))


def _session(ctx: Context, session_id: int) -> tuple[Run, Session]:
    """The run's row first, locked, then the session as it stands."""
    run_id = Session.objects.filter(pk=session_id).values_list("run_id", flat=True).first()
    if run_id is None:
        raise NotFound()
    run = _changeable(ctx, run_id)
    row = Session.objects.filter(pk=session_id, run=run).first()
    if row is None:
        raise NotFound()
    return run, row


def _changeable(ctx: Context, run_id: int) -> Run:
    run = lock_run(ctx, run_id, Right.RUN_MANAGE)
    if run.status not in (RunStatus.PLANNED, RunStatus.OPEN):
        raise RunCannotBeChanged()
    return run


def _checked(session: SessionInput) -> SessionInput:
    texts = {name: getattr(session, name).strip() for name in ROOM_FOR}
    rules.check_lengths(texts, ROOM_FOR)
    return replace(session, **texts)


def _check(run: Run) -> None:
    if not run.place:
        raise RunNeedsPlace()
    if run.deadline > rules.norwegian_date(run.starts_at):
        raise DeadlineIsAfterStart()
    if run.min_seats < 1 or run.max_seats < run.min_seats:
        raise SeatsAreBackwards()


def _check_municipality(ctx: Context, municipality_id: int | None) -> None:
    if municipality_id is not None:
        region = organisation.find_region_of(ctx.tenants, ctx.today)
        if region is None or municipality_id not in {one.tenant_id for one in region.municipalities}:
            raise NotFound()


def _list_tasks(run: Run, course: Course) -> None:
    tasks = [RunTask(tenant_id=run.tenant_id, run=run, kind=kind, days=days) for kind, days in course.checklist.items()]
    for task in tasks:
        task.due_on = due_on(task, run.starts_at, run.ends_at)
    RunTask.objects.bulk_create(tasks)
