"""What comes of a case: tasks, hearings before it is decided, and what members told at the table."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kompetanse.domains.governance.types.procedure import TaskOccasion
from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .fields import choices
from .meetings import Case, Meeting


class Task(TenantModel):
    """Somebody is to do something until a day; followed up until it is done."""

    body = TenantForeignKey("organisation.Body")
    case = TenantForeignKey(Case)
    what = models.CharField(max_length=400)
    owner = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    owner_name = models.CharField(max_length=160)
    due_on = models.DateField()
    given_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    reminded = models.CharField(max_length=8, blank=True, choices=choices(TaskOccasion))  # what was last written

    class Meta:
        constraints = [
            # Done is: at a time, with what came of it.
            models.CheckConstraint(
                condition=Q(done_at=None, outcome="") | Q(done_at__isnull=False) & ~Q(outcome=""),
                name="task_is_done_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(reminded="") | Q(reminded__in=list(TaskOccasion)), name="task_reminder_is_known"
            ),
        ]
        indexes = [
            # What remains to be done, soonest first?
            models.Index(fields=["tenant", "due_on"], condition=Q(done_at=None), name="task_open_by_day"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "owner_id"
        personal = {"owner_name": Kind.NAME, "what": Kind.FREE_TEXT, "outcome": Kind.FREE_TEXT}
        purpose = "To see that what a body asked for is done."
        keep = Keep(after="the case was closed: archive, never erased")


class Hearing(TenantModel):
    """Municipalities and their units are asked before a case is decided."""

    case = TenantForeignKey(Case)
    question = models.TextField()
    due_on = models.DateField()
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            # What is asked in this case? One hearing.
            models.UniqueConstraint(fields=["tenant", "case"], name="case_is_heard_once"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To let those who are concerned speak before a decision."
        keep = Keep(after="the case was closed: archive, never erased")


class HearingAnswer(TenantModel):
    """What a municipality, or a unit in it, answered. Answered again is said beside."""

    hearing = TenantForeignKey(Hearing)
    municipality = models.ForeignKey("organisation.Municipality", models.PROTECT, related_name="+")
    unit = TenantForeignKey("organisation.Unit", tenant_field="municipality", null=True)
    place = models.CharField(max_length=200)  # what the place was called then
    person = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    text = models.TextField()
    answered_at = models.DateTimeField()

    class Meta:
        indexes = [
            # What did they answer?
            models.Index(fields=["tenant", "hearing"], name="answer_by_hearing"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        personal = {"name": Kind.NAME, "text": Kind.FREE_TEXT}
        append_only = True
        purpose = "To let those who are concerned speak before a decision."
        keep = Keep(after="the case was closed: archive, never erased")


class RoundText(TenantModel):
    """What a member told at the closing round (*Felles bord*)."""

    meeting = TenantForeignKey(Meeting)
    seat = TenantForeignKey("organisation.Seat")
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            # What did this member tell? One text.
            models.UniqueConstraint(fields=["tenant", "meeting", "seat"], name="round_text_is_one_a_seat"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "seat__person_id"
        personal = {"text": Kind.FREE_TEXT}
        purpose = "To let municipalities tell each other what is new."
        keep = Keep(after="the meeting: archive, never erased")
