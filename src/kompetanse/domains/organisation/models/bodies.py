"""Bodies and who sits in them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kompetanse.domains.organisation.types import BodyKind, SeatKind, VoteRule
from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .fields import choices
from .people import Person
from .places import Municipality


class Body(TenantModel):
    """A body of the region or of a municipality: committee, forum, network, office."""

    name_nb = models.CharField(max_length=120)
    name_nn = models.CharField(max_length=120)
    kind = models.CharField(max_length=32, choices=choices(BodyKind))
    quorum = models.PositiveSmallIntegerField(default=1)
    vote_rule = models.CharField(max_length=12, choices=choices(VoteRule), default=VoteRule.ONE_EACH)
    unions_vote = models.BooleanField(default=False)
    above = TenantForeignKey("self", null=True)  # where its cases are sent on to
    notice_days = models.PositiveSmallIntegerField(default=0)  # how long before a meeting it must be called

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(BodyKind)), name="body_kind_is_known"),
            models.CheckConstraint(condition=Q(vote_rule__in=list(VoteRule)), name="vote_rule_is_known"),
            # Nobody stands above themselves.
            models.CheckConstraint(condition=Q(above=None) | ~Q(above=F("id")), name="body_is_not_above_itself"),
            models.UniqueConstraint(fields=["tenant", "name_nb"], name="body_has_its_own_name"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To know who decides together."
        keep = Keep(after="the body is dissolved", years=10)


class BodyRuling(TenantModel):
    """What a body's rules were set to, when, and by which decision. The newest stands."""

    body = TenantForeignKey(Body)
    quorum = models.PositiveSmallIntegerField()
    vote_rule = models.CharField(max_length=12, choices=choices(VoteRule))
    unions_vote = models.BooleanField()
    above_name = models.CharField(max_length=120, blank=True)
    notice_days = models.PositiveSmallIntegerField()
    decision_reference = models.CharField(max_length=120, blank=True)
    set_by = models.CharField(max_length=160)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(vote_rule__in=list(VoteRule)), name="ruling_vote_rule_is_known"),
            models.CheckConstraint(condition=Q(quorum__gte=1), name="ruling_needs_somebody"),
        ]
        indexes = [
            # By which rules did this body decide, and since when?
            models.Index(fields=["tenant", "body"], name="ruling_by_body"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        personal = {"set_by": Kind.NAME}
        append_only = True
        purpose = "To show by which rules a body decided."
        keep = Keep(after="the body is dissolved", years=10)


class Seat(TenantModel):
    """A person sits in a body for a municipality or a union, from a day and to a day."""

    body = TenantForeignKey(Body)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=16, choices=choices(SeatKind))
    represents = models.CharField(max_length=120, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    weight = models.PositiveSmallIntegerField(default=1)
    deputy_for = TenantForeignKey("self", null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(SeatKind)), name="seat_kind_is_known"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="seat_ends_after_start"
            ),
            # A person holds one seat in a body at a time.
            models.UniqueConstraint(
                fields=["tenant", "body", "person"], condition=Q(valid_to=None), name="seat_is_taken_once"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        personal = {"name": Kind.NAME}
        purpose = "To know who sat where when something was decided. Seats are public."
        keep = Keep(after="the seat was left", years=10, when="valid_to")
