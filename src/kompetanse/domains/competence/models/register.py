"""The register: what is required, by which version of which rule, of whom, and what counts for what."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from kompetanse.domains.competence.rules.status import Anchor
from kompetanse.domains.competence.rules.targets import TargetKind
from kompetanse.domains.competence.types import Scope, SourceType, Verified
from kompetanse.foundation.privacy import Keep, Tenancy
from kompetanse.foundation.tenancy import TenantModel


def days(start: str = "valid_from", end: str = "valid_to") -> Func:
    """The days of a row as a range, both ends in."""
    return Func(F(start), F(end), Value("[]"), function="daterange")


def one(column: str) -> Func:
    """A whole number as a range of itself: core PostgreSQL excludes ranges only."""
    return Func(F(column), F(column), Value("[]"), function="int8range")


def hashed(column: str) -> Func:
    """A word as a range of its hash, for the same reason."""
    number = Func(F(column), Value(0), function="hashtextextended")
    return Func(number, number, Value("[]"), function="int8range")


class Requirement(models.Model):
    """A requirement by its code and name. What it says on a day is in its versions.

    `owner` None: the shared register. Otherwise the municipality that has added it for its own posts.
    """

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    name_nb = models.CharField(max_length=200)
    name_nn = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    owner = models.ForeignKey("foundation.Tenant", models.PROTECT, null=True, related_name="+")

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "To say what is required, of whom, and what it rests on."
        keep = Keep(after="the requirement is repealed")


class RequirementVersion(models.Model):
    """What a requirement says from a day on: its source, whom it is put to, how it is renewed.

    Written once. A version is taken back by `withdrawn_at`, never altered, so that what was known on a day can
    be told later. `valid_to` is the last day; the next version begins the day after. Where a version gets another
    last day, the row is taken back and the same is told again: had the last day been altered, what was known
    before would have no rule after that day.
    """

    id = models.BigAutoField(primary_key=True)
    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="versions")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source_type = models.CharField(max_length=20, choices=[(m.value, m.value) for m in SourceType])
    reference = models.CharField(max_length=200)
    applies_to = models.CharField(max_length=200)
    scope = models.CharField(max_length=20, choices=[(m.value, m.value) for m in Scope])
    interval_months = models.PositiveSmallIntegerField(null=True)
    anchor = models.CharField(max_length=20, blank=True, choices=[(m.value, m.value) for m in Anchor])
    fixed_month = models.PositiveSmallIntegerField(null=True)
    fixed_day = models.PositiveSmallIntegerField(null=True)
    early_window_months = models.PositiveSmallIntegerField(null=True)
    grace_days = models.PositiveSmallIntegerField(default=0)
    credit_months = models.PositiveSmallIntegerField(null=True)
    dispensation_months = models.PositiveSmallIntegerField(null=True)
    least = models.PositiveSmallIntegerField(default=1)
    consequence_nb = models.CharField(max_length=300, blank=True)
    consequence_nn = models.CharField(max_length=300, blank=True)
    verified = models.CharField(max_length=1, choices=[(m.value, m.value) for m in Verified])
    verified_on = models.DateField(null=True)
    responsible = models.CharField(max_length=120, blank=True)  # who keeps this entry right
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=160)
    withdrawn_at = models.DateTimeField(null=True)
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")  # the row that first said this

    class Meta:
        constraints = [
            # Is it law, norm, or a condition somebody has set?
            models.CheckConstraint(condition=Q(source_type__in=list(SourceType)), name="version_says_its_source"),
            models.CheckConstraint(condition=Q(verified__in=list(Verified)), name="version_says_its_mark"),
            models.CheckConstraint(condition=Q(scope__in=list(Scope)), name="version_says_its_scope"),
            # Counted from what? An interval has an anchor, and no anchor stands without one.
            models.CheckConstraint(
                condition=Q(interval_months=None, anchor="") | Q(interval_months__gt=0, anchor__in=list(Anchor)),
                name="version_interval_has_anchor",
            ),
            # A fixed date has its day and month, and nothing else has.
            models.CheckConstraint(
                condition=Q(anchor=Anchor.FIXED_DATE, fixed_month__range=(1, 12), fixed_day__range=(1, 28))
                | ~Q(anchor=Anchor.FIXED_DATE) & Q(fixed_month=None, fixed_day=None),
                name="version_fixed_date_is_told",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="version_ends_after_start"
            ),
            # What does it say on a day? One answer.
            ExclusionConstraint(
                name="version_stands_alone",
                expressions=[(one("requirement_id"), RangeOperators.OVERLAPS), (days(), RangeOperators.OVERLAPS)],
                condition=Q(withdrawn_at=None),
            ),
        ]

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "To say what was required on a day, and what it rested on."
        keep = Keep(after="the requirement is repealed")


class RequirementTarget(models.Model):
    """Whom a version is put to: one line is one way to come under it.

    `key` and `within_key` are the words as they are compared, see `rules.targets`.
    """

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(RequirementVersion, models.CASCADE, related_name="targets")
    kind = models.CharField(max_length=12, choices=[(m.value, m.value) for m in TargetKind])
    value = models.CharField(max_length=120, blank=True)
    key = models.CharField(max_length=120, blank=True)
    within = models.CharField(max_length=120, blank=True)  # only in units whose name holds this word
    within_key = models.CharField(max_length=120, blank=True)
    # What of the requirement the line answers: lines with the same part are alternatives, each part must be met.
    # Both written forms with a bar between; empty where the requirement is one.
    part = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(TargetKind)), name="target_kind_is_known"),
            # The same way in is told once.
            models.UniqueConstraint(fields=["version", "kind", "value", "within"], name="target_is_told_once"),
        ]

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "To know which posts a requirement is put to."
        keep = Keep(after="the requirement is repealed")


class Alternative(models.Model):
    """One member of one way to meet a composite requirement: "A, or B with C and 30 points".

    Every member of a group must be held; one whole group is enough. `points`: so many must be reached by
    standing evidence of the member together.
    """

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(RequirementVersion, models.CASCADE, related_name="alternatives")
    group = models.PositiveSmallIntegerField()
    needs = models.ForeignKey(Requirement, models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=6, decimal_places=1, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "group", "needs"], name="alternative_is_told_once"),
            models.CheckConstraint(condition=Q(points=None) | Q(points__gt=0), name="alternative_points_are_some"),
        ]

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "To know which combinations meet a requirement."
        keep = Keep(after="the requirement is repealed")


class Equivalence(models.Model):
    """Evidence of `by` counts for `requirement` in a period, never the other way unless that is told, too."""

    id = models.BigAutoField(primary_key=True)
    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="satisfied_by")
    by = models.ForeignKey(Requirement, models.CASCADE, related_name="satisfies")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Nothing proves itself; longer circles are refused by the operations.
            models.CheckConstraint(condition=~Q(requirement=F("by")), name="equivalence_has_two_ends"),
            # The same is told once for a day.
            ExclusionConstraint(
                name="equivalence_stands_alone",
                expressions=[
                    (one("requirement_id"), RangeOperators.OVERLAPS),
                    (one("by_id"), RangeOperators.OVERLAPS),
                    (days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at=None),
            ),
        ]

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "To know what counts for what."
        keep = Keep(after="the requirement is repealed")


class RegisterRevision(models.Model):
    """How many times the register has changed. What is kept ready tells which of them it was reckoned from."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    revision = models.BigIntegerField(default=1)

    class Meta:
        constraints = [
            # There is one register.
            models.CheckConstraint(condition=Q(id=1), name="register_is_one"),
        ]

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "To know whether what is kept ready follows the register as it stands."
        keep = Keep(after="never: it is one number")


class LocalRule(TenantModel):
    """A municipality renews a requirement more often than the shared register says, in a period."""

    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="+")
    interval_months = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=160)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(interval_months__gt=0), name="local_interval_is_some"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="local_rule_ends_after_start"
            ),
            # How often here, on a day? One answer.
            ExclusionConstraint(
                name="local_rule_stands_alone",
                expressions=[
                    (one("tenant_id"), RangeOperators.OVERLAPS),
                    (one("requirement_id"), RangeOperators.OVERLAPS),
                    (days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at=None),
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To let a municipality be stricter than the shared register."
        keep = Keep(after="the municipality has left", years=1)


class VersionReply(TenantModel):
    """A municipality has answered to a new version of a requirement: taken, or (what is no law) kept the old one.

    `version` is the row that first said it, whatever last day it has been given since.
    """

    version = models.ForeignKey(RequirementVersion, models.PROTECT, related_name="+")
    accepted = models.BooleanField()
    why = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=160)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # One standing answer to each version.
            models.UniqueConstraint(
                fields=["tenant", "version"], condition=Q(withdrawn_at=None), name="version_is_answered_once"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To know which version of a requirement a municipality follows."
        keep = Keep(after="the municipality has left", years=1)


class Topic(models.Model):
    """What a course or a need can be about; a requirement's topic names it."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    name_nb = models.CharField(max_length=200)
    name_nn = models.CharField(max_length=200)
    requirement = models.ForeignKey(Requirement, models.PROTECT, null=True, related_name="topics")
    kind = models.CharField(max_length=40, blank=True)
    target_groups = ArrayField(models.CharField(max_length=80), default=list)

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "To recognise what titles in free text are about."
        keep = Keep(after="the topic is out of use")


class TopicName(models.Model):
    """A name that a topic goes under: from the data file, or taught by people."""

    id = models.BigAutoField(primary_key=True)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    taught_at = models.DateTimeField(null=True)  # None: from the file

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "name"], name="topic_name_is_told_once"),
        ]

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "To recognise what titles in free text are about."
        keep = Keep(after="the topic is out of use")
