from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import Q

from kompetanse.foundation.privacy import Keep, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .types import HEAVIEST, HIGHEST, LONGEST_REASON, LOWEST, MOST_POOLS, SCORED, Criterion, RoundStatus


def choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


class Round(TenantModel):
    """Pools weighed against each other in a case. Its row is the lock between scoring and moving on."""

    case = TenantForeignKey("governance.Case")
    status = models.CharField(max_length=12, choices=choices(RoundStatus), default=RoundStatus.PREPARING)
    top = models.PositiveSmallIntegerField(default=5)  # how many there may be room for
    members = models.PositiveSmallIntegerField(default=0)  # municipalities in the region when scoring started
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Which round belongs to this case? One.
            models.UniqueConstraint(fields=["tenant", "case"], name="round_is_one_a_case"),
            models.CheckConstraint(condition=Q(status__in=list(RoundStatus)), name="round_status_is_known"),
            models.CheckConstraint(condition=Q(top__gte=1, top__lte=MOST_POOLS), name="round_has_room_for_some"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To put pooled needs in order by what the forum finds weighty."
        keep = Keep(after="the decision", years=10)


class Weighting(TenantModel):
    """One version of a round's weights. Frozen once scoring starts; another version says why it was made.

    `steadiness` is what drawn weights did to each pool: {pool: [kept its place, kept among the first]}, in so
    many draws as `rules.DRAWS` had; reckoned when the pools were ranked by these weights.
    """

    round = TenantForeignKey(Round, on_delete=models.CASCADE)
    version = models.PositiveSmallIntegerField(default=1)
    why = models.CharField(max_length=LONGEST_REASON, blank=True)
    steadiness = models.JSONField(default=dict)
    set_by = models.BigIntegerField(null=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Which weights hold? The round's last version.
            models.UniqueConstraint(fields=["tenant", "round", "version"], name="weighting_is_one_a_version"),
            # What is changed under way is explained.
            models.CheckConstraint(condition=Q(version=1) | ~Q(why=""), name="later_weights_say_why"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "set_by"
        purpose = "To show what an order was built on, and who changed it."
        keep = Keep(after="the decision", years=10)


class Weight(TenantModel):
    """How much a criterion counts in one version."""

    weighting = TenantForeignKey(Weighting, on_delete=models.CASCADE)
    criterion = models.CharField(max_length=16, choices=choices(Criterion))
    points = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            # What does this criterion weigh? One answer.
            models.UniqueConstraint(fields=["tenant", "weighting", "criterion"], name="criterion_is_weighed_once"),
            models.CheckConstraint(condition=Q(criterion__in=list(Criterion)), name="weight_criterion_is_known"),
            models.CheckConstraint(condition=Q(points__gte=0, points__lte=HEAVIEST), name="weight_is_none_to_ten"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To show what an order was built on."
        keep = Keep(after="the decision", years=10)


class RoundPool(TenantModel):
    """A pool in a round, with its name and the numbers that were read when scoring started, small ones taken out."""

    round = TenantForeignKey(Round, on_delete=models.CASCADE)
    pool = TenantForeignKey("needs.Pool")
    title = models.CharField(max_length=200)
    municipalities = models.PositiveSmallIntegerField(default=0)
    statutory = models.PositiveSmallIntegerField(default=0)
    people_told = models.PositiveIntegerField(default=0)
    hidden = models.PositiveSmallIntegerField(default=0)
    merged_into = TenantForeignKey("needs.Pool", null=True)  # became part of another while it was being weighed

    class Meta:
        constraints = [
            # A pool is weighed once in a round.
            models.UniqueConstraint(fields=["tenant", "round", "pool"], name="pool_is_weighed_once_in_a_round"),
            # Municipalities with a statutory need, or with few people, are among those who need it.
            models.CheckConstraint(
                condition=Q(statutory__lte=models.F("municipalities"), hidden__lte=models.F("municipalities")),
                name="round_pool_counts_within_its_municipalities",
            ),
        ]
        indexes = [
            # Where has this pool been weighed?
            models.Index(fields=["tenant", "pool"], name="round_pool_by_pool"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To weigh a pool by numbers that stand still while people score."
        keep = Keep(after="the decision", years=10)


class Score(TenantModel):
    """One seat's choice for one pool and one criterion. Each has its own row, so that nobody writes over another."""

    round_pool = TenantForeignKey(RoundPool, on_delete=models.CASCADE)
    criterion = models.CharField(max_length=16, choices=choices(Criterion))
    seat = TenantForeignKey("organisation.Seat")
    person = models.BigIntegerField(null=True)
    value = models.PositiveSmallIntegerField()
    scored_at = models.DateTimeField()

    class Meta:
        constraints = [
            # What does this seat say here? One answer, and the last counts.
            models.UniqueConstraint(
                fields=["tenant", "round_pool", "criterion", "seat"], name="seat_scores_a_criterion_once"
            ),
            models.CheckConstraint(condition=Q(criterion__in=list(SCORED)), name="score_criterion_is_scored"),
            models.CheckConstraint(condition=Q(value__gte=LOWEST, value__lte=HIGHEST), name="score_is_on_the_scale"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person"
        purpose = "To show the forum where its members disagree, and to rank what they weighed."
        keep = Keep(after="the decision", years=10)


class OrderLine(TenantModel):
    """The forum's own place for a pool, by one version of the weights, with why where it was moved."""

    weighting = TenantForeignKey(Weighting, on_delete=models.CASCADE)
    round_pool = TenantForeignKey(RoundPool, on_delete=models.CASCADE)
    place = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        constraints = [
            # One place per pool, and one pool in each place.
            models.UniqueConstraint(fields=["tenant", "weighting", "round_pool"], name="pool_has_one_place"),
            models.UniqueConstraint(fields=["tenant", "weighting", "place"], name="place_is_held_by_one_pool"),
            models.CheckConstraint(condition=Q(place__gte=1), name="order_place_is_positive"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To show where the forum put something else first than the scores did, and why."
        keep = Keep(after="the decision", years=10)
