from __future__ import annotations

from django.db import models
from django.db.models import Q

from kompetanse.foundation.privacy import UNNAMED, Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from ..types import Basis, How, Part
from .runs import Run, Session
from .signups import Signup


class Attendance(TenantModel):
    """What was told of a participant at a session. Never altered: a correction is a new row that says why.

    Belongs to the person's municipality, as the sign-up does; the session to the region.
    """

    region = models.ForeignKey("organisation.Region", models.PROTECT, related_name="+")
    session = TenantForeignKey(Session, tenant_field="region")
    # Goes with the sign-up it is about.
    signup = TenantForeignKey(Signup, models.CASCADE)
    part = models.CharField(max_length=8)
    minutes = models.PositiveIntegerField()
    how = models.CharField(max_length=8)
    told_at = models.DateTimeField()  # when it happened, as the phone says where it was out of reach
    received_at = models.DateTimeField()
    told_by = models.CharField(max_length=160)
    key = models.CharField(max_length=40, blank=True)  # what the phone calls this registration
    corrects = TenantForeignKey("self", models.CASCADE, null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(part__in=list(Part)), name="attendance_part_is_known"),
            models.CheckConstraint(condition=Q(how__in=list(How)), name="attendance_says_how"),
            # Who was not there was there for no minutes; who was, for some.
            models.CheckConstraint(
                condition=Q(part=Part.NONE, minutes=0) | ~Q(part=Part.NONE) & Q(minutes__gt=0),
                name="attendance_minutes_fit",
            ),
            # A participant has one line of tellings per session, however many tell at once.
            models.UniqueConstraint(
                fields=["tenant", "signup", "session"], condition=Q(corrects=None), name="attendance_begins_once"
            ),
            # A row is corrected once: who comes second corrects the correction.
            models.UniqueConstraint(
                fields=["tenant", "corrects"], condition=Q(corrects__isnull=False), name="attendance_corrected_once"
            ),
            # A correction says why.
            models.CheckConstraint(condition=Q(corrects=None) | ~Q(reason=""), name="attendance_correction_says_why"),
            # A phone that sends twice is heard once.
            models.UniqueConstraint(fields=["tenant", "key"], condition=~Q(key=""), name="attendance_is_heard_once"),
        ]
        indexes = [
            # Who was at this session?
            models.Index(fields=["region", "session"], name="attendance_by_session"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "signup__employee__person_id"
        personal = {"part": Kind.COMPETENCE, "reason": Kind.FREE_TEXT, "told_by": Kind.NAME}
        purpose = "To know who was there, session by session, and to show how it was told."
        keep = Keep(after="the run", years=5, when="session__ends_at")


class AttendanceRule(TenantModel):
    """How much of a run gives its competence. A run without one asks for all of it."""

    run = TenantForeignKey(Run)
    basis = models.CharField(max_length=8)
    percent = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            # A run asks for one thing.
            models.UniqueConstraint(fields=["tenant", "run"], name="attendance_rule_is_told_once"),
            models.CheckConstraint(condition=Q(basis__in=list(Basis)), name="attendance_rule_basis_is_known"),
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=100), name="attendance_rule_is_a_share"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To say how much of a course gives its competence."
        keep = Keep(after="the run", years=10)


class TrainerLink(TenantModel):
    """A way in for somebody without an account: to the list of one session, and until a moment."""

    session = TenantForeignKey(Session)
    trainer = models.CharField(max_length=120)  # whom the office gave it to, in its own words
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=160)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # Which links lead to this session?
            models.Index(fields=["tenant", "session"], name="trainerlink_by_session"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = UNNAMED
        personal = {"trainer": Kind.NAME, "made_by": Kind.NAME}
        purpose = "To let a trainer without an account take attendance, and to take the way in back."
        keep = Keep(after="the run", years=1, when="expires_at")
