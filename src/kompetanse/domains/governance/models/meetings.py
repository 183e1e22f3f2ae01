"""Meetings, their cases, and what happened there."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kompetanse.domains.governance.types import CaseStatus, MeetingStatus, ViewKind, case_reference
from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .fields import choices


class Meeting(TenantModel):
    """A body meets. `notice` is the text of the calling letter."""

    body = TenantForeignKey("organisation.Body")
    held_on = models.DateField()
    starts_at = models.TimeField(null=True)
    place = models.CharField(max_length=120, blank=True)
    notice = models.TextField(blank=True)
    papers_due = models.DateField(null=True)  # until when cases may be brought up
    ends_at = models.TimeField(null=True)
    short_notice = models.CharField(max_length=400, blank=True)  # why it was called later than the body's rule
    also_present = models.TextField(blank=True)  # who was there without a seat, and when
    status = models.CharField(max_length=12, choices=choices(MeetingStatus), default=MeetingStatus.PLANNED)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=list(MeetingStatus)), name="meeting_status_is_known"),
            # Cases are brought up before the meeting, not after it.
            models.CheckConstraint(
                condition=Q(papers_due=None) | Q(papers_due__lte=F("held_on")), name="papers_are_due_before_the_meeting"
            ),
        ]
        indexes = [
            # Which meetings has this body, latest first?
            models.Index(fields=["tenant", "body", "-held_on"], name="meeting_by_body"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To call a body together, and show when it decided."
        keep = Keep(after="the meeting: archive, never erased")


class CaseCounter(TenantModel):
    """The last number drawn for a body's cases in a year. Its row is the lock that numbers are drawn under."""

    body = TenantForeignKey("organisation.Body")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            # Which number comes next? One answer for a body and a year.
            models.UniqueConstraint(fields=["tenant", "body", "year"], name="counter_is_one_a_body_and_year"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To number cases without holes or doubles."
        keep = Keep(after="the body is dissolved", years=10)


class Case(TenantModel):
    """Something a body is to decide. `version` counts the savings, so that two writers notice each other."""

    body = TenantForeignKey("organisation.Body")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    presenter = models.CharField(max_length=120, blank=True)
    proposal = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=choices(CaseStatus), default=CaseStatus.OPEN)
    meeting = TenantForeignKey(Meeting, null=True)
    agenda_position = models.PositiveSmallIntegerField(null=True)
    decision_text = models.TextField(blank=True)
    union_view = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=400, blank=True)
    discussion = models.TextField(blank=True)  # what was said, written during the meeting
    draft_decision = models.TextField(blank=True)  # the decision as it takes form; frozen in decision_text
    sent_from = TenantForeignKey("self", null=True)  # the case of the body below that this one continues
    approves = TenantForeignKey(Meeting, null=True)  # the meeting whose minutes this case is to approve
    legal_ground = models.CharField(max_length=120, blank=True)  # why it is kept from the public; empty: it is not
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            # `Sak 012/27` names one case of a body.
            models.UniqueConstraint(fields=["tenant", "body", "year", "number"], name="case_number_is_drawn_once"),
            # What is number three on the agenda? One answer. Deferred, so that an order can be turned around.
            models.UniqueConstraint(
                fields=["tenant", "meeting", "agenda_position"],
                name="agenda_position_is_held_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            # A body's case is sent on once to each body, and minutes are approved by one case that stands.
            models.UniqueConstraint(fields=["tenant", "sent_from", "body"], name="case_is_sent_on_once"),
            models.UniqueConstraint(
                fields=["tenant", "approves"],
                condition=Q(approves__isnull=False) & ~Q(status=CaseStatus.WITHDRAWN),
                name="minutes_are_approved_once",
            ),
            models.CheckConstraint(condition=Q(status__in=list(CaseStatus)), name="case_status_is_known"),
            models.CheckConstraint(condition=Q(number__gte=1), name="case_numbers_start_at_one"),
            # A place on an agenda is a meeting and a position, or neither.
            models.CheckConstraint(
                condition=Q(meeting=None, agenda_position=None)
                | Q(meeting__isnull=False, agenda_position__isnull=False),
                name="case_has_a_place_on_its_agenda",
            ),
            # Decided is: by a meeting, in words, at a time. And only the decided is.
            models.CheckConstraint(
                condition=Q(status=CaseStatus.DECIDED, meeting__isnull=False, decided_at__isnull=False)
                & ~Q(decision_text="")
                | ~Q(status=CaseStatus.DECIDED) & Q(decided_at=None, decision_text=""),
                name="case_is_decided_by_a_meeting",
            ),
        ]
        indexes = [
            # What is on this meeting's agenda?
            models.Index(fields=["tenant", "meeting"], name="case_by_meeting"),
        ]

    @property
    def reference(self) -> str:
        return case_reference(self.number, self.year)

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To show what was decided, why, and what the unions thought."
        keep = Keep(after="the case was closed: archive, never erased")


class CaseView(TenantModel):
    """What somebody with a seat thought of a case, said before it was decided. Said again is said beside."""

    case = TenantForeignKey(Case)
    person = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    represents = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=8, choices=choices(ViewKind))
    text = models.TextField()
    stated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(ViewKind)), name="view_kind_is_known"),
        ]
        indexes = [
            # What did they think of this case?
            models.Index(fields=["tenant", "case"], name="view_by_case"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        personal = {"name": Kind.NAME, "text": Kind.FREE_TEXT}
        append_only = True
        purpose = "To let unions and members be heard before a decision. Seats are public."
        keep = Keep(after="the case was closed: archive, never erased")


class Presence(TenantModel):
    """Whether the holder of a seat was at a meeting."""

    meeting = TenantForeignKey(Meeting)
    seat = TenantForeignKey("organisation.Seat")
    is_present = models.BooleanField()
    deputy = TenantForeignKey("organisation.Seat", null=True)  # who sat there in the holder's place

    class Meta:
        constraints = [
            # Was this seat filled at this meeting? One answer.
            models.UniqueConstraint(fields=["tenant", "meeting", "seat"], name="presence_is_noted_once"),
            # A deputy sits in one place, and only where the holder does not.
            models.UniqueConstraint(fields=["tenant", "meeting", "deputy"], name="deputy_sits_in_one_place"),
            models.CheckConstraint(condition=Q(deputy=None) | Q(is_present=False), name="deputy_sits_for_the_absent"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "seat__person_id"
        purpose = "To show who took part in a decision. Seats are public."
        keep = Keep(after="the meeting: archive, never erased")


class Minutes(TenantModel):
    """What happened at a meeting, frozen. Holds its own words, so that nothing later can change it."""

    meeting = TenantForeignKey(Meeting)
    content = models.JSONField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            # A meeting has one set of minutes.
            models.UniqueConstraint(fields=["tenant", "meeting"], name="minutes_are_written_once"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "written_by_id"
        append_only = True
        purpose = "To keep what a body decided."
        keep = Keep(after="the meeting: archive, never erased")
