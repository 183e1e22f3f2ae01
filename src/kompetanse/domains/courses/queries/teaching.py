"""Templates, and what a run teaches: its sessions, hours, material and what one must have beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from kompetanse.domains.competence import api as competence
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access, tenancy
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .. import rules
from ..models import Course, CourseMaterial, Run, Session
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
     WHERE c.status = coalesce(%s, c.status)
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
MATERIALS = "SELECT id, title, url, name, size FROM courses_coursematerial WHERE course_id = %s ORDER BY title, id"
# What a run in sight teaches, in the order of the fields of Teaching; last what is counted and checked by.
CONTENT = """
    SELECT c.course_id, c.course_version, c.title_nn, c.description, c.target_group, c.goals, c.language, c.form,
           c.municipality_id, coalesce(t.name, ''), c.requirement_code, c.requirement_name, c.gives_months,
           c.required_codes, c.required_courses, c.contact, c.evaluation,
           c.theory_minutes, c.practice_minutes, c.self_study_minutes, r.starts_at
      FROM courses_runcontent c
      JOIN courses_run r ON r.tenant_id = c.tenant_id AND r.id = c.run_id
      JOIN allowed ON allowed.id = r.id
      LEFT JOIN foundation_tenant t ON t.id = c.municipality_id
     WHERE c.run_id = %s
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
    row = Course.objects.filter(access.rows(ctx.actor, Right.COURSE_READ), pk=course_id).first()
    if row is None:
        raise NotFound()
    may_manage = bool(access.answer(ctx.actor, Right.COURSE_MANAGE, row))
    mine = ctx.actor.is_system or row.made_by_id == ctx.actor.person_id
    told, runs = _told(row), rows_of_course(ctx, course_id)
    course = CourseRow(
        row.pk, shown(row.title_nb, row.title_nn), told.target_group, told.form,
        Hours(told.theory_minutes, told.practice_minutes, told.self_study_minutes), told.requirement_code,
        row.requirement_name, told.reuse, CourseStatus(row.status), row.version, len(runs),
    )  # fmt: skip
    return CoursePage(
        course, told, _materials(course_id), _requires(row.required_codes, row.required_courses), tuple(runs),
        may_manage, may_manage and row.status == CourseStatus.IN_USE and (mine or told.reuse == Reuse.REGION),
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
    found = access.select(ctx, Right.RUN_READ, CONTENT, run_id)
    if not found:
        raise NotFound()
    (
        course_id, version, title_nn, description, group, goals, language, form, town_id, town, code, name, months,
        codes, required, contact, evaluation, theory, practice, self_study, starts_at,
    ) = found[0]  # fmt: skip
    sessions = _sessions(run_id)
    counted = [block for session in sessions for block in session.blocks]
    return Teaching(
        run_id, course_id, version, title_nn, description, group, goals, CourseLanguage(language), CourseForm(form),
        town_id, town, code, name, months, tuple(codes), tuple(required), contact, EvaluationForm(evaluation),
        _hours(counted) if counted else Hours(theory, practice, self_study), bool(counted), sessions,
        _materials(course_id) if course_id else (),
        _missing(ctx, codes, required, starts_at, employee_id) if employee_id is not None else (),
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
    found = access.select(ctx, Right.RUN_READ, CONTENT, run_id)
    if not found:
        raise NotFound()
    codes, required, starts_at = found[0][13], found[0][14], found[0][-1]
    return _missing(ctx, codes, required, starts_at, employee_id)


def _missing(
    ctx: Context, codes: list[str], required: list[int], starts_at: datetime, employee_id: int
) -> tuple[Missing, ...]:
    found: list[Missing] = []
    if codes:
        day = rules.norwegian_date(starts_at)
        lacking = competence.list_lacking(ctx, employee_id=employee_id, codes=codes, day=day)
        found += [Missing(one.name, code=one.code) for one in lacking]
    if required:
        person_id = organisation.access_employee(ctx, employee_id=employee_id).person_id
        attended = {row[0] for row in tenancy.select(ATTENDED, person_id, required)}
        titles = _titles(set(required) - attended)
        found += [Missing(title, course_id=key) for key, title in titles.items()]
    return tuple(found)


def _courses(ctx: Context, *, status: CourseStatus | None = None) -> list[CourseRow]:
    found = access.select(ctx, Right.COURSE_READ, COURSES, ctx.now, status.value if status else None)
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
    return tuple(MaterialRow(*row) for row in tenancy.select(MATERIALS, course_id))


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
