"""Templates, and what a run teaches: its sessions, hours, material and what one must have beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language

from kompetanse.domains.competence import api as competence
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access, tenancy
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .. import rules
from ..models import Course, CourseMaterial, Run, RunContent, Session
from ..permissions import Right
from ..types import (
    BlockKind,
    BlockRow,
    CourseForm,
    CourseInput,
    CourseLanguage,
    CoursePage,
    CourseRow,
    CourseStatus,
    EvaluationForm,
    Hours,
    MaterialFile,
    MaterialRow,
    Missing,
    Reuse,
    SessionBlocks,
    SessionRow,
    TaskKind,
    Teaching,
)
from .catalogue import rows_of_course

COURSES = """
    SELECT c.id, c.title_nb, c.title_nn, c.target_group, c.form, c.theory_minutes, c.practice_minutes,
           c.self_study_minutes, c.requirement_code, c.requirement_name, c.reuse, c.status, c.version,
           (SELECT count(*) FROM courses_runcontent i
              JOIN courses_run r ON r.tenant_id = i.tenant_id AND r.id = i.run_id
             WHERE i.tenant_id = c.tenant_id AND i.course_id = c.id
               AND r.ends_at >= %s AND r.status IN ('open', 'planned'))
      FROM courses_course c JOIN allowed ON allowed.id = c.id
     WHERE c.id = coalesce(%s, c.id) AND c.status = coalesce(%s, c.status)
     ORDER BY c.status, c.title_nb, c.id
"""
# The sessions of a run with their blocks; one row for a session that has none.
SESSIONS = """
    SELECT s.id, s.run_id, s.number, s.title, s.starts_at, s.ends_at, s.place, s.room, s.video_link,
           b.id, b.kind, b.starts_at, b.ends_at, b.title
      FROM courses_session s
      LEFT JOIN courses_block b ON b.tenant_id = s.tenant_id AND b.session_id = s.id
     WHERE s.run_id = %s
     ORDER BY s.number, b.starts_at
"""
# Templates the person has attended a run of, wherever they work.
ATTENDED = """
    SELECT DISTINCT i.course_id
      FROM courses_signup s
      JOIN organisation_employee e ON e.tenant_id = s.tenant_id AND e.id = s.employee_id
      JOIN courses_runcontent i ON i.tenant_id = s.region_id AND i.run_id = s.run_id
     WHERE e.person_id = %s AND s.status = 'attended' AND i.course_id = ANY(%s)
"""


@query
def list_courses(ctx: Context, *, status: CourseStatus | None = None) -> list[CourseRow]:
    """The templates the actor may see: those in use by name, then, for the office, those out of use. One query."""
    return _courses(ctx, status=status)


@query
def get_course(ctx: Context, *, course_id: int) -> CoursePage:
    """A template with its material and its coming runs. Raises NotFound."""
    found = _courses(ctx, course_id=course_id)
    if not found:
        raise NotFound()
    row = Course.objects.get(pk=course_id)
    may_manage = bool(access.answer(ctx.actor, Right.COURSE_MANAGE, row))
    mine = ctx.actor.is_system or row.made_by_id == ctx.actor.person_id
    return CoursePage(
        found[0], _told(row), _materials(course_id), _requires(row.required_codes, row.required_courses),
        tuple(rows_of_course(ctx, course_id)), may_manage,
        may_manage and row.status == CourseStatus.IN_USE and (mine or row.reuse == Reuse.REGION),
    )  # fmt: skip


@query
def get_material(ctx: Context, *, material_id: int) -> MaterialFile:
    """A document of a template the actor may see. Raises NotFound."""
    seen = Course.objects.filter(access.rows(ctx.actor, Right.COURSE_READ))
    row = CourseMaterial.objects.filter(pk=material_id, course__in=seen, content__isnull=False).first()
    if row is None:
        raise NotFound()
    return MaterialFile(row.name, row.kind, bytes(row.content or b""))


@query
def get_teaching(ctx: Context, *, run_id: int, employee_id: int | None = None) -> Teaching:
    """What a run the actor may see teaches, and when; with what the employee lacks beforehand, where one is named.

    Raises NotFound. Four queries, and those of the competence where something is required beforehand.
    """
    seen = Run.objects.filter(access.rows(ctx.actor, Right.RUN_READ))
    content = RunContent.objects.select_related("municipality", "run").filter(run_id=run_id, run__in=seen).first()
    if content is None:
        raise NotFound()
    sessions = _sessions(run_id)
    counted = [block for session in sessions for block in session.blocks]
    planned = Hours(content.theory_minutes, content.practice_minutes, content.self_study_minutes)
    return Teaching(
        run_id, content.course_id, content.course_version, content.title_nn, content.description, content.target_group,
        content.goals, CourseLanguage(content.language), CourseForm(content.form),
        content.municipality_id, content.municipality.name if content.municipality else "", content.requirement_code,
        content.requirement_name,
        content.gives_months, tuple(content.required_codes), tuple(content.required_courses), content.contact,
        EvaluationForm(content.evaluation), _hours(counted) if counted else planned, bool(counted), sessions,
        _materials(content.course_id) if content.course_id else (),
        _missing(ctx, content, employee_id) if employee_id is not None else (),
    )  # fmt: skip


@query
def get_session(ctx: Context, *, session_id: int) -> SessionBlocks:
    """One session with its blocks, for the office. Raises NotFound, Refused."""
    session = Session.objects.filter(pk=session_id).first()
    if session is None:
        raise NotFound()
    access.fetch(ctx, Run.objects.all(), session.run_id, Right.RUN_MANAGE)
    return next(one for one in _sessions(session.run_id) if one.session.id == session_id)


@query
def missing_prerequisites(ctx: Context, *, run_id: int, employee_id: int) -> tuple[Missing, ...]:
    """What a person must have before a run and will not have on its first day. Raises NotFound, Refused.

    A warning to who signs up; a substitute who lacks something is refused.
    """
    content = RunContent.objects.select_related("run").filter(run_id=run_id).first()
    if content is None:
        raise NotFound()
    return _missing(ctx, content, employee_id)


def _missing(ctx: Context, content: RunContent, employee_id: int) -> tuple[Missing, ...]:
    if not content.required_codes and not content.required_courses:
        return ()
    found: list[Missing] = []
    if content.required_codes:
        day = rules.norwegian_date(content.run.starts_at)
        lacking = competence.list_lacking(ctx, employee_id=employee_id, codes=content.required_codes, day=day)
        found += [Missing(one.name, code=one.code) for one in lacking]
    if content.required_courses:
        person_id = organisation.access_employee(ctx, employee_id=employee_id).person_id
        attended = {row[0] for row in tenancy.select(ATTENDED, person_id, content.required_courses)}
        titles = _titles(set(content.required_courses) - attended)
        found += [Missing(title, course_id=key) for key, title in titles.items()]
    return tuple(found)


def _courses(ctx: Context, *, course_id: int | None = None, status: CourseStatus | None = None) -> list[CourseRow]:
    found = access.select(ctx, Right.COURSE_READ, COURSES, ctx.now, course_id, status.value if status else None)
    return [
        CourseRow(
            key, shown(nb, nn), group, CourseForm(form), Hours(theory, practice, self_study), code, name, Reuse(reuse),
            CourseStatus(state), version, coming,
        )
        for (
            key, nb, nn, group, form, theory, practice, self_study, code, name, reuse, state, version, coming,
        ) in found
    ]  # fmt: skip


def _told(row: Course) -> CourseInput:
    return CourseInput(
        row.title_nb, row.title_nn, row.description, row.target_group, row.goals, CourseLanguage(row.language),
        CourseForm(row.form), row.theory_minutes, row.practice_minutes, row.self_study_minutes,
        tuple(row.required_codes), tuple(row.required_courses), row.requirement_code, row.gives_months, row.min_seats,
        row.max_seats, row.contact, EvaluationForm(row.evaluation), Reuse(row.reuse),
        {TaskKind(kind): days for kind, days in row.checklist.items()},
    )  # fmt: skip


def _materials(course_id: int) -> tuple[MaterialRow, ...]:
    found = CourseMaterial.objects.filter(course_id=course_id).order_by("title", "id")
    return tuple(MaterialRow(*row) for row in found.values_list("id", "title", "url", "name", "size"))


def _requires(codes: list[str], courses: list[int]) -> tuple[str, ...]:
    """What is required beforehand, by name."""
    named = [competence.find_requirement(code).name for code in codes]
    return (*named, *_titles(courses).values())


def _titles(courses: Iterable[int]) -> dict[int, str]:
    wanted = sorted(courses)
    if not wanted:
        return {}
    found = Course.objects.filter(pk__in=wanted).order_by("title_nb").values_list("id", "title_nb", "title_nn")
    return {key: shown(nb, nn) for key, nb, nn in found}


def _sessions(run_id: int) -> tuple[SessionBlocks, ...]:
    found: dict[int, tuple[SessionRow, list[BlockRow]]] = {}
    for row in tenancy.select(SESSIONS, run_id):
        blocks = found.setdefault(row[0], (SessionRow(*row[:9]), []))[1]
        if row[9] is not None:
            blocks.append(_block(row[0], row[9:]))
    return tuple(SessionBlocks(session, tuple(blocks), _hours(blocks)) for session, blocks in found.values())


def _block(session_id: int, row: tuple[Any, ...]) -> BlockRow:
    key, kind, starts_at, ends_at, title = row
    return BlockRow(key, session_id, BlockKind(kind), starts_at, ends_at, title)


def _hours(blocks: Iterable[BlockRow]) -> Hours:
    return rules.count_hours((one.kind, one.starts_at, one.ends_at) for one in blocks)


def shown(nb: str, nn: str) -> str:
    """The title in the reader's written form."""
    return nn if nn and (get_language() or "").startswith("nn") else nb
