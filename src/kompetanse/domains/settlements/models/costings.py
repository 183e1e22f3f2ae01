"""What something costs, who else pays, and how the rest is to be shared: before anything is settled."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kompetanse.foundation.privacy import Keep, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from ..types import LONGEST_TEXT, MOST_ORE, MOST_PEOPLE, CostKind, Key, Place


class BaseNumber(TenantModel):
    """A municipality's inhabitants as a year is reckoned by. Written once, so that a year gives one answer."""

    municipality = models.ForeignKey("organisation.Municipality", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    inhabitants = models.PositiveIntegerField()
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [
            # How many are reckoned with this year? One number.
            models.UniqueConstraint(fields=["tenant", "municipality", "year"], name="base_number_is_one_a_year"),
            models.CheckConstraint(condition=Q(inhabitants__gte=1), name="base_number_is_somebody"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        append_only = True
        purpose = "To reckon a year's shares by numbers that stand still."
        keep = Keep(after="the year was frozen", years=10, when="frozen_at")


class Costing(TenantModel):
    """The money of a run, or of a measure's runs that have none of their own. Its row locks all that hangs here."""

    measure = TenantForeignKey("plans.Measure")
    run = TenantForeignKey("courses.Run", null=True)
    title = models.CharField(max_length=LONGEST_TEXT)
    year = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=24, default=Key.INHABITANTS)
    fixed_ore = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Where is this run's money? In one place.
            models.UniqueConstraint(fields=["tenant", "run"], condition=~Q(run=None), name="costing_is_one_a_run"),
            models.UniqueConstraint(
                fields=["tenant", "measure"], condition=Q(run=None), name="costing_is_one_a_measure"
            ),
            models.CheckConstraint(condition=Q(key__in=list(Key)), name="costing_key_is_known"),
            models.CheckConstraint(
                condition=Q(fixed_ore__gte=0, fixed_ore__lte=MOST_ORE), name="costing_fixed_is_possible"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To know what courses cost, and to share it."
        keep = Keep(after="the costing was opened", years=10, when="opened_at")


class CostLine(TenantModel):
    """Something that costs, as planned and as it became."""

    costing = TenantForeignKey(Costing, on_delete=models.CASCADE)
    kind = models.CharField(max_length=12)
    text = models.CharField(max_length=LONGEST_TEXT)
    planned_ore = models.BigIntegerField(default=0)
    actual_ore = models.BigIntegerField(null=True)  # None: not known yet

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(CostKind)), name="cost_kind_is_known"),
            models.CheckConstraint(
                condition=Q(planned_ore__gte=0, planned_ore__lte=MOST_ORE)
                & (Q(actual_ore=None) | Q(actual_ore__gte=0, actual_ore__lte=MOST_ORE)),
                name="cost_is_possible",
            ),
        ]
        indexes = [
            # What does this cost?
            models.Index(fields=["tenant", "costing"], name="cost_line_by_costing"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To know what courses cost."
        keep = Keep(after="the costing was opened", years=10, when="costing__opened_at")


class Subsidy(TenantModel):
    """Money from others, taken off before the cost is shared or off the shares after: that is never left unsaid."""

    costing = TenantForeignKey(Costing, on_delete=models.CASCADE)
    source = models.CharField(max_length=LONGEST_TEXT)
    place = models.CharField(max_length=8)
    planned_ore = models.BigIntegerField(default=0)
    actual_ore = models.BigIntegerField(null=True)
    municipality = models.ForeignKey("organisation.Municipality", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(place__in=list(Place)), name="subsidy_place_is_known"),
            # What comes off before the split is for all.
            models.CheckConstraint(
                condition=Q(municipality=None) | Q(place=Place.AFTER), name="subsidy_of_one_is_after_the_split"
            ),
            models.CheckConstraint(
                condition=Q(planned_ore__gte=0, planned_ore__lte=MOST_ORE)
                & (Q(actual_ore=None) | Q(actual_ore__gte=0, actual_ore__lte=MOST_ORE)),
                name="subsidy_is_possible",
            ),
        ]
        indexes = [
            # Who else pays for this?
            models.Index(fields=["tenant", "costing"], name="subsidy_by_costing"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To know who else pays for courses."
        keep = Keep(after="the costing was opened", years=10, when="costing__opened_at")


class CostingPart(TenantModel):
    """What is told of a municipality's part where it is not as usual: not taking part, or counts told by hand."""

    costing = TenantForeignKey(Costing, on_delete=models.CASCADE)
    municipality = models.ForeignKey("organisation.Municipality", models.PROTECT, related_name="+")
    takes_part = models.BooleanField(default=True)
    seats = models.PositiveIntegerField(null=True)  # None: as the runs tell
    participants = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            # Does this municipality take part? One answer.
            models.UniqueConstraint(fields=["tenant", "costing", "municipality"], name="costing_part_is_one"),
            models.CheckConstraint(
                condition=(Q(seats=None) | Q(seats__lte=MOST_PEOPLE))
                & (Q(participants=None) | Q(participants__lte=MOST_PEOPLE)),
                name="costing_part_is_possible",
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To share costs between those who take part."
        keep = Keep(after="the costing was opened", years=10, when="costing__opened_at")
