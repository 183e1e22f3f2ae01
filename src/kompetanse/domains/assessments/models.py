from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .types import LONGEST_COMMENT, LONGEST_LETTER, LONGEST_REASON, CampaignStatus, RaterKind


class WantedRange(TenantModel):
    """The levels that are wanted for a requirement: in a municipality, or (the region's row) for all."""

    requirement = models.ForeignKey("competence.Requirement", models.PROTECT, related_name="+")
    lowest = models.PositiveSmallIntegerField()
    highest = models.PositiveSmallIntegerField()
    for_all = models.BooleanField(default=False)  # the row is a region's
    set_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            # What is wanted here?
            models.UniqueConstraint(fields=["tenant", "requirement"], name="range_is_set_once"),
            # Within the scale, and in order.
            models.CheckConstraint(
                condition=Q(lowest__gte=1, highest__lte=4, highest__gte=F("lowest")), name="range_is_within_levels"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "set_by_id"
        purpose = "To say how well a requirement should be mastered."
        keep = Keep(after="the requirement is repealed")


class CriticalMark(TenantModel):
    """A requirement that must not be lacking, with the reason: in a municipality, or (the region's row) for all."""

    requirement = models.ForeignKey("competence.Requirement", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=LONGEST_REASON)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the last day
    for_all = models.BooleanField(default=False)  # the row is a region's
    marked_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="critical_says_why"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="critical_ends_after_start"
            ),
            # Marked without end once in a place; other overlaps are refused under a lock when marking.
            models.UniqueConstraint(
                fields=["tenant", "requirement"], condition=Q(valid_to=None), name="critical_is_marked_once"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "marked_by_id"
        personal = {"reason": Kind.FREE_TEXT}
        purpose = "To know which competence must not be lacking."
        keep = Keep(after="the mark has ended", years=10)


class ExpertMandate(TenantModel):
    """Somebody may rate one requirement in the municipality, as one who knows the field."""

    requirement = models.ForeignKey("competence.Requirement", models.PROTECT, related_name="+")
    expert = TenantForeignKey("organisation.Employee")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the last day
    given_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="mandate_ends_after_start"
            ),
            # One standing mandate for one requirement and one person.
            models.UniqueConstraint(
                fields=["tenant", "requirement", "expert"], condition=Q(valid_to=None), name="mandate_is_given_once"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "expert__person_id"
        personal = {"valid_from": Kind.COMPETENCE}
        purpose = "To know who may rate as an expert."
        keep = Keep(after="the mandate has ended", years=3)


class Campaign(TenantModel):
    """A mapping in one municipality: whom it asks, about what, from when to when. One row says all of it."""

    title_nb = models.CharField(max_length=160)
    title_nn = models.CharField(max_length=160)
    starts_on = models.DateField()
    ends_on = models.DateField()  # the last day; it stands open until somebody closes it
    status = models.CharField(max_length=8, default=CampaignStatus.DRAFT)
    asks_self = models.BooleanField(default=True)
    asks_manager = models.BooleanField(default=True)
    # Empty: everybody, and all that is required of each. Checked against the doors when it is planned.
    units = ArrayField(models.BigIntegerField(), default=list)
    sectors = ArrayField(models.CharField(max_length=80), default=list)
    titles = ArrayField(models.CharField(max_length=160), default=list)
    requirements = ArrayField(models.BigIntegerField(), default=list)
    letter_nb = models.CharField(max_length=LONGEST_LETTER, blank=True)
    letter_nn = models.CharField(max_length=LONGEST_LETTER, blank=True)
    made_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=list(CampaignStatus)), name="campaign_status_is_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaign_ends_after_start"),
            models.CheckConstraint(condition=Q(asks_self=True) | Q(asks_manager=True), name="campaign_asks_somebody"),
        ]
        indexes = [
            # Which campaigns are there, and which stand open?
            models.Index(fields=["tenant", "status", "-starts_on"], name="campaign_by_status"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "made_by_id"
        purpose = "To map what people master of what is required of them."
        keep = Keep(after="the campaign is closed", years=10)


class Participant(TenantModel):
    """Somebody a campaign asks, where they work, who leads them, and how far the answers have come."""

    campaign = TenantForeignKey(Campaign)
    employee = TenantForeignKey("organisation.Employee")
    unit = TenantForeignKey("organisation.Unit")
    manager = TenantForeignKey("organisation.Employee", null=True)  # the nearest leader who is not the person
    requirements = ArrayField(models.BigIntegerField())  # what was asked about when last looked at
    asked_at = models.DateTimeField()
    self_begun_at = models.DateTimeField(null=True)
    self_done_at = models.DateTimeField(null=True)
    through = TenantForeignKey("organisation.Employee", null=True)  # registered the person's answer
    manager_begun_at = models.DateTimeField(null=True)
    manager_done_at = models.DateTimeField(null=True)
    reminders = ArrayField(models.CharField(max_length=20), default=list)  # causes already used
    reminded_at = models.DateTimeField(null=True)
    excused_at = models.DateTimeField(null=True)  # left the target group before answering: no longer counted

    class Meta:
        constraints = [
            # Asked once in a campaign.
            models.UniqueConstraint(fields=["tenant", "campaign", "employee"], name="participant_is_asked_once"),
            # Done is begun.
            models.CheckConstraint(
                condition=(Q(self_done_at=None) | Q(self_begun_at__isnull=False))
                & (Q(manager_done_at=None) | Q(manager_begun_at__isnull=False)),
                name="participant_begins_before_done",
            ),
        ]
        indexes = [
            # What waits for this person?
            models.Index(fields=["tenant", "employee"], name="participant_by_employee"),
            # What waits for this leader?
            models.Index(fields=["tenant", "manager"], condition=Q(manager_done_at=None), name="participant_to_rate"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        personal = {"self_done_at": Kind.EMPLOYMENT, "manager_done_at": Kind.EMPLOYMENT}
        purpose = "To know who is asked, who has answered, and whom to remind."
        keep = Keep(after="the campaign is closed", years=3)


class Rating(TenantModel):
    """Somebody said how well a person masters a requirement. Never altered: a new word is a new row.

    The newest of each kind stands. Of self-ratings only the current and the one before are kept.
    """

    employee = TenantForeignKey("organisation.Employee")
    requirement = models.ForeignKey("competence.Requirement", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    level = models.PositiveSmallIntegerField()
    comment = models.CharField(max_length=LONGEST_COMMENT, blank=True)
    rater = TenantForeignKey("organisation.Employee")
    through = TenantForeignKey("organisation.Employee", null=True)  # registered it on the person's behalf
    campaign = TenantForeignKey(Campaign, null=True)
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(RaterKind)), name="rating_kind_is_known"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="rating_is_within_levels"),
            # Self is the person's own, the others are somebody else's; only one's own word comes through another.
            models.CheckConstraint(
                condition=Q(kind=RaterKind.SELF, rater=F("employee"))
                | ~Q(kind=RaterKind.SELF) & ~Q(rater=F("employee")) & Q(through=None),
                name="rating_self_is_ones_own",
            ),
        ]
        indexes = [
            # What stands for this person, of each kind?
            models.Index(
                fields=["tenant", "employee", "requirement", "kind", "-rated_at", "-id"], name="rating_standing"
            ),
            # What was said in this campaign?
            models.Index(fields=["tenant", "campaign"], name="rating_by_campaign"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        personal = {"level": Kind.COMPETENCE, "comment": Kind.FREE_TEXT}
        never_altered = True
        purpose = "To see how well what is required is mastered, and to talk about it."
        keep = Keep(after="the rating; of self-ratings the current and the one before", years=5)


class PeerInvitation(TenantModel):
    """A named colleague may rate a person: asked by the person, or by the leader."""

    employee = TenantForeignKey("organisation.Employee")
    peer = TenantForeignKey("organisation.Employee")
    campaign = TenantForeignKey(Campaign, null=True)
    invited_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Asked once in a campaign, and once outside all of them.
            models.UniqueConstraint(
                fields=["tenant", "employee", "peer", "campaign"], nulls_distinct=False, name="peer_is_invited_once"
            ),
            models.CheckConstraint(condition=~Q(employee=F("peer")), name="peer_is_another"),
        ]
        indexes = [
            # Whom has this person been asked to rate?
            models.Index(fields=["tenant", "peer"], name="invitation_by_peer"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        personal = {"invited_at": Kind.COMPETENCE}
        purpose = "To let a colleague whom the person or the leader has named rate the person."
        keep = Keep(after="the invitation", years=1)


class SnapshotRow(TenantModel):
    """What stood about one person and requirement when the campaign closed. Frozen."""

    campaign = TenantForeignKey(Campaign)
    employee = TenantForeignKey("organisation.Employee")
    unit = TenantForeignKey("organisation.Unit")
    requirement = models.ForeignKey("competence.Requirement", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    level = models.PositiveSmallIntegerField()
    lowest = models.PositiveSmallIntegerField(null=True)
    highest = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            # One word of each kind.
            models.UniqueConstraint(
                fields=["tenant", "campaign", "employee", "requirement", "kind"], name="snapshot_row_is_one"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        personal = {"level": Kind.COMPETENCE}
        never_altered = True
        purpose = "To plan competence in the municipality from what was mapped."
        keep = Keep(after="the campaign is closed", years=3)


class SnapshotSum(TenantModel):
    """How many stood at each level when the campaign closed, per unit, requirement and kind. Frozen."""

    campaign = TenantForeignKey(Campaign)
    unit = TenantForeignKey("organisation.Unit")
    requirement = models.ForeignKey("competence.Requirement", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    counts = ArrayField(models.PositiveIntegerField(), size=4)
    below = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "campaign", "unit", "requirement", "kind"], name="snapshot_sum_is_one"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        never_altered = True
        purpose = "To compare one mapping with the next when the persons are forgotten."
        keep = Keep(after="the campaign is closed", years=10)
