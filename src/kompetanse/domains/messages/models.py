from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantModel

from .types import SUBJECT_LENGTH, Channel, MessageState, Method


class Message(TenantModel):
    """What was written to a person, in their written form, once for each cause."""

    person = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    cause = models.CharField(max_length=120)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    body = models.TextField()
    address = models.CharField(max_length=160, blank=True)  # an e-mail address, or a number where it goes by SMS
    state = models.CharField(max_length=16, default=MessageState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    kind = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=60, blank=True)  # what it concerns, for those who follow it: run-12
    channel = models.CharField(max_length=8, default=Channel.EMAIL)
    next_try_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)  # when it was handed over; tells a crash from what is under way
    # What the calendar is told with it: whose entry, and the whole of it as the receiver's programme reads it.
    calendar_uid = models.CharField(max_length=200, blank=True)
    calendar_method = models.CharField(max_length=8, blank=True)
    calendar = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(MessageState)), name="message_state_is_known"),
            models.CheckConstraint(condition=Q(channel__in=list(Channel)), name="message_channel_is_known"),
            # One cause, one message to one person.
            models.UniqueConstraint(fields=["tenant", "cause", "person"], name="message_is_written_once"),
            # A calendar is told something about an entry, or nothing.
            models.CheckConstraint(
                condition=Q(calendar="", calendar_uid="", calendar_method="")
                | ~Q(calendar="") & ~Q(calendar_uid="") & Q(calendar_method__in=list(Method)),
                name="message_calendar_is_whole",
            ),
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
            # How does it go with the messages about this?
            models.Index(fields=["tenant", "about"], condition=~Q(about=""), name="message_by_about"),
            # Has this calendar entry's earlier message gone?
            models.Index(fields=["tenant", "calendar_uid"], condition=~Q(calendar_uid=""), name="message_by_entry"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        personal = {
            "address": Kind.CONTACT,
            "subject": Kind.FREE_TEXT,
            "body": Kind.FREE_TEXT,
            "calendar": Kind.FREE_TEXT,
        }
        purpose = "To tell people what concerns them, and to show them what was told."
        keep = Keep(after="the message", years=2, when="written_at")


class LetterText(TenantModel):
    """A kind of letter in a region's own words, in one written form. Where there is none, the standard text holds."""

    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    body = models.TextField()
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A region has one text for a kind in a written form.
            models.UniqueConstraint(fields=["tenant", "kind", "language"], name="letter_text_is_told_once"),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(body=""), name="letter_text_says_something"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To let a region write its letters in its own words."
        keep = Keep(after="as long as the region writes letters")


class ContactChoice(TenantModel):
    """How a person has chosen to be reached."""

    person = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            # One choice for each person.
            models.UniqueConstraint(fields=["tenant", "person"], name="contact_choice_is_one"),
            models.CheckConstraint(condition=Q(channel__in=list(Channel)), name="contact_choice_is_known"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        personal = {"channel": Kind.CONTACT}
        purpose = "To reach people the way they have chosen."
        keep = Keep(after="the choice", years=5, when="chosen_at")


class FailingAddress(TenantModel):
    """An address that takes no mail. It counts until the register has another, or somebody says it is put right."""

    person = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    address = models.CharField(max_length=160)
    why = models.CharField(max_length=300)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            # Said once; it is also how it is looked up.
            models.UniqueConstraint(fields=["tenant", "person", "address"], name="failing_address_is_told_once"),
            models.CheckConstraint(condition=~Q(address=""), name="failing_address_is_an_address"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        personal = {"address": Kind.CONTACT}
        purpose = "To have addresses that do not work put right."
        keep = Keep(after="the failure", years=1, when="since")


class CalendarEntry(TenantModel):
    """What a person's calendar has last been told about one appointment. `sequence` grows with every change."""

    person = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    series = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    uid = models.CharField(max_length=200)
    sequence = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=300, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_cancelled = models.BooleanField(default=False)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            # An appointment is one entry in one person's calendar, however often it is moved.
            models.UniqueConstraint(fields=["tenant", "series", "key", "person"], name="calendar_entry_is_one"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="calendar_entry_ends_after_start"),
        ]
        indexes = [
            # What is in this person's calendar?
            models.Index(fields=["tenant", "person", "starts_at"], name="calendar_entry_by_person"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        personal = {"title": Kind.FREE_TEXT, "place": Kind.FREE_TEXT}
        purpose = "To move and call off what stands in people's calendars."
        keep = Keep(after="the appointment", years=2, when="ends_at")


class CalendarFeed(TenantModel):
    """That a person's appointments may be fetched with a secret address. The secret itself is kept nowhere."""

    person = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    secret_hash = models.CharField(max_length=64)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            # One address at a time: a new one shuts the old.
            models.UniqueConstraint(fields=["tenant", "person"], name="calendar_feed_is_one"),
            # Whose is this address?
            models.UniqueConstraint(fields=["tenant", "secret_hash"], name="calendar_feed_is_found"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        personal = {"secret_hash": Kind.IDENTIFIER}
        purpose = "To let a person's own calendar fetch their appointments."
        keep = Keep(after="the choice", years=5, when="opened_at")
