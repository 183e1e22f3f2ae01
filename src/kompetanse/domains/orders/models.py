from __future__ import annotations

from django.db import models
from django.db.models import Q

from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .types import MOST_SEATS, OrderStatus


class Order(TenantModel):
    """A municipality orders seats on a measure of the region's plan. The order belongs to the municipality."""

    region = models.ForeignKey("organisation.Region", models.PROTECT, related_name="+")
    measure = TenantForeignKey("plans.Measure", tenant_field="region")
    seats = models.PositiveIntegerField()
    status = models.CharField(max_length=16, default=OrderStatus.PLACED)
    note = models.CharField(max_length=500, blank=True)
    placed_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    placed_by_name = models.CharField(max_length=160, blank=True)
    placed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            # The status is one we know.
            models.CheckConstraint(condition=Q(status__in=list(OrderStatus)), name="order_status_is_known"),
            # Nobody orders nothing, or more than there are people.
            models.CheckConstraint(condition=Q(seats__gte=1, seats__lte=MOST_SEATS), name="order_seats_make_sense"),
            # A cancelled order says why.
            models.CheckConstraint(
                condition=~Q(status=OrderStatus.CANCELLED) | ~Q(reason=""), name="order_cancelled_says_why"
            ),
            # A municipality has one unanswered order per measure: the next one changes it.
            models.UniqueConstraint(
                fields=["tenant", "measure"],
                condition=Q(status=OrderStatus.PLACED),
                name="order_waits_once_per_measure",
            ),
        ]
        indexes = [
            # What has been ordered on this measure?
            models.Index(fields=["tenant", "measure"], name="order_by_measure"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "placed_by_id"
        personal = {"placed_by_name": Kind.NAME}
        purpose = "To know what the municipality has asked the office for, and what was agreed."
        keep = Keep(after="delivery", years=10)
