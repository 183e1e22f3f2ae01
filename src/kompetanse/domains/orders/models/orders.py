from __future__ import annotations

from django.db import models
from django.db.models import Q

from kompetanse.domains.orders.types import MOST_SEATS, UNANSWERED, OrderStatus
from kompetanse.domains.orders.types.catalogue import MOST_QUANTITY, OrderUnit, ServiceKind
from kompetanse.domains.orders.types.delivery import LineKind
from kompetanse.domains.orders.types.guidelines import REASON_LENGTH, Route
from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .catalogue import Service
from .guidelines import Guideline
from .office import StaffMember


class Order(TenantModel):
    """A municipality orders seats on a measure of the region's plan, or a service of the office's catalogue.

    The order belongs to the municipality. What was offered and agreed stands in its terms, which never change.
    """

    region = models.ForeignKey("organisation.Region", models.PROTECT, related_name="+")
    measure = TenantForeignKey("plans.Measure", tenant_field="region", null=True)
    service = TenantForeignKey(Service, tenant_field="region", null=True)
    unit = TenantForeignKey("organisation.Unit", null=True)  # where in the municipality it is for
    kind = models.CharField(max_length=16, default=ServiceKind.COURSE)
    counted_in = models.CharField(max_length=8, default=OrderUnit.SEAT)
    quantity = models.PositiveIntegerField(default=1)  # as it was agreed
    seats = models.PositiveIntegerField()  # that are left of it, where it is of seats
    status = models.CharField(max_length=16, default=OrderStatus.PLACED)
    note = models.CharField(max_length=500, blank=True)
    placed_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    placed_by_name = models.CharField(max_length=160, blank=True)
    placed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    # What the guidelines looked at and decided, as it was when the order was placed.
    cost_ore = models.BigIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=0)
    municipalities = models.PositiveSmallIntegerField(default=1)
    in_plan = models.BooleanField(default=True)
    statutory = models.BooleanField(default=False)
    route = models.CharField(max_length=8, default=Route.DIRECT)
    guideline = TenantForeignKey(Guideline, tenant_field="region", null=True)
    rule_place = models.PositiveSmallIntegerField(null=True)
    route_reason_nb = models.CharField(max_length=REASON_LENGTH, blank=True)
    route_reason_nn = models.CharField(max_length=REASON_LENGTH, blank=True)
    case = TenantForeignKey("governance.Case", tenant_field="region", null=True)
    # What was agreed.
    terms_number = models.PositiveIntegerField(default=0)  # of its terms, those that hold
    purchase_reference = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True)
    release_on = models.DateField(null=True)
    staff = TenantForeignKey(StaffMember, tenant_field="region", null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # The status is one we know.
            models.CheckConstraint(condition=Q(status__in=list(OrderStatus)), name="order_status_is_known"),
            # An order is of a measure or of a service, never both.
            models.CheckConstraint(
                condition=Q(measure__isnull=False, service=None) | Q(measure=None, service__isnull=False),
                name="order_is_of_one_thing",
            ),
            # Nobody orders nothing, or more than there are people.
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=MOST_SEATS) | ~Q(counted_in=OrderUnit.SEAT) & Q(seats=0),
                name="order_seats_make_sense",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=MOST_QUANTITY), name="order_quantity_makes_sense"
            ),
            # A cancelled order says why.
            models.CheckConstraint(
                condition=~Q(status=OrderStatus.CANCELLED) | ~Q(reason=""), name="order_cancelled_says_why"
            ),
            # What waits for the forum was sent there.
            models.CheckConstraint(
                condition=~Q(status=OrderStatus.AT_FORUM) | Q(route=Route.FORUM), name="order_at_forum_was_sent_there"
            ),
            # A municipality has one unanswered order per measure: the next one changes it.
            models.UniqueConstraint(
                fields=["tenant", "measure"],
                condition=Q(status__in=sorted(UNANSWERED)),
                name="order_waits_once_per_measure",
            ),
        ]
        indexes = [
            # What has been ordered on this measure?
            models.Index(fields=["tenant", "measure"], name="order_by_measure"),
            # What must somebody do something about?
            models.Index(fields=["tenant", "status"], name="order_by_status"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "placed_by_id"
        personal = {"placed_by_name": Kind.NAME}
        purpose = "To know what the municipality has asked the office for, and what was agreed."
        keep = Keep(after="delivery", years=10)


class OrderTerms(TenantModel):
    """What an order was offered: the catalogue's or the plan's words when it was placed, then each quote.

    Never altered. The order says which of them hold; what is agreed is copied here whole, and points to nothing
    that may change.
    """

    order = TenantForeignKey(Order)
    number = models.PositiveIntegerField()
    is_quote = models.BooleanField(default=False)
    kind = models.CharField(max_length=16)
    counted_in = models.CharField(max_length=8)
    service_version = models.PositiveIntegerField(null=True)
    title_nb = models.CharField(max_length=300)
    title_nn = models.CharField(max_length=300, blank=True)
    description_nb = models.TextField(blank=True)
    description_nn = models.TextField(blank=True)
    terms_nb = models.TextField(blank=True)
    terms_nn = models.TextField(blank=True)
    quantity = models.PositiveIntegerField()
    price_each_ore = models.BigIntegerField()
    total_ore = models.BigIntegerField()
    minutes = models.PositiveIntegerField()
    days_expected = models.PositiveIntegerField()
    release_days = models.PositiveIntegerField(null=True)
    release_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    made_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    made_by_name = models.CharField(max_length=160, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "order", "number"], name="terms_number_is_one"),
            # A quote has a last day; what the catalogue says has none.
            models.CheckConstraint(
                condition=Q(is_quote=True, expires_on__isnull=False) | Q(is_quote=False, expires_on=None),
                name="quote_has_a_last_day",
            ),
            models.CheckConstraint(condition=Q(total_ore__gte=0, price_each_ore__gte=0), name="terms_cost_makes_sense"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "made_by_id"
        personal = {"made_by_name": Kind.NAME}
        append_only = True
        purpose = "To know what was offered and agreed, whatever is changed later."
        keep = Keep(after="delivery", years=10)


class OrderEntry(TenantModel):
    """What happened in an order, by whom. Never altered."""

    order = TenantForeignKey(Order)
    kind = models.CharField(max_length=24)
    count = models.IntegerField(null=True)
    text = models.CharField(max_length=1000, blank=True)
    actor = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(LineKind)), name="order_entry_kind_is_known"),
        ]
        indexes = [
            # What has happened in this order?
            models.Index(fields=["tenant", "order", "at"], name="entry_by_order"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "actor_id"
        personal = {"actor_name": Kind.NAME, "text": Kind.FREE_TEXT}
        append_only = True
        purpose = "To show what happened in an order, and who did it."
        keep = Keep(after="delivery", years=10)
