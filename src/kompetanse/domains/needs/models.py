from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import Q

from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .types import (
    LEAST_PEOPLE,
    LONGEST_FIELD,
    LONGEST_REASON,
    LONGEST_TITLE,
    MOST_PEOPLE,
    Cause,
    NeedKind,
    NeedStatus,
    Origin,
    PoolOutcome,
    PoolStatus,
    ProposalCause,
    RoundAct,
    RoundStatus,
    Step,
    WantedForm,
)

PEOPLE = Q(people=None) | Q(people__gte=LEAST_PEOPLE, people__lte=MOST_PEOPLE)


def choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


class Round(TenantModel):
    """A municipality gathers its needs until a day, and approves them as one list."""

    title = models.CharField(max_length=LONGEST_TITLE)
    deadline = models.DateField()
    status = models.CharField(max_length=16, choices=choices(RoundStatus), default=RoundStatus.OPEN)
    opened_by = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField()
    delegate = models.BigIntegerField(null=True)  # whom the chief executive has left the approval to
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Which round do this municipality's needs go into now? One.
            models.UniqueConstraint(
                fields=["tenant"], condition=Q(status=RoundStatus.OPEN), name="municipality_has_one_open_round"
            ),
            # Open, or approved at a moment.
            models.CheckConstraint(
                condition=Q(status=RoundStatus.OPEN, approved_at=None)
                | Q(status=RoundStatus.APPROVED, approved_at__isnull=False),
                name="round_is_open_or_approved",
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "approved_by"
        purpose = "To gather a municipality's needs, and to show who approved them."
        keep = Keep(after="the round was approved", years=10)


class Need(TenantModel):
    """What a unit or a municipality must learn, find or use, told by whom it concerns. Counts, never names."""

    unit = TenantForeignKey("organisation.Unit", null=True)
    unit_text = models.CharField(max_length=LONGEST_FIELD, blank=True)  # the unit as the file wrote it
    title = models.CharField(max_length=LONGEST_TITLE)
    target_group = models.CharField(max_length=LONGEST_FIELD, blank=True)
    people = models.PositiveIntegerField(null=True)
    people_text = models.CharField(max_length=LONGEST_FIELD, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    cause = models.CharField(max_length=16, choices=choices(Cause), default=Cause.NONE)
    kind = models.CharField(max_length=16, choices=choices(NeedKind), default=NeedKind.LEARN)
    statutory = models.BooleanField(null=True)
    goal_tenant = models.ForeignKey("foundation.Tenant", models.PROTECT, null=True, related_name="+")
    goal = TenantForeignKey("governance.Goal", tenant_field="goal_tenant", null=True)
    requirement = models.ForeignKey("competence.Requirement", models.PROTECT, null=True, related_name="+")
    wanted_time = models.CharField(max_length=LONGEST_FIELD, blank=True)
    wanted_place = models.CharField(max_length=LONGEST_FIELD, blank=True)
    priority = models.PositiveSmallIntegerField(null=True)  # 1 is highest, 3 lowest
    regional = models.BooleanField(null=True)
    origin = models.CharField(max_length=8, choices=choices(Origin))
    file = models.CharField(max_length=255, blank=True)
    row = models.PositiveIntegerField(null=True)
    status = models.CharField(max_length=16, choices=choices(NeedStatus), default=NeedStatus.REPORTED)
    reported_by = models.BigIntegerField(null=True)
    reported_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=LONGEST_REASON, blank=True)
    wanted_form = models.CharField(max_length=16, choices=choices(WantedForm), default=WantedForm.ANY, blank=True)
    own_measures = models.CharField(max_length=LONGEST_REASON, blank=True)
    round = TenantForeignKey(Round, null=True)
    step = models.CharField(max_length=16, choices=choices(Step), blank=True)
    composed = models.BooleanField(default=False)  # made by joining others; its people are theirs
    merged_into = TenantForeignKey("self", null=True)

    class Meta:
        constraints = [
            # A number of people that a municipality can have, or none told.
            models.CheckConstraint(condition=PEOPLE, name="need_people_is_plausible"),
            # A need says what it is.
            models.CheckConstraint(condition=~Q(title=""), name="need_has_a_title"),
            models.CheckConstraint(condition=Q(kind__in=list(NeedKind)), name="need_kind_is_known"),
            models.CheckConstraint(condition=Q(cause__in=list(Cause)), name="need_cause_is_known"),
            models.CheckConstraint(condition=Q(origin__in=list(Origin)), name="need_origin_is_known"),
            models.CheckConstraint(condition=Q(wanted_form__in=list(WantedForm)), name="need_form_is_known"),
            # Standing, on its way in a round, part of another, or withdrawn at a moment.
            models.CheckConstraint(
                condition=Q(status=NeedStatus.REPORTED, withdrawn_at=None, step="", merged_into=None)
                | Q(status=NeedStatus.IN_ROUND, withdrawn_at=None, merged_into=None, step__in=list(Step))
                & Q(round__isnull=False)
                | Q(status=NeedStatus.MERGED, withdrawn_at=None, step="", merged_into__isnull=False)
                | Q(status=NeedStatus.WITHDRAWN, withdrawn_at__isnull=False, step=""),
                name="need_stands_or_is_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(priority=None) | Q(priority__gte=1, priority__lte=3),
                name="need_priority_is_one_to_three",
            ),
            # A goal is named together with whose it is, so that the key to it is checked.
            models.CheckConstraint(
                condition=Q(goal=None, goal_tenant=None) | Q(goal__isnull=False, goal_tenant__isnull=False),
                name="need_goal_has_an_owner",
            ),
        ]
        indexes = [
            # What does this municipality need now?
            models.Index(fields=["tenant", "status", "-reported_at"], name="need_by_status"),
            # What does this unit need?
            models.Index(fields=["tenant", "unit"], name="need_by_unit"),
            # What has this round gathered, and where does it lie?
            models.Index(fields=["tenant", "round", "step"], name="need_by_round"),
            # Of which needs was this one joined?
            models.Index(fields=["tenant", "merged_into"], name="need_by_whole"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "reported_by"
        personal = {"reason": Kind.FREE_TEXT, "own_measures": Kind.FREE_TEXT}
        purpose = "To plan competence from what is needed, and to answer whoever asked."
        keep = Keep(after="the need was answered or withdrawn", years=10)


class ProposalAnswer(TenantModel):
    """Somebody has said no to a need that the system suggested: it is not suggested again."""

    unit = TenantForeignKey("organisation.Unit", null=True)
    requirement = models.ForeignKey("competence.Requirement", models.PROTECT, related_name="+")
    cause = models.CharField(max_length=16, choices=choices(ProposalCause))
    first_day = models.DateField(null=True)  # of the requirement's version: another version is suggested anew
    why = models.CharField(max_length=LONGEST_REASON)
    person = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Has somebody said no to this? Once is enough.
            models.UniqueConstraint(
                fields=["tenant", "unit", "requirement", "cause", "first_day"], name="proposal_is_declined_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(cause__in=list(ProposalCause)), name="proposal_cause_is_known"),
            models.CheckConstraint(condition=~Q(why=""), name="proposal_is_declined_with_why"),
        ]  # fmt: skip

    class Data:
        tenancy = Tenancy.OWN
        subject = "person"
        personal = {"why": Kind.FREE_TEXT}
        purpose = "To leave out what somebody who answers for it has found is no need."
        keep = Keep(after="the municipality is no more", years=10)


class NeedNote(TenantModel):
    """What somebody did with a need on its way through a round, and said about it."""

    need = TenantForeignKey(Need)
    act = models.CharField(max_length=16, choices=choices(RoundAct))
    text = models.CharField(max_length=LONGEST_REASON, blank=True)
    written_by = models.BigIntegerField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(act__in=list(RoundAct)), name="note_act_is_known"),
        ]
        indexes = [
            # What has been said of this need?
            models.Index(fields=["tenant", "need"], name="need_note_by_need"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "written_by"
        personal = {"text": Kind.FREE_TEXT}
        purpose = "To answer whoever asked, with what was done and why."
        keep = Keep(after="the need was answered or withdrawn", years=10)


class Pool(TenantModel):
    """Equal needs from several municipalities, suggested by rule or confirmed by a person.

    Never deleted, so that a reference to it always leads somewhere: one whose shares all went to
    another says which.
    """

    title = models.CharField(max_length=LONGEST_TITLE)
    topic_code = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=16, choices=choices(PoolStatus), default=PoolStatus.SUGGESTED)
    score = models.FloatField(default=1.0)  # 0–1: how sure the suggestion is
    reason = models.JSONField(default=list)  # why these were put together: sentences with their places, as data
    merged_into = TenantForeignKey("self", null=True)
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=list(PoolStatus)), name="pool_status_is_known"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="pool_score_is_a_share"),
            # Confirmed at a moment, or not at all.
            models.CheckConstraint(
                condition=Q(status=PoolStatus.SUGGESTED, confirmed_at=None)
                | Q(status=PoolStatus.CONFIRMED, confirmed_at__isnull=False),
                name="pool_is_confirmed_at_a_moment",
            ),
        ]
        indexes = [
            # Which pools does the region have?
            models.Index(fields=["tenant", "status"], name="pool_by_status"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "confirmed_by"
        purpose = "To meet equal needs together."
        keep = Keep(after="the plan it led to has ended", years=10)


class Share(TenantModel):
    """One need's part in one pool. Holds the numbers that the forum may see; the words stay at home."""

    pool = TenantForeignKey(Pool)
    municipality = models.ForeignKey("organisation.Municipality", models.PROTECT, related_name="+")
    need = TenantForeignKey(Need, tenant_field="municipality")
    people = models.PositiveIntegerField(null=True)
    statutory = models.BooleanField(null=True)
    cause = models.CharField(max_length=16, choices=choices(Cause), default=Cause.NONE)

    class Meta:
        constraints = [
            # A need is in one pool.
            models.UniqueConstraint(fields=["tenant", "municipality", "need"], name="need_is_in_one_pool"),
            models.CheckConstraint(condition=PEOPLE, name="share_people_is_plausible"),
            models.CheckConstraint(condition=Q(cause__in=list(Cause)), name="share_cause_is_known"),
        ]
        indexes = [
            # Who shares this pool?
            models.Index(fields=["tenant", "pool"], name="share_by_pool"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To keep every municipality's part of a pool, and lead back to who asked."
        keep = Keep(after="the plan it led to has ended", years=10)


class Lesson(TenantModel):
    """What people have taught: that two wordings ask for the same, or for different things."""

    left_title = models.CharField(max_length=LONGEST_TITLE)
    left_group = models.CharField(max_length=LONGEST_FIELD, blank=True)
    right_title = models.CharField(max_length=LONGEST_TITLE)
    right_group = models.CharField(max_length=LONGEST_FIELD, blank=True)
    same = models.BooleanField()
    taught_by = models.BigIntegerField(null=True)
    taught_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Two wordings are the same or not; the last word counts.
            models.UniqueConstraint(
                fields=["tenant", "left_title", "left_group", "right_title", "right_group"],
                name="lesson_has_one_answer",
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "taught_by"
        purpose = "To suggest better pools next time."
        keep = Keep(after="the region is dissolved")


class PoolDecision(TenantModel):
    """The forum's word on a pool in a case: its place on the list, or why not. Counts when the case is decided."""

    pool = TenantForeignKey(Pool)
    case = TenantForeignKey("governance.Case")
    rank = models.PositiveSmallIntegerField(null=True)
    outcome = models.CharField(max_length=16, choices=choices(PoolOutcome))
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    noted_by = models.BigIntegerField(null=True)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A case says one thing of a pool.
            models.UniqueConstraint(fields=["tenant", "case", "pool"], name="pool_is_ranked_once_in_a_case"),
            # One pool in each place.
            models.UniqueConstraint(
                fields=["tenant", "case", "rank"], condition=Q(rank__isnull=False), name="rank_is_held_by_one_pool"
            ),
            models.CheckConstraint(condition=Q(outcome__in=list(PoolOutcome)), name="pool_outcome_is_known"),
            # Only what is prioritised has a place, and it has one.
            models.CheckConstraint(
                condition=Q(outcome=PoolOutcome.PRIORITISED, rank__gte=1)
                | (~Q(outcome=PoolOutcome.PRIORITISED) & Q(rank=None)),
                name="prioritised_pool_has_a_rank",
            ),
        ]
        indexes = [
            # What has been said of this pool?
            models.Index(fields=["tenant", "pool"], name="pool_decision_by_pool"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "noted_by"
        purpose = "To show what was decided about a need, and why."
        keep = Keep(after="the decision", years=10)
