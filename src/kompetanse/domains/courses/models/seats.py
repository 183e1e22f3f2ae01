from __future__ import annotations

from django.db import models
from django.db.models import Q

from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from ..types import InterestStatus, SeatAct, SignupStatus
from .runs import Run
from .signups import Signup


class SeatPolicy(TenantModel):
    """How the seats of a run are given out, as the office has declared it. A run without one has the usual rules."""

    run = TenantForeignKey(Run)
    release_on = models.DateField(null=True)  # the first day kept seats are free; None: the day after the deadline
    office_seats = models.PositiveIntegerField(default=0)  # held back by the office, given by hand
    statutory_first = models.BooleanField(default=False)
    needs_approval = models.BooleanField(default=True)
    offer_days = models.PositiveIntegerField(null=True)  # so many days before the run seats are offered; None: given
    offer_hours = models.PositiveIntegerField(default=48)
    pass_up_days = models.PositiveIntegerField(default=3)  # an approval nobody gives goes to the one above

    class Meta:
        constraints = [
            # A run has one policy.
            models.UniqueConstraint(fields=["tenant", "run"], name="seatpolicy_is_told_once"),
            # There is time to answer, and time to approve.
            models.CheckConstraint(
                condition=Q(offer_hours__range=(1, 720), pass_up_days__range=(1, 60)), name="seatpolicy_gives_time"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To declare beforehand how seats are given out."
        keep = Keep(after="the run", years=10)


class SeatDecision(TenantModel):
    """One decision on a seat: by which rule, from which numbers. Append-only; read in order it is the run's history.

    Belongs to the municipality of the person; what is decided for the run as a whole belongs to the region.
    """

    region = models.ForeignKey("organisation.Region", models.PROTECT, related_name="+")
    run = TenantForeignKey(Run, tenant_field="region")
    signup = TenantForeignKey(Signup, null=True)
    step = models.PositiveIntegerField()  # what was decided together
    act = models.CharField(max_length=16, blank=True)  # what led to it; empty: it follows from another's act
    status = models.CharField(max_length=16, blank=True)
    place = models.PositiveIntegerField(null=True)
    rule = models.CharField(max_length=300)  # as a message id
    numbers = models.JSONField(default=dict)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="") | Q(status__in=list(SignupStatus)), name="seatdecision_status_is_known"
            ),
            models.CheckConstraint(condition=Q(act="") | Q(act__in=list(SeatAct)), name="seatdecision_act_is_known"),
        ]
        indexes = [
            # How did this person come to this place?
            models.Index(fields=["tenant", "signup", "step"], name="seatdecision_by_signup"),
            # What happened on this run, in order?
            models.Index(fields=["region", "run", "step"], name="seatdecision_by_run"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "signup__employee__person_id"
        personal = {"status": Kind.COMPETENCE}
        append_only = True
        purpose = "To show why a seat was given to one and not yet to another."
        keep = Keep(after="the decision", years=5, when="decided_at")


class Interest(TenantModel):
    """A wish for a course that has no date yet. It becomes a sign-up, in the order of the wishes, when it has."""

    region = models.ForeignKey("organisation.Region", models.PROTECT, related_name="+")
    measure = TenantForeignKey("plans.Measure", tenant_field="region")
    employee = TenantForeignKey("organisation.Employee")
    status = models.CharField(max_length=16, default=InterestStatus.WAITING)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    signup = TenantForeignKey(Signup, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=list(InterestStatus)), name="interest_status_is_known"),
            # A person is interested once.
            models.UniqueConstraint(
                fields=["tenant", "measure", "employee"],
                condition=Q(status=InterestStatus.WAITING),
                name="interest_is_told_once",
            ),
            # What became a sign-up says which.
            models.CheckConstraint(
                condition=Q(status=InterestStatus.SIGNED_UP) & Q(signup__isnull=False)
                | ~Q(status=InterestStatus.SIGNED_UP) & Q(signup=None),
                name="interest_says_its_signup",
            ),
        ]
        indexes = [
            # Who waits for this course to get a date?
            models.Index(fields=["region", "measure", "id"], name="interest_by_measure"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        personal = {"status": Kind.COMPETENCE}
        purpose = "To know who wants a course, and to sign them up in that order when it has a date."
        keep = Keep(after="the wish", years=2, when="told_at")
