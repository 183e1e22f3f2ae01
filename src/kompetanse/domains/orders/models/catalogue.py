from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kompetanse.domains.orders.types.catalogue import (
    MOST_DAYS,
    MOST_MINUTES,
    MOST_ORE,
    MOST_QUANTITY,
    TEXT_LENGTH,
    TITLE_LENGTH,
    OrderUnit,
    ServiceKind,
)
from kompetanse.foundation.privacy import Keep, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel


class Service(TenantModel):
    """Something that can be ordered from the region's office. What it is, its versions say; here stands which holds."""

    version = models.PositiveIntegerField(default=1)
    is_open = models.BooleanField(default=True)

    class Meta:
        indexes = [
            # What can be ordered?
            models.Index(fields=["tenant", "is_open"], name="service_by_open"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To know what the office offers."
        keep = Keep(after="as long as it stands")


class ServiceVersion(TenantModel):
    """A service as it was offered from a day. Never altered: what was ordered under it can always be read."""

    service = TenantForeignKey(Service)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    unit = models.CharField(max_length=8)
    title_nb = models.CharField(max_length=TITLE_LENGTH)
    title_nn = models.CharField(max_length=TITLE_LENGTH, blank=True)
    description_nb = models.TextField(max_length=TEXT_LENGTH, blank=True)
    description_nn = models.TextField(max_length=TEXT_LENGTH, blank=True)
    terms_nb = models.TextField(max_length=TEXT_LENGTH, blank=True)
    terms_nn = models.TextField(max_length=TEXT_LENGTH, blank=True)
    price_each_ore = models.BigIntegerField(default=0)
    minutes_each = models.PositiveIntegerField(default=0)
    days_expected = models.PositiveIntegerField()
    least = models.PositiveIntegerField()
    most = models.PositiveIntegerField()
    roles = ArrayField(models.CharField(max_length=32))
    release_days = models.PositiveIntegerField(null=True)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A service has one version of a number.
            models.UniqueConstraint(fields=["tenant", "service", "number"], name="service_version_is_one"),
            models.CheckConstraint(condition=Q(kind__in=list(ServiceKind)), name="service_kind_is_known"),
            models.CheckConstraint(condition=Q(unit__in=list(OrderUnit)), name="service_unit_is_known"),
            # Nothing costs less than nothing, or takes longer than can be meant.
            models.CheckConstraint(
                condition=Q(
                    price_each_ore__gte=0, price_each_ore__lte=MOST_ORE, minutes_each__lte=MOST_MINUTES,
                    days_expected__gte=1, days_expected__lte=MOST_DAYS,
                ),
                name="service_numbers_make_sense",
            ),
            models.CheckConstraint(
                condition=Q(least__gte=1, most__gte=F("least"), most__lte=MOST_QUANTITY),
                name="service_limits_make_sense",
            ),
            # Somebody may order it, and it has a name.
            models.CheckConstraint(condition=~Q(title_nb="") & ~Q(roles=[]), name="service_says_what_and_who"),
        ]  # fmt: skip

    class Data:
        tenancy = Tenancy.OWN
        append_only = True
        purpose = "To know what was offered when an order was placed."
        keep = Keep(after="as long as it stands")
