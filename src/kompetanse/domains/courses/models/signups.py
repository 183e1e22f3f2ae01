from __future__ import annotations

from django.db import models
from django.db.models import Q

from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from ..types import STANDING, SignupStatus
from .runs import Run


class Signup(TenantModel):
    """A person's way to a seat. Belongs to the person's municipality; the run to the region."""

    region = models.ForeignKey("organisation.Region", models.PROTECT, related_name="+")
    run = TenantForeignKey(Run, tenant_field="region")
    employee = TenantForeignKey("organisation.Employee")
    unit = TenantForeignKey("organisation.Unit")
    status = models.CharField(max_length=16, default=SignupStatus.ASKED)
    queue_number = models.PositiveIntegerField()  # drawn when asking; never changes
    place = models.PositiveIntegerField(null=True)  # from 1, among those who wait
    why = models.CharField(max_length=300)  # the rule that decided, as a message id
    reason = models.CharField(max_length=500, blank=True)  # what a person wrote: declined, corrected
    approver = TenantForeignKey("organisation.Employee", null=True)  # None: HR and the contact person
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    evidence = TenantForeignKey("competence.Evidence", null=True)
    first = models.BooleanField(default=False)  # had a statutory deadline, where the run gives those a place ahead
    group = models.PositiveIntegerField(null=True)  # the first number of those who get seats for all or none
    offer_until = models.DateTimeField(null=True)  # while a seat is offered and not answered
    passed_up_at = models.DateTimeField(null=True)  # when the approval last went to the one above
    levels_up = models.PositiveSmallIntegerField(default=0)  # how many times

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=list(SignupStatus)), name="signup_status_is_known"),
            # A person stands once on a run, however many tabs were open.
            models.UniqueConstraint(
                fields=["tenant", "run", "employee"],
                condition=Q(status__in=sorted(STANDING)),
                name="signup_stands_once",
            ),
            # Numbers in the line are drawn once.
            models.UniqueConstraint(fields=["tenant", "run", "queue_number"], name="signup_number_is_its_own"),
            # Only those who wait have a place in the line.
            models.CheckConstraint(
                condition=Q(status=SignupStatus.WAITING, place__gte=1)
                | ~Q(status=SignupStatus.WAITING) & Q(place=None),
                name="signup_place_is_for_those_who_wait",
            ),
            # Only those who are offered a seat have a time to answer by.
            models.CheckConstraint(
                condition=Q(status=SignupStatus.OFFERED) & Q(offer_until__isnull=False)
                | ~Q(status=SignupStatus.OFFERED) & Q(offer_until=None),
                name="signup_offer_has_an_end",
            ),
            # Competence comes from having been there.
            models.CheckConstraint(
                condition=Q(evidence=None) | Q(status__in=[SignupStatus.ATTENDED, SignupStatus.ABSENT]),
                name="signup_evidence_needs_attendance",
            ),
        ]
        indexes = [
            # What has this person signed up for?
            models.Index(fields=["tenant", "employee"], name="signup_by_employee"),
            # What waits for approval in this municipality?
            models.Index(fields=["tenant", "unit"], condition=Q(status=SignupStatus.ASKED), name="signup_to_approve"),
            # Whose time to answer is out?
            models.Index(
                fields=["tenant", "offer_until"], condition=Q(status=SignupStatus.OFFERED), name="signup_offered"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        personal = {"status": Kind.COMPETENCE, "reason": Kind.FREE_TEXT}
        purpose = "To give seats fairly, and to know who was there."
        keep = Keep(after="the run", years=5, when="run__ends_at")
