from __future__ import annotations

from django.db import models
from django.db.models import Q

from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantModel

from ..types import MessageState


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
