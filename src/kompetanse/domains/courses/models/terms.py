"""Terms as data: versions that never change, which a run has from when, and what it has led to."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from ..types.terms import LONGEST_NAME, MOST_DAYS, MOST_FEE_ORE, Act, WaiveGround
from .runs import Run
from .signups import Signup


class Terms(TenantModel):
    """A version of a region's set of terms. Written once; another version is another row."""

    name = models.CharField(max_length=LONGEST_NAME)
    version = models.PositiveIntegerField()
    stay_away_percent = models.PositiveSmallIntegerField(default=0)
    stay_away_ore = models.BigIntegerField(default=0)
    replacing_is_free = models.BooleanField(default=True)
    documented_days = models.PositiveSmallIntegerField(null=True)
    decide_days = models.PositiveSmallIntegerField(null=True)
    moved_days = models.PositiveSmallIntegerField(default=14)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            # Which is the third version of these terms? One.
            models.UniqueConstraint(fields=["tenant", "name", "version"], name="terms_are_one_a_version"),
            models.CheckConstraint(
                condition=Q(stay_away_percent__lte=100, stay_away_ore__gte=0, stay_away_ore__lte=MOST_FEE_ORE),
                name="terms_stay_away_is_possible",
            ),
            models.CheckConstraint(
                condition=Q(moved_days__lte=MOST_DAYS)
                & (Q(documented_days=None) | Q(documented_days__lte=MOST_DAYS))
                & (Q(decide_days=None) | Q(decide_days__lte=MOST_DAYS)),
                name="terms_days_are_possible",
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        append_only = True
        subject = "made_by"
        purpose = "To say beforehand what withdrawing and staying away cost."
        keep = Keep(after="the last run on these terms")


class TermsTier(TenantModel):
    """From how many days before the start withdrawing costs how much."""

    terms = TenantForeignKey(Terms)
    below_days = models.PositiveSmallIntegerField(null=True)  # None: always
    percent = models.PositiveSmallIntegerField()
    minimum_ore = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            # What holds from this day? One answer.
            models.UniqueConstraint(
                fields=["tenant", "terms", "below_days"], name="terms_tier_is_told_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(percent__lte=100, minimum_ore__gte=0, minimum_ore__lte=MOST_FEE_ORE),
                name="terms_tier_is_possible",
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        append_only = True
        purpose = "To say beforehand what withdrawing costs."
        keep = Keep(after="the last run on these terms")


class RunTermsChoice(TenantModel):
    """Which terms and fee a run has from a moment on. A sign-up has those that held when it was made, for good:
    a later choice is another row, and rows are never altered."""

    run = TenantForeignKey(Run)
    terms = TenantForeignKey(Terms, null=True)
    fee_ore = models.BigIntegerField(default=0)
    chosen_at = models.DateTimeField()
    chosen_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fee_ore__gte=0, fee_ore__lte=MOST_FEE_ORE), name="run_fee_is_possible"),
        ]
        indexes = [
            # What held for this run when somebody signed up?
            models.Index(fields=["tenant", "run", "chosen_at"], name="run_terms_by_time"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        append_only = True
        subject = "chosen_by"
        purpose = "To hold people to the terms they said yes to, and to no others."
        keep = Keep(after="the choice", years=10, when="chosen_at")


class RunMove(TenantModel):
    """A run got another start: who had signed up by then may withdraw for free for some days."""

    run = TenantForeignKey(Run)
    was = models.DateTimeField()
    became = models.DateTimeField()
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A move leads somewhere else.
            models.CheckConstraint(condition=~Q(was=F("became")), name="run_move_goes_somewhere"),
        ]
        indexes = [
            # When was this run last moved?
            models.Index(fields=["tenant", "run", "-moved_at"], name="run_move_by_time"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        append_only = True
        purpose = "To let people withdraw for free when the organiser has moved the run."
        keep = Keep(after="the move", years=10, when="moved_at")


class RunDecision(TenantModel):
    """It was decided that the run is held, with how many had a seat then. Called off: see the run itself."""

    run = TenantForeignKey(Run)
    seats_taken = models.PositiveIntegerField()
    min_seats = models.PositiveIntegerField()
    reason = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            # Is it decided? Once.
            models.UniqueConstraint(fields=["tenant", "run"], name="run_is_decided_once"),
            # Who holds a run with fewer than the least says why.
            models.CheckConstraint(
                condition=Q(seats_taken__gte=F("min_seats")) | ~Q(reason=""), name="run_held_with_few_says_why"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        append_only = True
        subject = "decided_by"
        purpose = "To show that it was decided in time whether the run is held, and by whom."
        keep = Keep(after="the decision", years=10, when="decided_at")


class Charge(TenantModel):
    """What a municipality owes because somebody withdrew late or stayed away, by the terms of that sign-up."""

    region = models.ForeignKey("organisation.Region", models.PROTECT, related_name="+")
    run = TenantForeignKey(Run, tenant_field="region")
    signup = TenantForeignKey(Signup)
    employee = TenantForeignKey("organisation.Employee")
    terms = TenantForeignKey(Terms, tenant_field="region")
    act = models.CharField(max_length=16)
    amount_ore = models.BigIntegerField()
    days_left = models.SmallIntegerField()
    arisen_at = models.DateTimeField()
    documented_by = models.DateField(null=True)  # the last day to document absence
    waived_at = models.DateTimeField(null=True)
    waived_by = models.BigIntegerField(null=True)
    waive_ground = models.CharField(max_length=16, blank=True)
    waive_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=[Act.WITHDRAW, Act.STAY_AWAY, Act.BE_REPLACED]), name="charge_act_is_known"
            ),
            # A charge is an amount; what is free leaves none.
            models.CheckConstraint(
                condition=Q(amount_ore__gt=0, amount_ore__lte=2 * MOST_FEE_ORE), name="charge_is_an_amount"
            ),
            # One act is charged once, however often attendance is recorded.
            models.UniqueConstraint(
                fields=["tenant", "signup", "act"], condition=Q(waived_at=None), name="charge_stands_once"
            ),
            # What fell away says why.
            models.CheckConstraint(
                condition=Q(waived_at=None, waive_ground="", waive_reason="")
                | Q(waived_at__isnull=False, waive_ground__in=[WaiveGround.DOCUMENTED, WaiveGround.CORRECTED])
                | (Q(waived_at__isnull=False, waive_ground=WaiveGround.OTHER) & ~Q(waive_reason="")),
                name="charge_waived_says_why",
            ),
        ]
        indexes = [
            # What has this run led to?
            models.Index(fields=["region", "run"], name="charge_by_run"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        personal = {"waive_reason": Kind.FREE_TEXT}
        purpose = "To bill the municipality for seats that stood empty, and to show why."
        keep = Keep(after="the charge", years=5, when="arisen_at")
