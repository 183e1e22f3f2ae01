from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kompetanse.domains.orders.types.guidelines import REASON_LENGTH, Route
from kompetanse.foundation.privacy import Keep, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel


class Guideline(TenantModel):
    """A version of the region's guidelines for orders. It holds from a day until the next one does."""

    number = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    otherwise = models.CharField(max_length=8)
    decided_by = models.CharField(max_length=120, blank=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="guideline_number_is_one"),
            # Two versions never begin on one day, and one at most is without an end: so none overlap.
            models.UniqueConstraint(
                fields=["tenant", "valid_from"],
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="guideline_begins_alone",
            ),
            models.UniqueConstraint(fields=["tenant"], condition=Q(valid_to=None), name="guideline_holds_alone"),
            # A version that was replaced before it began never held a day.
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="guideline_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(otherwise__in=list(Route)), name="guideline_otherwise_is_known"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To know which rules decided whether an order went to the forum."
        keep = Keep(after="as long as it stands")


class GuidelineRule(TenantModel):
    """A rule of a version: conditions, the way, and why in words. Never altered. The first that fits decides."""

    guideline = TenantForeignKey(Guideline)
    place = models.PositiveSmallIntegerField()
    route = models.CharField(max_length=8)
    reason_nb = models.CharField(max_length=REASON_LENGTH)
    reason_nn = models.CharField(max_length=REASON_LENGTH, blank=True)
    kinds = ArrayField(models.CharField(max_length=16), default=list)
    cost_from_ore = models.BigIntegerField(null=True)
    cost_below_ore = models.BigIntegerField(null=True)
    minutes_from = models.PositiveIntegerField(null=True)
    minutes_below = models.PositiveIntegerField(null=True)
    municipalities_from = models.PositiveSmallIntegerField(null=True)
    in_plan = models.BooleanField(null=True)
    statutory = models.BooleanField(null=True)

    class Meta:
        constraints = [
            # The rules stand in one order.
            models.UniqueConstraint(fields=["tenant", "guideline", "place"], name="guideline_rule_has_its_place"),
            models.CheckConstraint(condition=Q(route__in=list(Route)), name="guideline_rule_leads_somewhere"),
            models.CheckConstraint(condition=~Q(reason_nb=""), name="guideline_rule_says_why"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        append_only = True
        purpose = "To know which rule decided whether an order went to the forum, and why."
        keep = Keep(after="as long as it stands")
