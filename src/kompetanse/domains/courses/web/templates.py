"""Templates: what we hold courses in, one of them, and the office's making and changing of them."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.competence import api as competence
from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.api import Right
from kompetanse.domains.courses.types import (
    CourseIsNotShared,
    CourseIsRetired,
    CoursePage,
    CourseRow,
    CourseStatus,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.plans import api as plans
from kompetanse.foundation import access
from kompetanse.foundation.uploads import LIMIT, DocumentKind, DocumentTooBig
from kompetanse.kernel.errors import DomainError, NotFound, Refused
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .course_forms import LinkForm, PaperForm, PlanForm, TemplateForm, told_of
from .lines import lines
from .words import EVALUATIONS, FORMS, LANGUAGES, REUSES, hours_told, lasting, task_name

TYPES = {DocumentKind.PDF: "application/pdf", DocumentKind.JPEG: "image/jpeg", DocumentKind.PNG: "image/png"}


@page("kursmaler/", right=Right.COURSE_READ, methods=("GET",))
def templates(request: PageRequest) -> Reply:
    """Every course the region holds, with how many runs are coming."""
    found = courses.list_courses(request.ctx)
    shown = [(row, str(FORMS[row.form]), lasting(row.hours.total) if row.hours.total else "") for row in found]
    return Reply.page("courses/templates.html", shown, may_manage=_may(request))


@page("kursmaler/<int:course_id>/", right=Right.COURSE_READ)
def template(request: PageRequest, course_id: int) -> Reply:
    """What a course is, and when it is held next; for the office its material and whether it is in use."""
    here = reverse("courses.template", args=[course_id])
    found = courses.get_course(request.ctx, course_id=course_id)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    link = LinkForm(request.POST if act == "link" else None, auto_id="lenke_%s")
    paper = PaperForm(
        request.POST if act == "paper" else None, request.FILES if act == "paper" else None, auto_id="fil_%s"
    )
    form: Any = {"link": link, "paper": paper}.get(act)
    if act in ("retire", "take_up"):
        change = courses.retire_course if act == "retire" else courses.take_up_course
        change(request.ctx, course_id=course_id)
        told = _("Malen er tatt ut av bruk.") if act == "retire" else _("Malen er i bruk igjen.")
        return Reply.done(here, told)
    if form is not None and form.is_valid():
        with catching(form, DomainError):
            _add(request, course_id, act, dict(form.cleaned_data))
            return Reply.done(here, _("Materiellet er lagt til."))
    return Reply.page(
        "courses/template.html", found, status=422 if request.method == "POST" else 200, link_form=link,
        paper_form=paper, facts=_facts(found), lines=lines(found.runs),
    )  # fmt: skip


@page("kursmateriell/<int:material_id>/", right=Right.COURSE_READ, methods=("GET",))
def material(request: PageRequest, material_id: int) -> Reply:
    file = courses.get_material(request.ctx, material_id=material_id)
    return Reply.file(file.content, filename=file.name, content_type=TYPES[DocumentKind(file.kind)])


@page("kursmaler/<int:course_id>/materiell/<int:material_id>/fjern/", right=Right.COURSE_MANAGE, methods=("POST",))
def drop_material(request: PageRequest, course_id: int, material_id: int) -> Reply:
    courses.remove_material(request.ctx, material_id=material_id)
    return Reply.done(reverse("courses.template", args=[course_id]), _("Materiellet er tatt bort."))


@page("kursmaler/ny/", right=Right.COURSE_MANAGE)
def new_template(request: PageRequest) -> Reply:
    """Make a template."""
    form = _form(request, None)
    if request.method == "POST" and form.is_valid():
        with catching(form, DomainError):
            region = organisation.find_region_of(request.ctx.tenants, request.ctx.today)
            if region is None:
                raise NotFound()
            made = courses.make_course(request.ctx, region_id=region.tenant_id, course=form.as_input())
            return Reply.done(reverse("courses.template", args=[made]), _("Malen er laget."))
    return Reply.page("courses/run_form.html", None, form=form, title=_("Ny kursmal"), measure="")


@page("kursmaler/<int:course_id>/endre/", right=Right.COURSE_MANAGE)
def edit_template(request: PageRequest, course_id: int) -> Reply:
    """Change what a template says. Runs that are planned keep what was said."""
    found = courses.get_course(request.ctx, course_id=course_id)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        with catching(form, DomainError):
            courses.change_course(request.ctx, course_id=course_id, course=form.as_input())
            notice = _("Malen er endret. Kurs som er planlagt, beholder det som ble sagt da.")
            return Reply.done(reverse("courses.template", args=[course_id]), notice)
    return Reply.page("courses/run_form.html", None, form=form, title=_("Endre kursmalen"), measure=found.course.title)


@page("kursmaler/<int:course_id>/planlegg/", right=Right.COURSE_MANAGE)
def plan_by_template(request: PageRequest, course_id: int) -> Reply:
    """A new run of the template, in one short form."""
    found = courses.get_course(request.ctx, course_id=course_id)
    if found.course.status is CourseStatus.RETIRED:
        raise CourseIsRetired()
    if not found.may_plan:
        raise CourseIsNotShared() if found.may_manage else Refused(why=_("Kursene planlegges av kurskontoret."))
    region = organisation.find_region_of(request.ctx.tenants, request.ctx.today)
    towns = [(row.tenant_id, row.name) for row in region.municipalities] if region else []
    measures = plans.list_measures(request.ctx)
    code = found.course.requirement_code
    measures.sort(key=lambda row: (row.requirement_code != code or not code, -row.year, row.title))
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        measures=[(row.id, f"{row.year}: {row.title or row.title_nb}") for row in measures],
        municipalities=towns,
        initial={
            "title": found.course.title, "min_seats": found.told.min_seats, "max_seats": found.told.max_seats,
            "starts": "09:00", "ends": "15:00",
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with catching(form, DomainError):
            run_id = courses.plan_run_from(request.ctx, run=form.as_run(course_id))
            notice = _("Kurset er planlagt. Åpne det når folk kan melde seg på.")
            return Reply.done(reverse("courses.run", args=[run_id]), notice)
    return Reply.page(
        "courses/run_form.html", None, form=form, title=_("Nytt kurs etter mal"), measure=found.course.title
    )


def _may(request: PageRequest) -> bool:
    return access.possible(request.ctx.actor, Right.COURSE_MANAGE)


def _form(request: PageRequest, found: CoursePage | None) -> TemplateForm:
    others: list[CourseRow] = courses.list_courses(request.ctx, status=CourseStatus.IN_USE)
    return TemplateForm(
        request.POST if request.method == "POST" else None,
        requirements=[(row.code, f"{row.name} ({row.code})") for row in competence.list_requirements()],
        courses=[(row.id, row.title) for row in others if found is None or row.id != found.course.id],
        initial=told_of(found.told) if found else None,
    )


def _add(request: PageRequest, course_id: int, act: str, values: dict[str, Any]) -> None:
    if act == "link":
        courses.add_link(request.ctx, course_id=course_id, **values)
        return
    file: UploadedFile[bytes] = values.pop("file")
    if (file.size or 0) > LIMIT:  # before it is read
        raise DocumentTooBig(limit=LIMIT // 1_000_000)
    courses.attach_material(request.ctx, course_id=course_id, name=file.name or "", content=file.read(), **values)


def _facts(found: CoursePage) -> list[tuple[str, object]]:
    told = found.told
    facts: list[tuple[str, object]] = [
        (_("Målgruppe"), told.target_group),
        (_("Form"), FORMS[told.form]),
        (_("Språk"), LANGUAGES[told.language]),
        *hours_told(found.course.hours),
        (_("Gir kompetanse"), found.course.requirement_name),
        (_("Gjelder i"), _("%(n)s måneder") % {"n": told.gives_months} if told.gives_months else ""),
        (_("Må ha fra før"), ", ".join(found.requires)),
        (_("Deltakere"), _("%(least)s til %(most)s") % {"least": told.min_seats, "most": told.max_seats}),
        (_("Kontakt"), told.contact),
    ]
    if found.may_manage:
        tasks = ", ".join(task_name(kind) for kind in told.checklist)
        facts += [
            (_("Evaluering"), EVALUATIONS[told.evaluation]), (_("Sjekkliste"), tasks),
            (_("Hvem kan bruke malen"), REUSES[told.reuse]), (_("Versjon"), found.course.version),
        ]  # fmt: skip
    return [(term, value) for term, value in facts if value not in ("", None)]
