"""Templates: making, changing, taking out of use, and what belongs to them."""

from __future__ import annotations

import hashlib
from dataclasses import asdict

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import UnknownRequirement
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.foundation.uploads import judge, shown_name
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .. import rules
from ..events import CourseChanged, CourseMade, CourseRetired, CourseTakenUp, MaterialsChanged
from ..models import Course, CourseMaterial
from ..permissions import Right
from ..types import SeatsAreBackwards
from ..types.teaching import CourseInput, CourseStatus
from ..types.teaching_refusals import (
    CourseIsUnknown,
    CourseNeedsItself,
    MaterialIsThere,
    RequirementIsUnknown,
    TitleIsMissing,
)

ROOM_FOR = {
    "title_nb": 160, "title_nn": 160, "description": 8000, "target_group": 300, "goals": 4000, "contact": 200,
    "title": 160, "url": 500,
}  # fmt: skip


@operation
def make_course(ctx: Context, *, region_id: int, course: CourseInput) -> int:
    """The office makes a template. Gives its id.

    Raises Refused, TitleIsMissing, TextIsTooLong, SeatsAreBackwards, RequirementIsUnknown, CourseIsUnknown.
    """
    row = Course(tenant_id=region_id, made_by_id=ctx.actor.person_id)
    access.require(ctx, Right.COURSE_MANAGE, row)
    _fill(row, course)
    row.save(force_insert=True)
    publish(ctx, CourseMade(tenant_id=region_id, course_id=row.pk))
    return int(row.pk)


@operation
def change_course(ctx: Context, *, course_id: int, course: CourseInput) -> int:
    """Say anew what a course is. Gives the version; runs that are planned keep the one they were planned by.

    Raises what `make_course` does, and CourseNeedsItself.
    """
    row = _locked(ctx, course_id)
    _fill(row, course)
    row.version += 1
    row.save()
    publish(ctx, CourseChanged(tenant_id=row.tenant_id, course_id=row.pk, version=row.version))
    return row.version


@operation
def retire_course(ctx: Context, *, course_id: int) -> None:
    """Out of use: no more runs are planned by it, and only the office sees it. Doing it twice changes nothing."""
    row = _locked(ctx, course_id)
    if row.status != CourseStatus.RETIRED:
        row.status = CourseStatus.RETIRED
        row.save(update_fields=["status"])
        publish(ctx, CourseRetired(tenant_id=row.tenant_id, course_id=row.pk))


@operation
def take_up_course(ctx: Context, *, course_id: int) -> None:
    """In use again. Doing it twice changes nothing."""
    row = _locked(ctx, course_id)
    if row.status != CourseStatus.IN_USE:
        row.status = CourseStatus.IN_USE
        row.save(update_fields=["status"])
        publish(ctx, CourseTakenUp(tenant_id=row.tenant_id, course_id=row.pk))


@operation
def add_link(ctx: Context, *, course_id: int, title: str, url: str) -> int:
    """Put a link to a template. Gives the material's id. Raises LinkIsNotWeb, TextIsTooLong."""
    row = _locked(ctx, course_id)
    url = url.strip()
    rules.check_lengths({"title": title.strip(), "url": url}, ROOM_FOR)
    rules.check_link(url)
    link = CourseMaterial(tenant_id=row.tenant_id, course=row, title=title.strip() or url[:160], url=url)
    link.save(force_insert=True)
    publish(ctx, MaterialsChanged(tenant_id=row.tenant_id, course_id=row.pk))
    return int(link.pk)


@operation
def attach_material(ctx: Context, *, course_id: int, name: str, content: bytes, title: str = "") -> int:
    """Put a document (PDF, JPEG, PNG) to a template. Gives the material's id.

    Raises MaterialIsThere, TextIsTooLong, or a DocumentRefused that says what is wrong with the file.
    """
    row = _locked(ctx, course_id)
    rules.check_lengths({"title": title.strip()}, ROOM_FOR)
    kind, kept = judge(content)
    digest = hashlib.sha256(kept).hexdigest()
    if CourseMaterial.objects.filter(course=row, sha256=digest).exists():
        raise MaterialIsThere()
    called = shown_name(name, kind)
    paper = CourseMaterial(
        tenant_id=row.tenant_id, course=row, title=title.strip() or called.rsplit(".", 1)[0], name=called, kind=kind,
        size=len(kept), sha256=digest, content=kept,
    )  # fmt: skip
    paper.save(force_insert=True)
    publish(ctx, MaterialsChanged(tenant_id=row.tenant_id, course_id=row.pk))
    return int(paper.pk)


@operation
def remove_material(ctx: Context, *, material_id: int) -> int:
    """Take a link or a document away. Gives the template's id. Raises NotFound, Refused."""
    material = CourseMaterial.objects.filter(pk=material_id).defer("content").first()
    if material is None:
        raise NotFound()
    row = _locked(ctx, material.course_id)
    CourseMaterial.objects.filter(pk=material_id).delete()
    publish(ctx, MaterialsChanged(tenant_id=row.tenant_id, course_id=row.pk))
    return int(row.pk)


def _locked(ctx: Context, course_id: int) -> Course:
    row: Course = access.fetch(ctx, Course.objects.all(), course_id, Right.COURSE_MANAGE, lock=True)
    return row


def _fill(row: Course, told: CourseInput) -> None:
    texts = {name: getattr(told, name).strip() for name in ROOM_FOR if hasattr(told, name)}
    rules.check_lengths(texts, ROOM_FOR)
    if not texts["title_nb"]:
        raise TitleIsMissing()
    if told.min_seats < 1 or told.max_seats < told.min_seats:
        raise SeatsAreBackwards()
    for name, value in asdict(told).items():
        setattr(row, name, texts.get(name, value))
    row.requirement_code, row.requirement_name = _known(told.requirement_code)
    row.required_codes = sorted({_known(code, "required_codes")[0] for code in told.required_codes if code.strip()})
    row.required_courses = sorted(set(told.required_courses))
    row.checklist = {kind.value: days for kind, days in told.checklist.items()}
    _check_courses(row)


def _check_courses(row: Course) -> None:
    """What is required beforehand exists in the region, and does not lead back here."""
    if not row.required_courses:
        return
    known = dict(Course.objects.filter(tenant_id=row.tenant_id).values_list("id", "required_courses"))
    if set(row.required_courses) - set(known):
        raise CourseIsUnknown()
    if row.pk and rules.needs_itself(row.pk, {**known, row.pk: row.required_courses}):
        raise CourseNeedsItself()


def _known(code: str, field: str = "requirement_code") -> tuple[str, str]:
    """The code as the register writes it, and the name."""
    if not code.strip():
        return "", ""
    try:
        found = competence.find_requirement(code)
    except UnknownRequirement as error:
        refusal = RequirementIsUnknown(code=code.strip().upper())
        refusal.field = field
        raise refusal from error
    return found.code, found.name
