from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from kompetanse.domains.plans.types import DeliveryForm, MeasureKind, MeasureStatus, PlanStatus, RiskLevel
from kompetanse.domains.plans.types.money import SharingKey
from kompetanse.domains.plans.types.versions import ProposalKind, RevisionStage
from kompetanse.foundation.privacy import Keep, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel


def choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


class ActionPlan(TenantModel):
    """A region's plan for a year. Its row is the lock that its measures are changed under.

    `budget_ore` is the sum of the measures that are not cancelled, kept by the operations; `frame_ore` is
    the frame it was last held up against. So the database itself can refuse an adopted plan over its frame.
    An adopted plan stands as it is; `revision` tells how far the next `edition` has come.
    """

    year = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, choices=choices(PlanStatus), default=PlanStatus.DRAFT)
    case = TenantForeignKey("governance.Case", null=True)
    budget_ore = models.BigIntegerField(default=0)
    frame_ore = models.BigIntegerField(null=True)
    adopted_at = models.DateTimeField(null=True)
    exception_ore = models.BigIntegerField(default=0)
    exception_decision = models.CharField(max_length=120, blank=True)
    exception_why = models.CharField(max_length=400, blank=True)
    edition = models.PositiveIntegerField(default=1)
    revision = models.CharField(max_length=8, choices=choices(RevisionStage), default=RevisionStage.NONE)
    sharing_key = models.CharField(max_length=16, choices=choices(SharingKey), default=SharingKey.INHABITANTS)
    fixed_ore = models.BigIntegerField(default=0)

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
                    budget_ore__lte=F("frame_ore") + F("exception_ore"),
                ),
                name="plan_keeps_within_its_frame",
            ),
            # Who has allowed the plan to pass its frame? A decision of its own.
            models.CheckConstraint(
                condition=Q(exception_ore=0) | Q(exception_ore__gt=0) & ~Q(exception_decision=""),
                name="plan_exception_is_decided",
            ),
            models.CheckConstraint(condition=Q(revision__in=list(RevisionStage)), name="plan_revision_is_known"),
            # Only what is adopted is revised.
            models.CheckConstraint(
                condition=Q(revision=RevisionStage.NONE) | Q(status=PlanStatus.ADOPTED),
                name="plan_is_adopted_before_it_is_revised",
            ),
            models.CheckConstraint(condition=Q(sharing_key__in=list(SharingKey)), name="plan_key_is_known"),
            models.CheckConstraint(condition=Q(fixed_ore__gte=0), name="plan_fixed_sum_is_not_negative"),
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
    target_group_nn = models.CharField(max_length=200, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    form = models.CharField(max_length=8, choices=choices(DeliveryForm), default=DeliveryForm.UNSAID)
    provider = models.CharField(max_length=120, blank=True)
    funding = models.CharField(max_length=200, blank=True)
    funding_ore = models.BigIntegerField(default=0)
    risk = models.CharField(max_length=8, choices=choices(RiskLevel), default=RiskLevel.UNSAID)
    risk_text = models.CharField(max_length=400, blank=True)
    sharing_key = models.CharField(max_length=16, blank=True)
    fixed_ore = models.BigIntegerField(default=0)
    rolled_from = TenantForeignKey("plans.Measure", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(MeasureKind)), name="measure_kind_is_known"),
            models.CheckConstraint(condition=Q(status__in=list(MeasureStatus)), name="measure_status_is_known"),
            models.CheckConstraint(condition=Q(budget_ore__gte=0), name="measure_budget_is_not_negative"),
            models.CheckConstraint(
                condition=Q(quarter=None) | Q(quarter__gte=1, quarter__lte=4), name="measure_quarter_is_one_of_four"
            ),
            models.CheckConstraint(condition=Q(form__in=list(DeliveryForm)), name="measure_form_is_known"),
            models.CheckConstraint(condition=Q(risk__in=list(RiskLevel)), name="measure_risk_is_known"),
            models.CheckConstraint(
                condition=Q(sharing_key="") | Q(sharing_key__in=list(SharingKey)), name="measure_key_is_known"
            ),
            # Others do not pay more than it costs.
            models.CheckConstraint(
                condition=Q(funding_ore__gte=0, funding_ore__lte=F("budget_ore"), fixed_ore__gte=0),
                name="measure_is_not_funded_twice",
            ),
            # What was taken along is taken along once.
            models.UniqueConstraint(
                fields=["tenant", "rolled_from"], condition=Q(rolled_from__isnull=False), name="measure_is_rolled_once"
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


class BudgetLine(TenantModel):
    """A municipality's part in a measure: whether it takes part, the seats it pays for, and its money.

    `planned_ore` is frozen when the plan is adopted; before that it is reckoned. No line: takes part, seats unsaid.
    """

    measure = TenantForeignKey(Measure, on_delete=models.CASCADE)
    municipality = models.ForeignKey("organisation.Municipality", models.PROTECT, related_name="+")
    takes_part = models.BooleanField(default=True)
    seats = models.PositiveIntegerField(null=True)
    planned_ore = models.BigIntegerField(null=True)
    committed_ore = models.BigIntegerField(default=0)
    spent_ore = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            # What does this municipality pay of this measure? One answer.
            models.UniqueConstraint(fields=["tenant", "measure", "municipality"], name="budget_line_is_one"),
            models.CheckConstraint(
                condition=(Q(planned_ore=None) | Q(planned_ore__gte=0)) & Q(committed_ore__gte=0, spent_ore__gte=0),
                name="budget_line_is_not_negative",
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To know what each municipality pays, has committed to and has spent."
        keep = Keep(after="the year has ended", years=10)


class PlanVersion(TenantModel):
    """A plan as it was adopted, frozen. Holds its own words, so that nothing later can change it."""

    plan = TenantForeignKey(ActionPlan)
    number = models.PositiveIntegerField()
    case = TenantForeignKey("governance.Case")
    content = models.JSONField()
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [
            # What was adopted as version 2? One answer.
            models.UniqueConstraint(fields=["tenant", "plan", "number"], name="plan_version_is_one"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        append_only = True
        purpose = "To show what was adopted, and what each revision changed."
        keep = Keep(after="the year has ended", years=10)


class Proposal(TenantModel):
    """What a revision will do to a measure when it is adopted. `content` is the measure as it will be."""

    plan = TenantForeignKey(ActionPlan)
    measure = TenantForeignKey(Measure, null=True)
    kind = models.CharField(max_length=8, choices=choices(ProposalKind))
    content = models.JSONField(default=dict)
    why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            # What is proposed for this measure? One thing.
            models.UniqueConstraint(
                fields=["tenant", "measure"], condition=Q(measure__isnull=False), name="measure_has_one_proposal"
            ),
            models.CheckConstraint(condition=Q(kind__in=list(ProposalKind)), name="proposal_kind_is_known"),
            # Only what is added has no measure yet.
            models.CheckConstraint(
                condition=Q(kind=ProposalKind.ADD, measure=None) | ~Q(kind=ProposalKind.ADD) & ~Q(measure=None),
                name="proposal_is_about_a_measure",
            ),
        ]
        indexes = [
            # What does the revision of this plan do?
            models.Index(fields=["tenant", "plan"], name="proposal_by_plan"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To prepare a revision without touching what is adopted."
        keep = Keep(after="the year has ended")
