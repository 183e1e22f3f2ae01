"""Regions, municipalities, and the units in them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from kompetanse.domains.organisation.types import Level, WrittenForm
from kompetanse.foundation.privacy import Keep, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .fields import NameWords, TextKey, choices


class Region(models.Model):
    """Municipalities that work together; also the interregional and national levels above."""

    tenant = models.OneToOneField("foundation.Tenant", models.PROTECT, primary_key=True, related_name="+")
    name = models.CharField(max_length=120, unique=True)
    level = models.CharField(max_length=20, choices=choices(Level))
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            # The level is one of the report's.
            models.CheckConstraint(condition=Q(level__in=list(Level)), name="region_level_is_known"),
        ]

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "To know which municipalities work together."
        keep = Keep(after="the region is dissolved")


class Municipality(models.Model):
    """A municipality with its public facts. The number can change at a merger; the tenant never does."""

    tenant = models.OneToOneField("foundation.Tenant", models.PROTECT, primary_key=True, related_name="+")
    number = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=80)
    county = models.CharField(max_length=40, blank=True)
    population = models.PositiveIntegerField(null=True)
    centre = models.CharField(max_length=60, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    written_form = models.CharField(max_length=8, choices=choices(WrittenForm), default=WrittenForm.NEUTRAL)
    written_form_verified = models.CharField(max_length=1, default="U")
    organisation_number = models.CharField(max_length=9, blank=True, default="")  # whom a bill is sent to

    class Meta:
        constraints = [
            # In the Register of Legal Entities a number is nine digits; empty where nobody has told it.
            models.CheckConstraint(
                condition=Q(organisation_number__regex=r"^([1-9][0-9]{8})?$"),
                name="municipality_organisation_number_has_nine_digits",
            ),
            # The official number is four digits.
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{4}$"), name="municipality_number_has_four_digits"
            ),
        ]

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "Public facts about municipalities."
        keep = Keep(after="the municipality is dissolved")


class Membership(models.Model):
    """A municipality is in a region from a day, and to a day: they join, leave, merge and split."""

    id = models.BigAutoField(primary_key=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            # Nobody leaves before they came.
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="membership_ends_after_start",
            ),
            # One standing membership per municipality and region.
            models.UniqueConstraint(
                fields=["region", "municipality"], condition=Q(valid_to=None), name="membership_stands_once"
            ),
        ]

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "To know who is in the region, and when."
        keep = Keep(after="the region is dissolved")


class Unit(TenantModel):
    """A node in a municipality's tree. `path` holds the ids from the root to the unit itself."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    parent = TenantForeignKey("self", null=True)
    path = ArrayField(models.BigIntegerField(), default=list)
    name_words = NameWords(models.CharField(max_length=160), default=list)
    sector = models.CharField(max_length=80, blank=True)
    sector_key = TextKey(of="sector", blank=True)
    written_form = models.CharField(max_length=8, blank=True)
    leader_number = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    left_register_on = models.DateField(null=True)  # gone from the org file; closes when its last post has left

    class Meta:
        constraints = [
            # A code names one standing unit.
            models.UniqueConstraint(
                fields=["tenant", "code"], condition=Q(valid_to=None), name="unit_code_names_one_unit"
            ),
        ]
        indexes = [
            # Everything below this unit?
            GinIndex(fields=["path"], name="unit_path"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To place people, needs and results."
        keep = Keep(after="the unit is closed", years=10)
