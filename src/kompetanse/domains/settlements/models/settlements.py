"""What was settled: versions that are never edited, and each municipality's share of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kompetanse.foundation.privacy import Keep, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from ..types import LONGEST_REASON, MOST_ORE, STANDING, Key, Status
from .costings import Costing


class Settlement(TenantModel):
    """A version of a costing's settlement. Once approved it never changes (`statements`): a correction is the next."""

    costing = TenantForeignKey(Costing)
    version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, default=Status.DRAFT)
    key = models.CharField(max_length=24)
    fixed_ore = models.BigIntegerField(default=0)
    year = models.PositiveSmallIntegerField()
    cost_ore = models.BigIntegerField()
    subsidy_ore = models.BigIntegerField()
    total_ore = models.BigIntegerField()
    residue_ore = models.BigIntegerField()
    lines = models.JSONField(default=list)  # costs and subsidies as they were: [kind, text, øre]
    why = models.CharField(max_length=LONGEST_REASON, blank=True)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    made_by_name = models.CharField(max_length=160, blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.BigIntegerField(null=True)
    approved_by_name = models.CharField(max_length=160, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "costing", "version"], name="settlement_is_one_a_version"),
            # What holds for this run? One settlement.
            models.UniqueConstraint(
                fields=["tenant", "costing"], condition=Q(status__in=STANDING), name="settlement_stands_alone"
            ),
            # What is being made? One draft, whoever presses the button.
            models.UniqueConstraint(
                fields=["tenant", "costing"], condition=Q(status=Status.DRAFT), name="settlement_has_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(status__in=list(Status), key__in=list(Key)), name="settlement_words_are_known"
            ),
            # What is paid is the cost less what others pay.
            models.CheckConstraint(
                condition=Q(total_ore=F("cost_ore") - F("subsidy_ore"), cost_ore__gte=0, subsidy_ore__gte=0),
                name="settlement_total_is_cost_less_subsidy",
            ),
            # Two pairs of eyes: who made it does not approve it.
            models.CheckConstraint(
                condition=Q(made_by=None) | Q(approved_by=None) | ~Q(made_by=F("approved_by")),
                name="settlement_is_approved_by_another",
            ),
            # A draft is not approved, and what is more than a draft is; what is sent has a day.
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT, approved_at=None, sent_at=None)
                | Q(status=Status.APPROVED, approved_at__isnull=False, sent_at=None)
                | Q(status=Status.SENT, approved_at__isnull=False, sent_at__isnull=False)
                | Q(status=Status.REPLACED, approved_at__isnull=False),
                name="settlement_status_agrees_with_days",
            ),
            # A correction says why.
            models.CheckConstraint(condition=Q(version=1) | ~Q(why=""), name="settlement_correction_says_why"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "made_by"
        purpose = "To bill the municipalities what they owe, and to show how it was reckoned."
        keep = Keep(after="the settlement was made", years=10, when="made_at")


class Share(TenantModel):
    """A municipality's share, and the numbers it was reckoned by. The shares always sum to the settlement
    (`statements`). `billed_ore` is what earlier versions have billed: this one bills the difference."""

    settlement = TenantForeignKey(Settlement)
    municipality = models.ForeignKey("organisation.Municipality", models.PROTECT, related_name="+")
    amount_ore = models.BigIntegerField()
    fee_ore = models.BigIntegerField(default=0)
    charge_ore = models.BigIntegerField(default=0)
    key_ore = models.BigIntegerField(default=0)
    subsidy_ore = models.BigIntegerField(default=0)
    residue_ore = models.SmallIntegerField(default=0)
    billed_ore = models.BigIntegerField(default=0)
    takes_part = models.BooleanField(default=True)
    inhabitants = models.PositiveIntegerField(null=True)
    seats = models.PositiveIntegerField(default=0)
    participants = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            # What does this municipality owe? One share.
            models.UniqueConstraint(fields=["tenant", "settlement", "municipality"], name="share_is_one"),
            # The share is what it is made of.
            models.CheckConstraint(
                condition=Q(amount_ore=F("fee_ore") + F("charge_ore") + F("key_ore") - F("subsidy_ore")),
                name="share_is_the_sum_of_its_parts",
            ),
            models.CheckConstraint(
                condition=Q(amount_ore__gte=-MOST_ORE, amount_ore__lte=MOST_ORE, fee_ore__gte=0, charge_ore__gte=0)
                & Q(subsidy_ore__gte=0),
                name="share_is_possible",
            ),
            # Who does not take part has nothing by the key.
            models.CheckConstraint(
                condition=Q(takes_part=True) | Q(key_ore=0, residue_ore=0), name="share_by_key_takes_part"
            ),
        ]
        indexes = [
            # What does this municipality owe in all?
            models.Index(fields=["tenant", "municipality"], name="share_by_municipality"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To bill the municipalities what they owe, and to show each how its own share was reckoned."
        keep = Keep(after="the settlement was made", years=10, when="settlement__made_at")
