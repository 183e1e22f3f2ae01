"""Templates, what a run teaches, time blocks, and the checklist of a run."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q

from kompetanse.foundation.privacy import UNNAMED, Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel
from kompetanse.foundation.uploads import DocumentKind

from ..types.teaching import (
    BlockKind,
    CourseForm,
    CourseLanguage,
    CourseStatus,
    EvaluationForm,
    Reuse,
    TaskKind,
)
from .runs import Run, Session, one, times


class Taught(TenantModel):
    """What is said of a course, in the template and, as it was then, in each run."""

    title_nn = models.CharField(max_length=160, blank=True)
    description = models.TextField(blank=True)
    target_group = models.CharField(max_length=300, blank=True)
    goals = models.TextField(blank=True)
    language = models.CharField(max_length=2, default=CourseLanguage.BOKMAL)
    form = models.CharField(max_length=16, default=CourseForm.PHYSICAL)
    theory_minutes = models.PositiveIntegerField(default=0)
    practice_minutes = models.PositiveIntegerField(default=0)
    self_study_minutes = models.PositiveIntegerField(default=0)
    # What one must have beforehand: requirements by code, and templates one must have attended a run of.
    required_codes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    required_courses = ArrayField(models.BigIntegerField(), default=list, blank=True)
    # What it gives, and its name as it was said.
    requirement_code = models.CharField(max_length=40, blank=True)
    requirement_name = models.CharField(max_length=200, blank=True)
    gives_months = models.PositiveSmallIntegerField(null=True)  # None: as the requirement says
    contact = models.CharField(max_length=200, blank=True)
    evaluation = models.CharField(max_length=16, default=EvaluationForm.SHORT)

    class Meta:
        abstract = True


class Course(Taught):
    """A template (kursmal): what a course is, whenever it is held."""

    title_nb = models.CharField(max_length=160)
    min_seats = models.PositiveIntegerField(default=1)
    max_seats = models.PositiveIntegerField(default=20)
    reuse = models.CharField(max_length=16, default=Reuse.REGION)
    status = models.CharField(max_length=16, default=CourseStatus.IN_USE)
    version = models.PositiveIntegerField(
        default=1
    )  # counts the changes, so that a run can say which it was planned by
    checklist = models.JSONField(default=dict)  # days before the start or after the end, by kind of task
    made_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=list(CourseStatus)), name="course_status_is_known"),
            models.CheckConstraint(condition=Q(reuse__in=list(Reuse)), name="course_reuse_is_known"),
            models.CheckConstraint(condition=Q(form__in=list(CourseForm)), name="course_form_is_known"),
            models.CheckConstraint(condition=Q(language__in=list(CourseLanguage)), name="course_language_is_known"),
            models.CheckConstraint(condition=Q(evaluation__in=list(EvaluationForm)), name="course_evaluation_is_known"),
            # A template has a name, and as many seats at most as at least.
            models.CheckConstraint(condition=~Q(title_nb=""), name="course_has_a_title"),
            models.CheckConstraint(
                condition=Q(min_seats__gte=1, max_seats__gte=F("min_seats")), name="course_seats_are_in_order"
            ),
        ]
        indexes = [
            # Which courses do we hold?
            models.Index(fields=["tenant", "status", "title_nb"], name="course_by_title"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "made_by_id"
        personal = {"contact": Kind.CONTACT}
        purpose = "To say once what a course is, and to plan runs by it."
        keep = Keep(after="the region is dissolved")


class CourseMaterial(TenantModel):
    """A link or a document that belongs to a template."""

    course = TenantForeignKey(Course)
    title = models.CharField(max_length=160)
    url = models.URLField(max_length=500, blank=True)
    name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=4, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    content = models.BinaryField(null=True)

    class Meta:
        constraints = [
            # A link and no document, or a document with its kind and size and no link.
            models.CheckConstraint(
                condition=Q(content=None, size=0, kind="") & ~Q(url="")
                | Q(content__isnull=False, size__gt=0, kind__in=list(DocumentKind), url=""),
                name="material_is_link_or_document",
            ),
        ]
        indexes = [
            # What belongs to this template?
            models.Index(fields=["tenant", "course"], name="material_by_course"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To give those who attend what they read and work with."
        keep = Keep(after="the region is dissolved")


class RunContent(Taught):
    """What a run teaches (innhold): the template as it was when the run was planned. Every run has one."""

    run = TenantForeignKey(Run)
    course = TenantForeignKey(Course, null=True)
    course_version = models.PositiveIntegerField(null=True)
    municipality = models.ForeignKey("organisation.Municipality", models.PROTECT, null=True, related_name="+")
    # What the catalogue seeks in: names, places, target group, requirement. Kept by the operations.
    words = models.TextField(blank=True)
    search = models.GeneratedField(
        expression=SearchVector("words", config="norwegian"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        constraints = [
            # A run says once what it teaches.
            models.UniqueConstraint(fields=["tenant", "run"], name="content_is_told_once"),
            models.CheckConstraint(condition=Q(form__in=list(CourseForm)), name="content_form_is_known"),
            models.CheckConstraint(condition=Q(language__in=list(CourseLanguage)), name="content_language_is_known"),
            # Which version of the template, where there is one.
            models.CheckConstraint(
                condition=Q(course=None, course_version=None) | Q(course__isnull=False, course_version__isnull=False),
                name="content_says_which_version",
            ),
        ]
        indexes = [
            # Which runs were planned by this template?
            models.Index(fields=["tenant", "course"], name="content_by_course"),
            # Which runs give this competence?
            models.Index(fields=["tenant", "requirement_code"], name="content_by_requirement"),
            # Which runs speak of these words?
            GinIndex(fields=["search"], name="content_by_words"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = UNNAMED
        personal = {"contact": Kind.CONTACT}
        purpose = "To say what a run taught, as it was said to those who came."
        keep = Keep(after="the run", years=10)


class Block(TenantModel):
    """A time block (tidsblokk) of a session: what is done from when to when."""

    session = TenantForeignKey(Session)
    kind = models.CharField(max_length=16)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    title = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(BlockKind)), name="block_kind_is_known"),
            # A block cannot end before it starts.
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="block_ends_after_start"),
            # What is done now? One answer in a session.
            ExclusionConstraint(
                name="block_stands_alone",
                expressions=[(one("session_id"), RangeOperators.OVERLAPS), (times(), RangeOperators.OVERLAPS)],
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To count the hours, and to say what is done when."
        keep = Keep(after="the run", years=10)


class RunTask(TenantModel):
    """Something that must be done for a run: one line of its checklist."""

    run = TenantForeignKey(Run)
    kind = models.CharField(max_length=16)
    title = models.CharField(max_length=160, blank=True)
    due_on = models.DateField()
    # Before the start or after the end; None: a day of its own, that stays when the run is moved.
    days = models.PositiveSmallIntegerField(null=True)
    owner = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(TaskKind)), name="run_task_kind_is_known"),
            # What is of no known kind says what it is.
            models.CheckConstraint(condition=~Q(kind=TaskKind.OTHER, title=""), name="run_task_says_what"),
            # A run's room is found once.
            models.UniqueConstraint(
                fields=["tenant", "run", "kind"], condition=~Q(kind=TaskKind.OTHER), name="run_task_kind_stands_once"
            ),
        ]
        indexes = [
            # What is urgent, over all runs?
            models.Index(fields=["tenant", "due_on"], condition=Q(done_at=None), name="run_task_not_done"),
            # What must be done for this run?
            models.Index(fields=["tenant", "run"], name="run_task_by_run"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "owner_id"
        purpose = "To get done in time what a run needs, and to know who does it."
        keep = Keep(after="the run", years=10)
