from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .types import TEXT_LENGTH, TITLE_LENGTH, Doer, Reads, Stated, StepKind


class Wheel(TenantModel):
    """A region's year. Its row is the lock that the year is rolled under."""

    year = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Which is the wheel for this year? One answer.
            models.UniqueConstraint(fields=["tenant", "year"], name="wheel_is_one_a_year"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="wheel_year_is_possible"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "made_by_id"
        purpose = "To know what the region does when."
        keep = Keep(after="the year has ended", years=10)


class Step(TenantModel):
    """Something that is to be done in the year: when, by whom, and what opens and closes with it.

    `key` is what a step is known by from year to year. A step that is taken out stays, so that rolling does not
    bring it back.
    """

    wheel = TenantForeignKey(Wheel)
    key = models.CharField(max_length=40)
    title_nb = models.CharField(max_length=TITLE_LENGTH)
    title_nn = models.CharField(max_length=TITLE_LENGTH)
    kind = models.CharField(max_length=12)
    doer = models.CharField(max_length=16)
    starts_on = models.DateField()
    ends_on = models.DateField()  # the last day
    task_nb = models.CharField(max_length=TEXT_LENGTH, blank=True)
    task_nn = models.CharField(max_length=TEXT_LENGTH, blank=True)
    opens_nb = models.CharField(max_length=TEXT_LENGTH, blank=True)
    opens_nn = models.CharField(max_length=TEXT_LENGTH, blank=True)
    closes_nb = models.CharField(max_length=TEXT_LENGTH, blank=True)
    closes_nn = models.CharField(max_length=TEXT_LENGTH, blank=True)
    reads = models.CharField(max_length=8, default=Reads.HAND)
    meeting = TenantForeignKey("governance.Meeting", null=True)
    plan = TenantForeignKey("plans.ActionPlan", null=True)
    dropped_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            # The step of this key in this year: one, however often the year is rolled.
            models.UniqueConstraint(fields=["tenant", "wheel", "key"], name="step_is_once_in_a_wheel"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="step_ends_after_start"),
            models.CheckConstraint(condition=Q(kind__in=list(StepKind)), name="step_kind_is_known"),
            models.CheckConstraint(condition=Q(doer__in=list(Doer)), name="step_doer_is_known"),
            models.CheckConstraint(condition=Q(reads__in=list(Reads)), name="step_reads_what_is_known"),
            models.CheckConstraint(condition=~Q(title_nb="") & ~Q(title_nn=""), name="step_has_titles"),
        ]
        indexes = [
            # What is on now?
            models.Index(fields=["tenant", "starts_on"], name="step_by_start"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To know what is to be done when, and by whom."
        keep = Keep(after="the year has ended", years=10)


class Standing(TenantModel):
    """How far a municipality (or, without one, the region) has said that it has come with a step.

    It is the region's row, as is the step: a number of neighbours may see it, and the municipality writes it.
    """

    step = TenantForeignKey(Step)
    municipality = models.ForeignKey("organisation.Municipality", models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=12)
    note = models.CharField(max_length=TEXT_LENGTH, blank=True)
    is_read = models.BooleanField(default=False)  # from the thing itself, not said by anybody
    person = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=160, blank=True)
    stated_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Where does this municipality stand? One answer; so also for the region itself.
            models.UniqueConstraint(
                fields=["tenant", "step", "municipality"], nulls_distinct=False, name="standing_is_one"
            ),
            models.CheckConstraint(condition=Q(status__in=list(Stated)), name="standing_is_known"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        personal = {"name": Kind.NAME, "note": Kind.FREE_TEXT}
        purpose = "To see where each municipality stands in the year, and who is late."
        keep = Keep(after="the year has ended", years=10)
