"""Asking when a body can meet, before it is called."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kompetanse.domains.governance.types.polls import PollChoice, PollStatus
from kompetanse.foundation.privacy import Keep, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .fields import choices
from .meetings import Meeting


class Poll(TenantModel):
    """A body is asked which days it can meet. The day that is chosen makes the meeting."""

    body = TenantForeignKey("organisation.Body")
    place = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    answers_due = models.DateField()
    status = models.CharField(max_length=12, choices=choices(PollStatus), default=PollStatus.OPEN)
    meeting = TenantForeignKey(Meeting, null=True)
    opened_at = models.DateTimeField()
    is_reminded = models.BooleanField(default=False)  # those who had not answered were written to

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=list(PollStatus)), name="poll_status_is_known"),
            # Chosen is: a day that became a meeting. And only the chosen is.
            models.CheckConstraint(
                condition=Q(status=PollStatus.CHOSEN, meeting__isnull=False)
                | ~Q(status=PollStatus.CHOSEN) & Q(meeting=None),
                name="poll_is_chosen_with_a_meeting",
            ),
        ]
        indexes = [
            # What has this body been asked?
            models.Index(fields=["tenant", "body"], name="poll_by_body"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To find a day when a body can meet."
        keep = Keep(after="the body is dissolved", years=10)


class PollDate(TenantModel):
    """A day that is proposed."""

    poll = TenantForeignKey(Poll)
    held_on = models.DateField()
    starts_at = models.TimeField(null=True)

    class Meta:
        constraints = [
            # A day and an hour are proposed once.
            models.UniqueConstraint(
                fields=["tenant", "poll", "held_on", "starts_at"], name="day_is_proposed_once", nulls_distinct=False
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To find a day when a body can meet."
        keep = Keep(after="the body is dissolved", years=10)


class PollAnswer(TenantModel):
    """Whether the holder of a seat can meet that day. Answered again, the newest stands."""

    date = TenantForeignKey(PollDate)
    seat = TenantForeignKey("organisation.Seat")
    choice = models.CharField(max_length=12, choices=choices(PollChoice))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(choice__in=list(PollChoice)), name="poll_choice_is_known"),
            # Can this seat meet that day? One answer.
            models.UniqueConstraint(fields=["tenant", "date", "seat"], name="seat_answers_a_day_once"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "seat__person_id"
        purpose = "To find a day when a body can meet."
        keep = Keep(after="the body is dissolved", years=10)
