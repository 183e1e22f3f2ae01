"""Who takes no part in a case, and how the others voted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kompetanse.domains.governance.types.procedure import AbsenceKind, BallotStatus, VoteChoice
from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .fields import choices
from .meetings import Case, Meeting


class CaseAbsence(TenantModel):
    """Somebody who was at the meeting took no part in one case: out of the room, or partial (*inhabil*)."""

    case = TenantForeignKey(Case)
    seat = TenantForeignKey("organisation.Seat")
    kind = models.CharField(max_length=12, choices=choices(AbsenceKind))
    why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "case", "seat"], name="case_absence_is_noted_once"),
            models.CheckConstraint(condition=Q(kind__in=list(AbsenceKind)), name="absence_kind_is_known"),
            # Partiality has its ground.
            models.CheckConstraint(
                condition=~Q(kind=AbsenceKind.PARTIAL) | ~Q(why=""), name="partiality_has_its_ground"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "seat__person_id"
        personal = {"why": Kind.FREE_TEXT}
        purpose = "To show who took part in a decision. Seats are public."
        keep = Keep(after="the meeting: archive, never erased")


class Ballot(TenantModel):
    """A vote over a question in a case. Its rule and who may vote are frozen when it opens."""

    case = TenantForeignKey(Case)
    meeting = TenantForeignKey(Meeting)
    question = models.TextField()
    rule = models.CharField(max_length=12)
    entitled = models.JSONField()  # seat id to weight, as they stood when it opened
    status = models.CharField(max_length=8, choices=choices(BallotStatus), default=BallotStatus.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    in_favour = models.PositiveIntegerField(default=0)  # weights
    against = models.PositiveIntegerField(default=0)
    blank = models.PositiveIntegerField(default=0)
    carried = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=list(BallotStatus)), name="ballot_status_is_known"),
            # What is being voted over now? One answer.
            models.UniqueConstraint(
                fields=["tenant", "case"], condition=Q(status=BallotStatus.OPEN), name="case_has_one_open_ballot"
            ),
            # Closed is: with its result and its time.
            models.CheckConstraint(
                condition=Q(status=BallotStatus.OPEN, carried=None, closed_at=None)
                | Q(status=BallotStatus.CLOSED, carried__isnull=False, closed_at__isnull=False),
                name="closed_ballot_has_its_result",
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To show what a body voted over, by which rule, and with which result."
        keep = Keep(after="the meeting: archive, never erased")


class Vote(TenantModel):
    """What a seat voted; never altered."""

    ballot = TenantForeignKey(Ballot)
    seat = TenantForeignKey("organisation.Seat")
    cast_by = TenantForeignKey("organisation.Seat")  # the holder, or the deputy who sat there
    choice = models.CharField(max_length=8, choices=choices(VoteChoice))
    weight = models.PositiveSmallIntegerField()
    cast_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Nobody votes twice.
            models.UniqueConstraint(fields=["tenant", "ballot", "seat"], name="seat_votes_once"),
            models.CheckConstraint(condition=Q(choice__in=list(VoteChoice)), name="vote_choice_is_known"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="vote_has_weight"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "cast_by__person_id"
        append_only = True
        purpose = "To show how a body came to its decision. Votes are open, as seats are."
        keep = Keep(after="the meeting: archive, never erased")
