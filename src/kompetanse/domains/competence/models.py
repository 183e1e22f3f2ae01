from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kompetanse.foundation.privacy import UNNAMED, Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .rules.status import Anchor
from .rules.targets import TargetKind
from .types import EvidenceSource, Scope, SourceType, Verified


class Requirement(models.Model):
    """A requirement of the shared register: what it rests on, how often it is renewed, how far it is checked."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    name_nb = models.CharField(max_length=200)
    name_nn = models.CharField(max_length=200)
    applies_to = models.CharField(max_length=200)
    source_type = models.CharField(max_length=20, choices=[(m.value, m.value) for m in SourceType])
    reference = models.CharField(max_length=200)
    interval_months = models.PositiveSmallIntegerField(null=True)
    anchor = models.CharField(max_length=20, blank=True, choices=[(m.value, m.value) for m in Anchor])
    early_window_months = models.PositiveSmallIntegerField(null=True)
    scope = models.CharField(max_length=20, choices=[(m.value, m.value) for m in Scope])
    verified = models.CharField(max_length=1, choices=[(m.value, m.value) for m in Verified])
    note = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField(null=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            # Is it law, norm, or a condition somebody has set?
            models.CheckConstraint(condition=Q(source_type__in=list(SourceType)), name="requirement_says_its_source"),
            models.CheckConstraint(condition=Q(verified__in=list(Verified)), name="requirement_says_its_mark"),
            models.CheckConstraint(condition=Q(scope__in=list(Scope)), name="requirement_says_its_scope"),
            # Counted from what? An interval has an anchor, and no anchor stands without one.
            models.CheckConstraint(
                condition=Q(interval_months=None, anchor="") | Q(interval_months__gt=0, anchor__in=list(Anchor)),
                name="requirement_interval_has_anchor",
            ),
        ]

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "To say what is required, of whom, and what it rests on."
        keep = Keep(after="the requirement is repealed")


class RequirementTarget(models.Model):
    """Whom a requirement is put to: one line is one way to come under it."""

    id = models.BigAutoField(primary_key=True)
    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="targets")
    kind = models.CharField(max_length=12, choices=[(m.value, m.value) for m in TargetKind])
    value = models.CharField(max_length=120, blank=True)
    within = models.CharField(max_length=120, blank=True)  # only in units whose name holds this word

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(TargetKind)), name="target_kind_is_known"),
            # The same way in is told once.
            models.UniqueConstraint(fields=["requirement", "kind", "value", "within"], name="target_is_told_once"),
        ]

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "To know which posts a requirement is put to."
        keep = Keep(after="the requirement is repealed")


class Equivalence(models.Model):
    """Evidence of `by` counts for `requirement`, never the other way unless that is told, too."""

    id = models.BigAutoField(primary_key=True)
    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="satisfied_by")
    by = models.ForeignKey(Requirement, models.CASCADE, related_name="satisfies")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["requirement", "by"], name="equivalence_is_told_once"),
            # Nothing proves itself; longer circles are refused when the register is loaded.
            models.CheckConstraint(condition=~Q(requirement=F("by")), name="equivalence_has_two_ends"),
        ]

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "To know what counts for what."
        keep = Keep(after="the requirement is repealed")


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


class TextMapping(TenantModel):
    """What a person has confirmed that the municipality's own words prove. No requirement: they prove none."""

    text = models.CharField(max_length=200)
    text_key = models.CharField(max_length=200)  # normalised: one answer for every way to type it
    requirement = models.ForeignKey(Requirement, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.CharField(max_length=160)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            # What do these words mean here?
            models.UniqueConstraint(fields=["tenant", "text_key"], name="mapping_is_confirmed_once"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = UNNAMED
        personal = {"confirmed_by": Kind.NAME}
        purpose = "To remember what a municipality's own words for training mean."
        keep = Keep(after="the municipality has left", years=1)


class Evidence(TenantModel):
    """A row of the ledger: somebody completed something on a day, and this is what was known when.

    Never altered. A correction is a new row that names the one it replaces and says why; a void row says
    that what it corrects never was. Imported rows keep their own words and are read through TextMapping.
    """

    employee = TenantForeignKey("organisation.Employee")
    requirement = models.ForeignKey(Requirement, models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=200)
    title_key = models.CharField(max_length=200)
    issuer = models.CharField(max_length=160, blank=True)
    certificate_number = models.CharField(max_length=80, blank=True)
    completed_on = models.DateField()
    valid_to = models.DateField(null=True)  # the last day, as the issuer tells it
    source = models.CharField(max_length=12, choices=[(m.value, m.value) for m in EvidenceSource])
    reference = models.CharField(max_length=80, blank=True)
    file = models.CharField(max_length=200, blank=True)
    row = models.PositiveIntegerField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=160)
    corrects = TenantForeignKey("self", null=True)
    why = models.CharField(max_length=300, blank=True)
    void = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(source__in=list(EvidenceSource)), name="evidence_says_its_source"),
            # Nothing runs out before it was completed.
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("completed_on")),
                name="evidence_ends_after_completion",
            ),
            # A row is corrected once: who comes second corrects the correction.
            models.UniqueConstraint(
                fields=["tenant", "corrects"], condition=Q(corrects__isnull=False), name="evidence_corrected_once"
            ),
            # A correction says why; only a correction can make void.
            models.CheckConstraint(
                condition=Q(corrects=None, void=False) | Q(corrects__isnull=False) & ~Q(why=""),
                name="evidence_correction_says_why",
            ),
            # The same attendance gives a person one evidence, however often it is told.
            models.UniqueConstraint(
                fields=["tenant", "employee", "reference", "requirement"],
                condition=Q(corrects=None) & ~Q(reference=""),
                nulls_distinct=False,
                name="evidence_of_reference_once",
            ),
        ]
        indexes = [
            # What has this person shown?
            models.Index(fields=["tenant", "employee"], name="evidence_by_employee"),
            # Which words wait for a meaning, and how many are there of each?
            models.Index(fields=["tenant", "title_key"], condition=Q(requirement=None), name="evidence_by_words"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        personal = {
            "title": Kind.COMPETENCE,
            "certificate_number": Kind.IDENTIFIER,
            "recorded_by": Kind.NAME,
            "completed_on": Kind.COMPETENCE,
            "valid_to": Kind.COMPETENCE,
        }
        append_only = True
        purpose = "To show who has the competence that is required, and to whom training must be given."
        keep = Keep(after="the last employment ended", years=5)
