from __future__ import annotations

from django.db import models
from django.db.models import Q

from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .types import TITLE_LENGTH, RiskStatus

WITHIN = Q(probability__gte=1, probability__lte=5, consequence__gte=1, consequence__lte=5)


class Risk(TenantModel):
    """Something that may go wrong for the region's work, as it is judged now. `version` counts the savings."""

    title = models.CharField(max_length=TITLE_LENGTH)
    description = models.TextField(blank=True)
    owner = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    owner_name = models.CharField(max_length=160)
    probability = models.PositiveSmallIntegerField()
    consequence = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, default=RiskStatus.OPEN)
    registered_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            # The matrix has five by five places.
            models.CheckConstraint(condition=WITHIN, name="risk_is_within_the_matrix"),
            models.CheckConstraint(condition=Q(status__in=list(RiskStatus)), name="risk_status_is_known"),
            models.CheckConstraint(condition=~Q(title=""), name="risk_has_a_title"),
            # Closed is: at a time. And only the closed is.
            models.CheckConstraint(
                condition=Q(status=RiskStatus.CLOSED, closed_at__isnull=False)
                | ~Q(status=RiskStatus.CLOSED) & Q(closed_at=None),
                name="risk_is_closed_at_a_time",
            ),
        ]
        indexes = [
            # Which risks are open?
            models.Index(fields=["tenant", "status"], name="risk_by_status"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "owner_id"
        personal = {"owner_name": Kind.NAME}
        purpose = "To know what may go wrong, and who follows it up."
        keep = Keep(after="the risk is closed: archive, never erased")


class RiskAssessment(TenantModel):
    """How a risk was judged, and why. Never altered: a new judgement is a new row."""

    risk = TenantForeignKey(Risk)
    probability = models.PositiveSmallIntegerField()
    consequence = models.PositiveSmallIntegerField()
    why = models.TextField(blank=True)
    person = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=160)
    assessed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=WITHIN, name="assessment_is_within_the_matrix"),
        ]
        indexes = [
            # How has this risk been judged, latest first?
            models.Index(fields=["tenant", "risk", "-assessed_at"], name="assessment_by_risk"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        personal = {"name": Kind.NAME, "why": Kind.FREE_TEXT}
        append_only = True
        purpose = "To see how a risk has moved, and why."
        keep = Keep(after="the risk is closed: archive, never erased")


class Mitigation(TenantModel):
    """What is done about a risk, by whom, and by when."""

    risk = TenantForeignKey(Risk)
    text = models.CharField(max_length=400)
    responsible = models.CharField(max_length=160)
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(responsible=""), name="mitigation_says_what_and_who"),
        ]
        indexes = [
            # What is done about this risk, and what is late?
            models.Index(fields=["tenant", "risk", "due_on"], name="mitigation_by_risk"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To follow up what is to make a risk smaller. Names a role or a seat, which is public."
        keep = Keep(after="the risk is closed: archive, never erased")


class RiskNote(TenantModel):
    """What was seen when a risk was followed up. Never altered: what is said again is said beside."""

    risk = TenantForeignKey(Risk)
    text = models.TextField()
    person = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=160)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="risk_note_says_something"),
        ]
        indexes = [
            # What has been seen of this risk, latest first?
            models.Index(fields=["tenant", "risk", "-written_at"], name="note_by_risk"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        personal = {"name": Kind.NAME, "text": Kind.FREE_TEXT}
        append_only = True
        purpose = "To show how a risk has been followed up."
        keep = Keep(after="the risk is closed: archive, never erased")
