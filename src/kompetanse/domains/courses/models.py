from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .types import STANDING, MessageState, RunStatus, SignupStatus


class Run(TenantModel):
    """A measure carried out once: a place, a time, seats. Belongs to the region; everybody in it may see it."""

    measure = TenantForeignKey("plans.Measure")
    title = models.CharField(max_length=160)
    place = models.CharField(max_length=120)
    room = models.CharField(max_length=120, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    min_seats = models.PositiveIntegerField(default=1)
    max_seats = models.PositiveIntegerField()
    deadline = models.DateField()  # the last day to sign up; until then ordered seats are kept
    status = models.CharField(max_length=16, default=RunStatus.PLANNED)
    cancel_reason = models.CharField(max_length=500, blank=True)
    # Kept under the row's lock whenever seats are given out, so that reading needs nobody else's rows.
    last_number = models.PositiveIntegerField(default=0)
    seats_taken = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    # Whose people have asked: what the giving out of seats must have in sight, and no more.
    municipalities = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=list(RunStatus)), name="run_status_is_known"),
            # A run cannot end before it starts.
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="run_ends_after_start"),
            # At least one seat, and no fewer at most than at least.
            models.CheckConstraint(
                condition=Q(min_seats__gte=1, max_seats__gte=F("min_seats")), name="run_seats_are_in_order"
            ),
            # Never more people than chairs, whatever the code says.
            models.CheckConstraint(condition=Q(seats_taken__lte=F("max_seats")), name="run_is_never_overfull"),
            # A cancelled run says why.
            models.CheckConstraint(
                condition=~Q(status=RunStatus.CANCELLED) | ~Q(cancel_reason=""), name="run_cancelled_says_why"
            ),
        ]
        indexes = [
            # What is coming?
            models.Index(fields=["tenant", "status", "starts_at"], name="run_by_status_and_time"),
            # How was this measure carried out?
            models.Index(fields=["tenant", "measure"], name="run_by_measure"),
        ]

    @property
    def reference(self) -> str:
        return f"KURS-{self.pk}"

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To hold the courses that the plan says, and to show what came of it."
        keep = Keep(after="the run", years=10)


class Quota(TenantModel):
    """Seats of a run kept for a municipality until the deadline, because it ordered them."""

    run = TenantForeignKey(Run)
    municipality = models.ForeignKey("organisation.Municipality", models.PROTECT, related_name="+")
    seats = models.PositiveIntegerField()

    class Meta:
        constraints = [
            # A municipality has one number per run.
            models.UniqueConstraint(fields=["tenant", "run", "municipality"], name="quota_is_told_once"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To keep ordered seats for those who ordered them."
        keep = Keep(after="the run", years=10)


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
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        personal = {"status": Kind.COMPETENCE, "reason": Kind.FREE_TEXT}
        purpose = "To give seats fairly, and to know who was there."
        keep = Keep(after="the run", years=5, when="run__ends_at")


class Message(TenantModel):
    """What was written to a person, in their written form, once for each cause."""

    person = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    cause = models.CharField(max_length=120)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    address = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=16, default=MessageState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(MessageState)), name="message_state_is_known"),
            # One cause, one message to one person.
            models.UniqueConstraint(fields=["tenant", "cause", "person"], name="message_is_written_once"),
        ]
        indexes = [
            # What has been written to me?
            models.Index(fields=["tenant", "person", "-written_at"], name="message_by_person"),
            # What has not gone out?
            models.Index(
                fields=["tenant", "id"],
                condition=Q(state__in=[MessageState.WAITING, MessageState.SENDING, MessageState.FAILED]),
                name="message_not_sent",
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        personal = {"address": Kind.CONTACT, "subject": Kind.FREE_TEXT, "body": Kind.FREE_TEXT}
        purpose = "To tell people what concerns them, and to show them what was told."
        keep = Keep(after="the message", years=2, when="written_at")
