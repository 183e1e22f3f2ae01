from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from kompetanse.foundation.privacy import Keep, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .types import MeasureKind, MeasureStatus, PlanStatus


def choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


class ActionPlan(TenantModel):
    """A region's plan for a year. Its row is the lock that its measures are changed under.

    `budget_ore` is the sum of the measures that are not cancelled, kept by the operations; `frame_ore` is
    the frame it was last held up against. So the database itself can refuse an adopted plan over its frame.
    """

    year = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, choices=choices(PlanStatus), default=PlanStatus.DRAFT)
    case = TenantForeignKey("governance.Case", null=True)
    budget_ore = models.BigIntegerField(default=0)
    frame_ore = models.BigIntegerField(null=True)
    adopted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Which is the plan for this year? One answer.
            models.UniqueConstraint(fields=["tenant", "year"], name="plan_is_one_a_year"),
            models.CheckConstraint(condition=Q(status__in=list(PlanStatus)), name="plan_status_is_known"),
            models.CheckConstraint(condition=Q(budget_ore__gte=0), name="plan_budget_is_not_negative"),
            # Adopted is: by a case, at a time, within a frame. (A comparison with no frame would pass a check.)
            models.CheckConstraint(
                condition=~Q(status=PlanStatus.ADOPTED)
                | Q(
                    case__isnull=False,
                    adopted_at__isnull=False,
                    frame_ore__isnull=False,
                    budget_ore__lte=F("frame_ore"),
                ),
                name="plan_keeps_within_its_frame",
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To agree on what is done together in a year, and what it may cost."
        keep = Keep(after="the year has ended")


class Measure(TenantModel):
    """What is done about a need, with its budget. `requirement_code` where it gives a required competence."""

    plan = TenantForeignKey(ActionPlan)
    title_nb = models.CharField(max_length=200)
    title_nn = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=16, choices=choices(MeasureKind))
    goal = TenantForeignKey("governance.Goal", null=True)
    target_group = models.CharField(max_length=200, blank=True)
    budget_ore = models.BigIntegerField(default=0)
    seats_planned = models.PositiveIntegerField(default=0)
    quarter = models.PositiveSmallIntegerField(null=True)
    requirement_code = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=12, choices=choices(MeasureStatus), default=MeasureStatus.PLANNED)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(MeasureKind)), name="measure_kind_is_known"),
            models.CheckConstraint(condition=Q(status__in=list(MeasureStatus)), name="measure_status_is_known"),
            models.CheckConstraint(condition=Q(budget_ore__gte=0), name="measure_budget_is_not_negative"),
            models.CheckConstraint(
                condition=Q(quarter=None) | Q(quarter__gte=1, quarter__lte=4), name="measure_quarter_is_one_of_four"
            ),
            # A measure says what it is.
            models.CheckConstraint(condition=~Q(title_nb=""), name="measure_has_a_title"),
        ]
        indexes = [
            # What is in this plan?
            models.Index(fields=["tenant", "plan"], name="measure_by_plan"),
            # What is done for this goal?
            models.Index(fields=["tenant", "goal"], name="measure_by_goal"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To know what is done about a need, for whom, and at what cost."
        keep = Keep(after="the year has ended")


class MeasurePool(TenantModel):
    """A measure answers a pooled need."""

    measure = TenantForeignKey(Measure, on_delete=models.CASCADE)
    pool = TenantForeignKey("needs.Pool")

    class Meta:
        constraints = [
            # Which pools does this measure serve? Each is told once.
            models.UniqueConstraint(fields=["tenant", "measure", "pool"], name="measure_serves_a_pool_once"),
        ]
        indexes = [
            # What is done about this pool?
            models.Index(fields=["tenant", "pool"], name="measure_pool_by_pool"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To show which needs a measure answers, and which nobody answers."
        keep = Keep(after="the year has ended")
