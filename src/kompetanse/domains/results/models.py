from __future__ import annotations

from django.db import models

from kompetanse.foundation.privacy import Keep, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel


class MeasureResult(TenantModel):
    """What a municipality got out of a measure, as numbers that may cross its border.

    Kept by handlers from the municipality's own rows, and always written whole, so that it can be made again.
    """

    measure = TenantForeignKey("plans.Measure")
    municipality = models.ForeignKey("organisation.Municipality", models.PROTECT, related_name="+")
    ordered = models.PositiveIntegerField(default=0)
    seated = models.PositiveIntegerField(default=0)
    attended = models.PositiveIntegerField(default=0)
    absent = models.PositiveIntegerField(default=0)
    evidence = models.PositiveIntegerField(default=0)
    refreshed_at = models.DateTimeField()

    class Meta:
        constraints = [
            # One line per measure and municipality.
            models.UniqueConstraint(fields=["tenant", "measure", "municipality"], name="result_is_told_once"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To show results against the plan as numbers, never persons."
        keep = Keep(after="the plan", years=10)
