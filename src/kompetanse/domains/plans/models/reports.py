from __future__ import annotations

from django.db import models
from django.db.models import Q

from kompetanse.domains.plans.types import MeasureKind, MeasureStatus
from kompetanse.domains.plans.types.reports import DeviationCause
from kompetanse.foundation.privacy import Keep, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .plans import ActionPlan, Measure, choices


class LocalMeasure(TenantModel):
    """A measure that a municipality carries out alone; part of its own competence plan."""

    year = models.PositiveSmallIntegerField()
    title_nb = models.CharField(max_length=200)
    title_nn = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=16, choices=choices(MeasureKind))
    target_group = models.CharField(max_length=200, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    budget_ore = models.BigIntegerField(default=0)
    quarter = models.PositiveSmallIntegerField(null=True)
    status = models.CharField(max_length=12, choices=choices(MeasureStatus), default=MeasureStatus.PLANNED)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(MeasureKind)), name="local_measure_kind_is_known"),
            models.CheckConstraint(condition=Q(status__in=list(MeasureStatus)), name="local_measure_status_is_known"),
            models.CheckConstraint(condition=Q(budget_ore__gte=0), name="local_measure_budget_is_not_negative"),
            models.CheckConstraint(condition=~Q(title_nb=""), name="local_measure_has_a_title"),
        ]
        indexes = [
            # What does this municipality do alone this year?
            models.Index(fields=["tenant", "year"], name="local_measure_by_year"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To make the municipality's own competence plan whole."
        keep = Keep(after="the year has ended")


class Deviation(TenantModel):
    """Why a measure does not go as planned. Said again is said beside."""

    measure = TenantForeignKey(Measure)
    cause = models.CharField(max_length=12, choices=choices(DeviationCause))
    text = models.CharField(max_length=400)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cause__in=list(DeviationCause)), name="deviation_cause_is_known"),
        ]
        indexes = [
            # What has gone otherwise than planned with this measure?
            models.Index(fields=["tenant", "measure"], name="deviation_by_measure"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        append_only = True
        purpose = "To learn why measures do not go as planned."
        keep = Keep(after="the year has ended")


class TertialReport(TenantModel):
    """The report of a tertial. `texts` stand instead of what the rows say; `content` is what was sent, frozen."""

    plan = TenantForeignKey(ActionPlan)
    tertial = models.PositiveSmallIntegerField()
    texts = models.JSONField(default=dict)
    content = models.JSONField(null=True)
    sent_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            # What was reported for this tertial? One answer.
            models.UniqueConstraint(fields=["tenant", "plan", "tertial"], name="tertial_report_is_one"),
            models.CheckConstraint(condition=Q(tertial__gte=1, tertial__lte=3), name="tertial_is_one_of_three"),
            # What is sent is frozen, and only that.
            models.CheckConstraint(
                condition=Q(sent_at=None, content__isnull=True) | Q(sent_at__isnull=False, content__isnull=False),
                name="tertial_report_is_frozen_when_sent",
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To tell the chief executives how the year goes."
        keep = Keep(after="the year has ended", years=10)
