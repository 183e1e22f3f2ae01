"""What the councils want reached, and what it may cost."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kompetanse.foundation.privacy import Keep, Tenancy
from kompetanse.foundation.tenancy import TenantModel


class Goal(TenantModel):
    """What a council wants reached, with the decision it rests on."""

    title_nb = models.CharField(max_length=200)
    title_nn = models.CharField(max_length=200, blank=True)
    decision_reference = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            # A goal cannot end before it begins.
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="goal_ends_after_start"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To know what needs and measures are to serve."
        keep = Keep(after="the goal has ended", years=10)


class Frame(TenantModel):
    """The most that a year's plan may cost, with the decision it rests on. Øre."""

    year = models.PositiveSmallIntegerField()
    limit_ore = models.BigIntegerField()
    decision_reference = models.CharField(max_length=120)

    class Meta:
        constraints = [
            # What may this year cost? One answer.
            models.UniqueConstraint(fields=["tenant", "year"], name="frame_is_one_a_year"),
            models.CheckConstraint(condition=Q(limit_ore__gte=0), name="frame_is_not_negative"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To hold plans within what the councils have granted."
        keep = Keep(after="the year has ended", years=10)
