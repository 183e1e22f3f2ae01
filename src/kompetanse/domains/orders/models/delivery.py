from __future__ import annotations

from django.db import models
from django.db.models import Q

from kompetanse.domains.orders.types.office import MOST_A_DAY
from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .office import StaffMember
from .orders import Order


class SeatHolder(TenantModel):
    """A name put on a seat of an order. Taken off again, the row goes: the order's lines tell that it was there."""

    order = TenantForeignKey(Order)
    number = models.PositiveIntegerField()
    employee = TenantForeignKey("organisation.Employee")
    put_on_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A seat is one person's, and a person has one seat of an order.
            models.UniqueConstraint(fields=["tenant", "order", "number"], name="seat_is_held_by_one"),
            models.UniqueConstraint(fields=["tenant", "order", "employee"], name="person_holds_one_seat"),
            models.CheckConstraint(condition=Q(number__gte=1), name="seat_number_begins_at_one"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        purpose = "To know who the municipality's ordered seats are for."
        keep = Keep(after="delivery", years=10)


class Deviation(TenantModel):
    """Something in a delivery that was not as agreed; followed up by somebody in the office until it is closed."""

    order = TenantForeignKey(Order)
    region = models.ForeignKey("organisation.Region", models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    noted_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    noted_by_name = models.CharField(max_length=160, blank=True)
    noted_at = models.DateTimeField()
    owner = TenantForeignKey(StaffMember, tenant_field="region", null=True)
    due_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="deviation_says_what"),
            # Who follows it up has a day, and the other way round.
            models.CheckConstraint(
                condition=Q(owner=None, due_on=None) | Q(owner__isnull=False, due_on__isnull=False),
                name="deviation_owner_has_a_day",
            ),
            # Closed is: followed up by somebody, with what came of it.
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="")
                | Q(closed_at__isnull=False, owner__isnull=False) & ~Q(outcome=""),
                name="deviation_is_closed_with_an_outcome",
            ),
        ]
        indexes = [
            # What is not closed?
            models.Index(fields=["tenant", "closed_at"], name="deviation_by_closing"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "noted_by_id"
        personal = {"noted_by_name": Kind.NAME, "text": Kind.FREE_TEXT, "outcome": Kind.FREE_TEXT}
        purpose = "To put right what was not delivered as agreed."
        keep = Keep(after="delivery", years=10)


class TimeEntry(TenantModel):
    """Time that somebody in the office has spent on an order in a day."""

    order = TenantForeignKey(Order)
    region = models.ForeignKey("organisation.Region", models.PROTECT, related_name="+")
    staff = TenantForeignKey(StaffMember, tenant_field="region")
    day = models.DateField()
    minutes = models.PositiveIntegerField()
    note = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Nobody works less than nothing, or more than there is of a day.
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=MOST_A_DAY), name="time_is_within_the_day"),
        ]
        indexes = [
            # What has this order taken, and what did a month go to?
            models.Index(fields=["tenant", "order", "day"], name="time_by_order"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "staff__person_id"
        purpose = "To know what an order has taken of the office's time."
        keep = Keep(after="delivery", years=10)
