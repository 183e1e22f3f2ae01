from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from ..types import TITLE_LENGTH, BookingKind, BookingStatus
from .resources import Resource


def alone(column: str) -> Func:
    """A number as the range that holds it alone: equality that GiST knows without an extension."""
    return Func(F(column), F(column), Value("[]"), function="int8range")


class Booking(TenantModel):
    """A resource is somebody's from a time to a time. What blocks a resource is a booking too: one rule for both.

    `period` is what the database keeps apart: from the preparing before to the clearing after.
    """

    resource = TenantForeignKey(Resource)
    kind = models.CharField(max_length=8)
    title = models.CharField(max_length=TITLE_LENGTH)
    run_id = models.BigIntegerField(null=True)  # runs stand above: an id and no key
    session_id = models.BigIntegerField(null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    period = DateTimeRangeField()
    status = models.CharField(max_length=8, default=BookingStatus.BOOKED)
    booked_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    booked_at = models.DateTimeField()
    freed_at = models.DateTimeField(null=True)
    freed_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            # Nobody and nothing is in two places at once, whatever the code says and whoever is first.
            ExclusionConstraint(
                name="booking_is_never_double",
                expressions=[
                    (alone("tenant_id"), RangeOperators.OVERLAPS),
                    (alone("resource_id"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(status=BookingStatus.BOOKED),
            ),
            models.CheckConstraint(condition=Q(kind__in=list(BookingKind)), name="booking_kind_is_known"),
            models.CheckConstraint(condition=Q(status__in=list(BookingStatus)), name="booking_status_is_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_start"),
            # What is kept apart holds what was asked for.
            models.CheckConstraint(
                condition=Q(
                    period__contains=Func(
                        F("starts_at"), F("ends_at"), function="tstzrange", output_field=DateTimeRangeField()
                    )
                ),
                name="booking_period_holds_its_time",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="booking_says_what_for"),
            # A gathering's booking says which, and no other does.
            models.CheckConstraint(
                condition=Q(kind=BookingKind.SESSION, run_id__isnull=False, session_id__isnull=False)
                | ~Q(kind=BookingKind.SESSION) & Q(run_id=None, session_id=None),
                name="booking_of_a_session_says_which",
            ),
            # Freed is: at a time. And only the freed is.
            models.CheckConstraint(
                condition=Q(status=BookingStatus.FREED, freed_at__isnull=False)
                | ~Q(status=BookingStatus.FREED) & Q(freed_at=None),
                name="booking_is_freed_at_a_time",
            ),
        ]
        indexes = [
            # What has this run booked?
            models.Index(fields=["tenant", "run_id"], condition=Q(run_id__isnull=False), name="booking_by_run"),
            # What is this resource booked for in these days?
            models.Index(fields=["tenant", "resource", "starts_at"], name="booking_by_resource"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "booked_by_id"
        personal = {"title": Kind.FREE_TEXT, "freed_why": Kind.FREE_TEXT}
        purpose = "To keep rooms, trainers and things from being promised twice."
        keep = Keep(after="the booking", years=2, when="ends_at")


class Catering(TenantModel):
    """Food for a gathering: for how many, what, from whom. Who needs what is not here."""

    run_id = models.BigIntegerField()
    session_id = models.BigIntegerField()
    starts_at = models.DateTimeField()
    people = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    supplier = models.CharField(max_length=120, blank=True)
    ordered_at = models.DateTimeField()

    class Meta:
        constraints = [
            # What is ordered for this gathering? One answer.
            models.UniqueConstraint(fields=["tenant", "session_id"], name="catering_is_once_a_session"),
            models.CheckConstraint(condition=Q(people__gte=1, people__lte=5000), name="catering_is_for_somebody"),
            models.CheckConstraint(condition=~Q(what=""), name="catering_says_what"),
        ]
        indexes = [
            # What is ordered for this run?
            models.Index(fields=["tenant", "run_id"], name="catering_by_run"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To order food for a gathering. Holds numbers and no persons."
        keep = Keep(after="the run", years=2, when="starts_at")
