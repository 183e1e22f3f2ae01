from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from kompetanse.foundation.privacy import Keep, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from ..types import RunStatus


def one(column: str) -> Func:
    """A whole number as a range of itself: core PostgreSQL excludes ranges only."""
    return Func(F(column), F(column), Value("[]"), function="int8range")


def times() -> Func:
    """From the start up to the end, which is free for what comes next."""
    return Func(F("starts_at"), F("ends_at"), Value("[)"), function="tstzrange")


class Run(TenantModel):
    """A measure carried out once: a place, a time, seats. Belongs to the region; everybody in it may see it."""

    measure = TenantForeignKey("plans.Measure")
    title = models.CharField(max_length=160)
    place = models.CharField(max_length=120)
    room = models.CharField(max_length=120, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    min_seats = models.PositiveIntegerField(default=1)
    max_seats = models.PositiveIntegerField()
    deadline = models.DateField()  # the last day to sign up; until then ordered seats are kept
    status = models.CharField(max_length=16, default=RunStatus.PLANNED)
    cancel_reason = models.CharField(max_length=500, blank=True)
    # Kept under the row's lock whenever seats are given out, so that reading needs nobody else's rows.
    last_number = models.PositiveIntegerField(default=0)
    seats_taken = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    # Whose people have asked: what the giving out of seats must have in sight, and no more.
    municipalities = ArrayField(models.BigIntegerField(), default=list)
    # The line as it was last settled: rules, seats kept and taken by municipality, steps. Enough to place one who
    # comes last, without a look at anybody else (see rules.lines).
    line = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=list(RunStatus)), name="run_status_is_known"),
            # A run cannot end before it starts.
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="run_ends_after_start"),
            # At least one seat, and no fewer at most than at least.
            models.CheckConstraint(
                condition=Q(min_seats__gte=1, max_seats__gte=F("min_seats")), name="run_seats_are_in_order"
            ),
            # Never more people than chairs, whatever the code says.
            models.CheckConstraint(condition=Q(seats_taken__lte=F("max_seats")), name="run_is_never_overfull"),
            # A cancelled run says why.
            models.CheckConstraint(
                condition=~Q(status=RunStatus.CANCELLED) | ~Q(cancel_reason=""), name="run_cancelled_says_why"
            ),
        ]
        indexes = [
            # What is coming?
            models.Index(fields=["tenant", "status", "starts_at"], name="run_by_status_and_time"),
            # How was this measure carried out?
            models.Index(fields=["tenant", "measure"], name="run_by_measure"),
        ]

    @property
    def reference(self) -> str:
        return f"KURS-{self.pk}"

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To hold the courses that the plan says, and to show what came of it."
        keep = Keep(after="the run", years=10)


class Quota(TenantModel):
    """Seats of a run kept for a municipality until the deadline, because it ordered them."""

    run = TenantForeignKey(Run)
    municipality = models.ForeignKey("organisation.Municipality", models.PROTECT, related_name="+")
    seats = models.PositiveIntegerField()

    class Meta:
        constraints = [
            # A municipality has one number per run.
            models.UniqueConstraint(fields=["tenant", "run", "municipality"], name="quota_is_told_once"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To keep ordered seats for those who ordered them."
        keep = Keep(after="the run", years=10)


class Session(TenantModel):
    """A gathering (samling) of a run: one stretch of time in one place, by video or both. A run has at least one."""

    run = TenantForeignKey(Run)
    number = models.PositiveSmallIntegerField()  # from 1, in time order
    title = models.CharField(max_length=160, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    room = models.CharField(max_length=120, blank=True)
    video_link = models.URLField(max_length=300, blank=True)

    class Meta:
        constraints = [
            # A session cannot end before it starts.
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            # Sessions of a run are counted once each, from 1.
            models.CheckConstraint(condition=Q(number__gte=1), name="session_number_is_from_one"),
            models.UniqueConstraint(
                fields=["tenant", "run", "number"],
                name="session_number_is_its_own",
                deferrable=models.Deferrable.DEFERRED,
            ),
            # Where are those who attend now? In one session at a time; told when the act is done, for all may move.
            ExclusionConstraint(
                name="session_stands_alone",
                expressions=[(one("run_id"), RangeOperators.OVERLAPS), (times(), RangeOperators.OVERLAPS)],
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        indexes = [
            # What happens in this week?
            models.Index(fields=["tenant", "starts_at"], name="session_by_time"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To say when and where people meet, and to take attendance by the hour."
        keep = Keep(after="the run", years=10)
