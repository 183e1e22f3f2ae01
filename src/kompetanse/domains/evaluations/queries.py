"""Evaluations: what may be told of them, and what whoever holds a ticket is asked.

Ratings are told when the evaluation has closed and at least five have answered: told while answers come in, two
readings of one average would give away the answer between them.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.foundation.tenancy import reading
from kompetanse.kernel.context import Context, system_context

from . import rules
from .models import Comment, Evaluation, Tally, Ticket
from .permissions import Right
from .types import (
    ASKED,
    EvaluationIsClosed,
    EvaluationPage,
    EvaluationRow,
    MeasureRatings,
    Question,
    Rating,
    Sheet,
    Side,
    Stage,
    TicketDoesNotOpen,
    TicketIsUsed,
)

NORWAY = ZoneInfo("Europe/Oslo")
Ratings = dict[tuple[Side, Question], Rating]


@query
def list_evaluations(ctx: Context) -> list[EvaluationRow]:
    """Every evaluation, the newest first, with what may be told. Two queries."""
    access.require_role(ctx, Right.EVALUATION_READ)
    return _rows(ctx, Evaluation.objects.filter(access.rows(ctx.actor, Right.EVALUATION_READ)))


@query
def get_evaluation(ctx: Context, *, evaluation_id: int) -> EvaluationPage:
    """One evaluation with what people wrote. Raises NotFound, Refused."""
    found = access.fetch(ctx, Evaluation.objects.all(), evaluation_id, Right.EVALUATION_READ)
    (row,) = _rows(ctx, [found])
    told = {side for side, _question in row.ratings}
    # By the words themselves, so that who wrote first is not seen.
    texts = Comment.objects.filter(evaluation_id=found.pk, side__in=sorted(told)).values_list("side", "text")
    return EvaluationPage(row, tuple(sorted((Side(side), text) for side, text in texts)))


@query
def list_measure_ratings(ctx: Context) -> list[MeasureRatings]:
    """What participants thought, by measure: content, trainer, arrangement and use. Two queries."""
    by_measure: dict[int, list[EvaluationRow]] = defaultdict(list)
    for row in list_evaluations(ctx):
        if row.is_told:
            by_measure[row.measure_id].append(row)
    return [
        MeasureRatings(measure_id, rows[0].run_title, len({row.run_id for row in rows}), _together(rows))
        for measure_id, rows in by_measure.items()
    ]


@query
def rate_runs(ctx: Context, *, run_ids: Collection[int]) -> dict[Question, Rating]:
    """What participants thought of these runs together: those of one trainer, one supplier, one template.

    Only runs that may be told of by themselves are reckoned in. Two queries.
    """
    access.require_role(ctx, Right.EVALUATION_READ)
    allowed = access.rows(ctx.actor, Right.EVALUATION_READ)
    return _together(_rows(ctx, Evaluation.objects.filter(allowed, run_id__in=list(run_ids))))


def open_ticket(word: str, *, now: datetime) -> Sheet:
    """What whoever holds a ticket is asked. Raises TicketDoesNotOpen, TicketIsUsed, EvaluationIsClosed."""
    ctx = narrow(word, now)
    with reading(ctx):
        return sheet_of(find_ticket(word), ctx.today)


def narrow(word: str, now: datetime) -> Context:
    """Who holds a ticket is nobody in particular, in the region that it names."""
    tenant, _dash, _secret = word.partition("-")
    if not (tenant.isascii() and tenant.isdigit() and len(tenant) < 19):
        raise TicketDoesNotOpen()
    return system_context("an evaluation is answered", {int(tenant)}, now)


def find_ticket(word: str, *, lock: bool = False) -> Ticket:
    rows = Ticket.objects.select_related("evaluation__run")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found: Ticket | None = rows.filter(word_hash=hash_of(word)).first()
    if found is None:
        raise TicketDoesNotOpen()
    return found


def sheet_of(ticket: Ticket, today: date) -> Sheet:
    """Raises TicketIsUsed, EvaluationIsClosed."""
    evaluation = ticket.evaluation
    if ticket.used:
        raise TicketIsUsed()
    if today > evaluation.closes_on:
        raise EvaluationIsClosed()
    stage, side, run = Stage(evaluation.stage), Side(ticket.side), evaluation.run
    held_on = run.ends_at.astimezone(NORWAY).date()
    return Sheet(run.title, run.place, held_on, stage, side, evaluation.closes_on, ASKED[stage, side])


def hash_of(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def _rows(ctx: Context, found: Iterable[Evaluation]) -> list[EvaluationRow]:
    evaluations = list(found)
    if not evaluations:
        return []
    columns = ("id", "run_id", "run__title", "run__measure_id", "stage", "opens_on", "closes_on", "invited")
    listed = Evaluation.objects.filter(pk__in=[one.pk for one in evaluations]).order_by("-opens_on", "-id")
    told = list(listed.values_list(*columns))
    closed = [row[0] for row in told if ctx.today > row[6]]
    ratings = _ratings(closed)
    return [
        EvaluationRow(
            pk, run, title, measure, Stage(stage), opens, closes, invited, pk not in closed, ratings.get(pk, {})
        )
        for pk, run, title, measure, stage, opens, closes, invited in told
    ]


def _ratings(closed: list[int]) -> dict[int, Ratings]:
    counts: dict[tuple[int, Side, Question], dict[int, int]] = defaultdict(dict)
    sums = Tally.objects.filter(evaluation_id__in=closed)
    for pk, side, question, score, answers in sums.values_list("evaluation_id", "side", "question", "score", "answers"):
        counts[pk, Side(side), Question(question)][score] = answers
    found: dict[int, Ratings] = defaultdict(dict)
    for (pk, side, question), of in counts.items():
        if rating := rules.tell(of):
            found[pk][side, question] = rating
    return found


def _together(rows: Iterable[EvaluationRow]) -> dict[Question, Rating]:
    told: dict[Question, list[Rating]] = defaultdict(list)
    for row in rows:
        for (side, question), rating in row.ratings.items():
            if side is Side.PARTICIPANT:
                told[question].append(rating)
    return {question: found for question, of in told.items() if (found := rules.together(of))}
