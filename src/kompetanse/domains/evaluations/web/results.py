"""What people have answered, for the office."""

from __future__ import annotations

from kompetanse.domains.evaluations import api as evaluations
from kompetanse.domains.evaluations import rules
from kompetanse.domains.evaluations.api import Right
from kompetanse.domains.evaluations.types import EvaluationRow, Question, Rating, Side
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply

SHOWN = (Question.CONTENT, Question.TRAINER, Question.SUPPLIER, Question.USEFUL, Question.USED, Question.MASTERED)


@page("evalueringer/", right=Right.EVALUATION_READ, methods=("GET",))
def evaluation_list(request: PageRequest) -> Reply:
    """Every evaluation, and every measure's ratings."""
    measures = evaluations.list_measure_ratings(request.ctx)
    return Reply.page(
        "evaluations/list.html", evaluations.list_evaluations(request.ctx),
        measures=[(row, [(rules.SHORT[one], row.ratings.get(one)) for one in SHOWN]) for row in measures],
        heads=[rules.SHORT[one] for one in SHOWN],
    )  # fmt: skip


@page("evalueringer/<int:evaluation_id>/", right=Right.EVALUATION_READ, methods=("GET",))
def evaluation(request: PageRequest, evaluation_id: int) -> Reply:
    """One evaluation: averages with how many they rest on, and what people wrote."""
    found = evaluations.get_evaluation(request.ctx, evaluation_id=evaluation_id)
    return Reply.page("evaluations/evaluation.html", found, lines=_lines(found.row))


def _lines(row: EvaluationRow) -> list[tuple[Side, str, Rating]]:
    order = list(Question)
    told = sorted(row.ratings.items(), key=lambda item: (item[0][0] is Side.LEADER, order.index(item[0][1])))
    return [(side, rules.WORDS[side, question], rating) for (side, question), rating in told]
