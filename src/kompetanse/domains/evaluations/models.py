"""The tables of the evaluations. Answers are kept as sums: no row says what anybody answered, or when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kompetanse.foundation.privacy import UNNAMED, Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .types import HIGHEST, LOWEST, Question, Side, Stage


class Evaluation(TenantModel):
    """People are asked about a run, right after it or some months later."""

    run = TenantForeignKey("courses.Run")
    stage = models.CharField(max_length=8)
    opens_on = models.DateField()
    closes_on = models.DateField()
    invited = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=list(Stage)), name="evaluation_stage_is_known"),
            # People are asked once about each run at each stage.
            models.UniqueConstraint(fields=["tenant", "run", "stage"], name="evaluation_is_opened_once"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="evaluation_ends_after_start"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To learn what people think of the courses, and whether what was learnt is used."
        keep = Keep(after="the run", years=10)


class Ticket(TenantModel):
    """A right to answer once. Neither whose it is nor what was answered is kept: only that it is used."""

    evaluation = TenantForeignKey(Evaluation)
    side = models.CharField(max_length=12)
    word_hash = models.CharField(max_length=64)
    used = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=list(Side)), name="ticket_side_is_known"),
            # Which ticket is this?
            models.UniqueConstraint(fields=["tenant", "word_hash"], name="ticket_is_its_own"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To let each answer once, without knowing who has answered what."
        keep = Keep(after="the run", years=10)


class Tally(TenantModel):
    """How many have given a score to a question."""

    evaluation = TenantForeignKey(Evaluation)
    side = models.CharField(max_length=12)
    question = models.CharField(max_length=12)
    score = models.PositiveSmallIntegerField()
    answers = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=list(Side), question__in=list(Question)), name="tally_is_of_what_is_asked"
            ),
            models.CheckConstraint(
                condition=Q(score__gte=LOWEST, score__lte=HIGHEST), name="tally_score_is_from_one_to_five"
            ),
            # One sum for each score; also how many have answered what.
            models.UniqueConstraint(
                fields=["tenant", "evaluation", "side", "question", "score"], name="tally_is_one_sum"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To show how courses, trainers and suppliers are rated."
        keep = Keep(after="the run", years=10)


class Comment(TenantModel):
    """What somebody wrote, in their own words. Nobody knows who."""

    evaluation = TenantForeignKey(Evaluation)
    side = models.CharField(max_length=12)
    text = models.TextField(max_length=1000)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=list(Side)), name="comment_side_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
        ]
        indexes = [
            # What did people write?
            models.Index(fields=["tenant", "evaluation"], name="comment_by_evaluation"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = UNNAMED
        personal = {"text": Kind.FREE_TEXT}
        purpose = "To let people say what the numbers do not."
        keep = Keep(after="the evaluation closed", years=2, when="evaluation__closes_on")
