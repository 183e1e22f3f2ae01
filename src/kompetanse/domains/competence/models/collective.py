"""What requirements that are not put to one person are reckoned from: ratios, counts, and arrangements with others."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kompetanse.domains.competence.rules.collective import LARGEST_COUNT
from kompetanse.foundation.privacy import UNNAMED, Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .register import Requirement, RequirementVersion


class RatioPart(models.Model):
    """A part of a ratio: one holder for each so many that are counted."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(RequirementVersion, models.CASCADE, related_name="ratio_parts")
    key = models.CharField(max_length=40)
    name_nb = models.CharField(max_length=80)  # what is counted
    name_nn = models.CharField(max_length=80)
    per = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="ratio_part_is_told_once"),
            models.CheckConstraint(condition=Q(per__gt=0) & ~Q(key=""), name="ratio_part_counts_something"),
        ]

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "To know how many holders a count asks for."
        keep = Keep(after="the requirement is repealed")


class UnitCount(TenantModel):
    """How many there are of what a ratio counts, in a unit from a day on. Told again, the newest row counts."""

    unit = TenantForeignKey("organisation.Unit")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="+")
    part = models.CharField(max_length=40)  # the key of the ratio's part: versions come and go, the counts stand
    number = models.PositiveIntegerField()
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            # Could it be so many?
            models.CheckConstraint(condition=Q(number__lte=LARGEST_COUNT), name="unit_count_is_likely"),
        ]
        indexes = [
            # How many are there in this unit on the day?
            models.Index(fields=["tenant", "unit", "requirement", "part", "-valid_from"], name="unit_count_by_day"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = UNNAMED
        personal = {"recorded_by": Kind.NAME}
        purpose = "To reckon how many posts the number of children or users asks for."
        keep = Keep(after="the count was recorded", years=10, when="recorded_at")
        append_only = True


class Arrangement(TenantModel):
    """Somebody else stands for a part of what the municipality must have: a neighbour, a hospital, a practice.

    Ended by a new row: the old one is taken back, so that what was known on a day can be told later.
    """

    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="+")
    part = models.CharField(max_length=120)
    with_whom = models.CharField(max_length=160)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the last day
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=160)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="arrangement_ends_after_start"
            ),
            # An arrangement is with somebody.
            models.CheckConstraint(condition=~Q(with_whom=""), name="arrangement_says_with_whom"),
        ]
        indexes = [
            # Who stands for what the municipality must have?
            models.Index(fields=["tenant", "requirement"], name="arrangement_by_requirement"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = UNNAMED
        personal = {"with_whom": Kind.NAME, "recorded_by": Kind.NAME}
        purpose = "To show how the municipality has what it must have when others stand for it."
        keep = Keep(after="the municipality has left", years=1)
