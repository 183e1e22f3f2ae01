"""One pool per screen, with big choices. Each choice is saved as it is made; without script, with the button."""

from __future__ import annotations

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.priorities import api as priorities
from kompetanse.domains.priorities.permissions import Right
from kompetanse.domains.priorities.types import Criterion, ScoreInput, ScorePage
from kompetanse.kernel.errors import DomainError, NotFound
from kompetanse.ui.pages import PageRequest, page, sentence
from kompetanse.ui.replies import Reply

from . import words
from .rounds import crumbs


@page("prioritering/<int:round_id>/poeng/", right=Right.ROUND_SCORE)
def score(request: PageRequest, round_id: int) -> Reply:
    """The pool asked for by `?samling=`, else the first that is not done."""
    here = reverse("priorities.score", args=[round_id])
    asked = request.GET.get("samling", "")
    if asked and not asked.isdecimal():
        raise NotFound()
    shown = priorities.get_score_page(request.ctx, round_id=round_id, pool_id=int(asked) if asked else None)
    only, fault = request.POST.get("only", ""), ""
    if request.method == "POST":
        try:
            priorities.score_pool(
                request.ctx, round_id=round_id, pool_id=shown.pool.pool_id, scores=_told(request.POST, shown, only)
            )
        except DomainError as error:
            fault = sentence(error)
        else:
            if not only:
                return _onward(here, shown, request)
            shown = priorities.get_score_page(request.ctx, round_id=round_id, pool_id=shown.pool.pool_id)
    lines = [_line(criterion, shown, request.POST) for criterion in shown.weights]
    return Reply.page(
        "priorities/score.html",
        shown,
        status=422 if fault else 200,
        crumbs=crumbs(shown.round, _("Gi poeng")),
        fault=fault,
        lines=lines,
        line=next((line for line in lines if line["name"] == only), None),
        people=words.PEOPLE[shown.pool.people] if shown.pool.people else "",
    )


def _told(sent: QueryDict, shown: ScorePage, only: str) -> list[ScoreInput]:
    """The choices in the form; with script only the one that was just made."""
    wanted = [criterion for criterion in shown.weights if not only or criterion == only]
    return [
        ScoreInput(it, _number(sent.get(it.value, "")), None if only else _number(sent.get(f"was-{it.value}", "")))
        for it in wanted
    ]


def _number(text: str) -> int | None:
    """A choice as a number; what is none of ours is left for the rule to refuse."""
    if not text:
        return None
    return int(text) if text.isdecimal() and len(text) < 3 else -1


def _onward(here: str, shown: ScorePage, request: PageRequest) -> Reply:
    after = priorities.get_score_page(request.ctx, round_id=shown.round.id, pool_id=shown.pool.pool_id)
    if shown.next_id is not None:
        return Reply.done(f"{here}?samling={shown.next_id}")
    if after.done == after.all:
        notice = _("Takk, du har gitt poeng til alle samlingene. Du kan endre dem til rekkefølgen vises.")
        return Reply.done(reverse("priorities.round", args=[shown.round.id]), notice)
    return Reply.done(here, _("Her mangler det noe. Fyll ut det som er tomt."))


def _line(criterion: Criterion, shown: ScorePage, sent: QueryDict) -> dict[str, object]:
    """A criterion with its choices; what was just chosen stands, also where it could not be saved."""
    kept = shown.chosen.get(criterion)
    chosen = sent.get(criterion.value, "" if kept is None else str(kept))
    return {
        "name": criterion.value,
        "title": words.CRITERIA[criterion],
        "question": words.QUESTIONS[criterion],
        "was": "" if kept is None else kept,
        "vals": f'{{"only": "{criterion.value}"}}',
        "choices": [(value, text, chosen == str(value)) for value, text in enumerate(words.ANCHORS[criterion])],
    }
