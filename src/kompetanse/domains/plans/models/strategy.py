from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kompetanse.domains.plans.types.strategy import Sector, Unit
from kompetanse.foundation.privacy import Keep, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .plans import choices


class FocusArea(TenantModel):
    """Where the region wants to be better over several years, in one sector or in all."""

    title_nb = models.CharField(max_length=200)
    title_nn = models.CharField(max_length=200, blank=True)
    sector = models.CharField(max_length=16, choices=choices(Sector), default=Sector.ALL)
    goal = TenantForeignKey("governance.Goal", null=True)
    from_year = models.PositiveSmallIntegerField()
    to_year = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sector__in=list(Sector)), name="focus_area_sector_is_known"),
            models.CheckConstraint(condition=Q(to_year__gte=F("from_year")), name="focus_area_ends_after_start"),
            models.CheckConstraint(condition=~Q(title_nb=""), name="focus_area_has_a_title"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To know what the yearly plans lead to."
        keep = Keep(after="the year has ended", years=10)


class Indicator(TenantModel):
    """How it is seen that a focus area is reached: from a baseline to a target."""

    area = TenantForeignKey(FocusArea, on_delete=models.CASCADE)
    title_nb = models.CharField(max_length=200)
    title_nn = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=8, choices=choices(Unit), default=Unit.PERCENT)
    baseline = models.DecimalField(max_digits=12, decimal_places=2)
    baseline_year = models.PositiveSmallIntegerField()
    target = models.DecimalField(max_digits=12, decimal_places=2)
    target_year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(unit__in=list(Unit)), name="indicator_unit_is_known"),
            models.CheckConstraint(
                condition=Q(target_year__gte=F("baseline_year")), name="indicator_target_is_after_baseline"
            ),
        ]
        indexes = [
            # What tells that this area is reached?
            models.Index(fields=["tenant", "area"], name="indicator_by_area"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To see whether the strategy is reached."
        keep = Keep(after="the year has ended", years=10)


class Reading(TenantModel):
    """An indicator's value on a day, and where it comes from. The latest of a day stands."""

    indicator = TenantForeignKey(Indicator, on_delete=models.CASCADE)
    read_on = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=2)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            # What was it on this day? One answer.
            models.UniqueConstraint(fields=["tenant", "indicator", "read_on"], name="reading_is_one_a_day"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To see whether the strategy is reached."
        keep = Keep(after="the year has ended", years=10)
