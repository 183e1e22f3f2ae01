"""The ledger: what people have shown that they can, what words mean, and what stands in for competence."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from kompetanse.domains.competence.types import EvidenceSource
from kompetanse.foundation.privacy import UNNAMED, Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .register import Requirement, days, hashed, one


class TextMapping(TenantModel):
    """What a person has confirmed that the municipality's own words prove. No requirement: they prove none."""

    text = models.CharField(max_length=200)
    text_key = models.CharField(max_length=200)  # normalised: one answer for every way to type it
    requirement = models.ForeignKey(Requirement, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.CharField(max_length=160)
    confirmed_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)  # somebody has said something else since

    class Meta:
        constraints = [
            # What do these words mean here? One standing answer.
            models.UniqueConstraint(
                fields=["tenant", "text_key"], condition=Q(replaced_at=None), name="mapping_is_confirmed_once"
            ),
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
    points = models.DecimalField(max_digits=6, decimal_places=1, null=True)  # studiepoeng
    source = models.CharField(max_length=12, choices=[(m.value, m.value) for m in EvidenceSource])
    reference = models.CharField(max_length=80, blank=True)
    file = models.CharField(max_length=200, blank=True)
    row = models.PositiveIntegerField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=160)
    verified_by = models.CharField(max_length=160, blank=True)  # who has seen the proof of what a person told
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
            # Is this certificate somebody else's?
            models.Index(
                fields=["tenant", "certificate_number"],
                condition=~Q(certificate_number=""),
                name="evidence_by_certificate",
            ),
            # What has this person shown?
            models.Index(fields=["tenant", "employee"], name="evidence_by_employee"),
            # What have people told themselves that waits for somebody to see the proof?
            models.Index(
                fields=["tenant", "employee"],
                condition=Q(source="self", verified_by="", void=False),
                name="evidence_waiting",
            ),
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
            "verified_by": Kind.NAME,
            "completed_on": Kind.COMPETENCE,
            "valid_to": Kind.COMPETENCE,
        }
        append_only = True
        purpose = "To show who has the competence that is required, and to whom training must be given."
        keep = Keep(after="the last employment ended", years=5)


class Duty(TenantModel):
    """A task or an office that brings requirements with it: safety representative, user of dangerous equipment."""

    employee = TenantForeignKey("organisation.Employee")
    unit = TenantForeignKey("organisation.Unit")
    name = models.CharField(max_length=120)
    key = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=160)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="duty_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="duty_has_a_name"),
            # Somebody has a duty in a place once at a time.
            ExclusionConstraint(
                name="duty_stands_alone",
                expressions=[
                    (one("tenant_id"), RangeOperators.OVERLAPS),
                    (one("employee_id"), RangeOperators.OVERLAPS),
                    (one("unit_id"), RangeOperators.OVERLAPS),
                    (hashed("key"), RangeOperators.OVERLAPS),
                    (days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at=None),
            ),
        ]
        indexes = [
            # Which duties has this person?
            models.Index(fields=["tenant", "employee"], name="duty_by_employee"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        personal = {"name": Kind.EMPLOYMENT, "recorded_by": Kind.NAME}
        purpose = "To know what is required of those who have a task beside their post."
        keep = Keep(after="the last employment ended", years=5)


class Dispensation(TenantModel):
    """Somebody may hold a post in a place without the competence, for a time. Never counted as competence."""

    employee = TenantForeignKey("organisation.Employee")
    unit = TenantForeignKey("organisation.Unit")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="+")
    position_title = models.CharField(max_length=120, blank=True)
    decided_by = models.CharField(max_length=160)
    case_reference = models.CharField(max_length=80, blank=True)
    why = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=160)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=160, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="dispensation_ends_after_start"),
            models.CheckConstraint(condition=~Q(why="") & ~Q(decided_by=""), name="dispensation_says_who_and_why"),
            # Who takes one back says why.
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_why="") | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why=""),
                name="dispensation_withdrawal_says_why",
            ),
            # One at a time for a person, a place and a requirement.
            ExclusionConstraint(
                name="dispensation_stands_alone",
                expressions=[
                    (one("tenant_id"), RangeOperators.OVERLAPS),
                    (one("employee_id"), RangeOperators.OVERLAPS),
                    (one("unit_id"), RangeOperators.OVERLAPS),
                    (one("requirement_id"), RangeOperators.OVERLAPS),
                    (days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at=None),
            ),
        ]
        indexes = [
            # Which dispensations has this person?
            models.Index(fields=["tenant", "employee"], name="dispensation_by_employee"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        personal = {
            "decided_by": Kind.NAME,
            "why": Kind.FREE_TEXT,
            "recorded_by": Kind.NAME,
            "withdrawn_by": Kind.NAME,
            "withdrawn_why": Kind.FREE_TEXT,
            "position_title": Kind.EMPLOYMENT,
        }
        purpose = "To show on what ground somebody works without the competence that is required."
        keep = Keep(after="the last employment ended", years=5)
