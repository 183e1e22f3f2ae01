"""What has been told of the region's gap. Written once, never altered: what is told cannot be taken back."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kompetanse.foundation.privacy import Keep, Tenancy
from kompetanse.foundation.tenancy import TenantModel


class PublishedGap(TenantModel):
    """The region's gap on a day, requirement by municipality: told numbers alone, small ones hidden (ADR 13).

    `series` is the first day of the half-year within which tables are checked against each other; `members` the
    municipalities it tells of. `told` holds each requirement as it was named then, its cells and its crowds, see
    `rules.published.packed`; `summary` what a first page shows of it.
    """

    published_on = models.DateField()
    published_at = models.DateTimeField()
    series = models.DateField()
    members = ArrayField(models.BigIntegerField())
    told = models.JSONField()
    summary = models.JSONField()

    class Meta:
        constraints = [
            # Which table is in force? One is made a day, at most.
            models.UniqueConstraint(fields=["tenant", "published_on"], name="gaps_are_published_once_a_day"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        append_only = True
        purpose = "To show the forum what the region lacks as numbers, never persons, and what they were told before."
        keep = Keep(after="it was published", years=10, when="published_on")
