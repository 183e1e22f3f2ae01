"""The rounds, and one round: its weights, its pools, and how far the members have come."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import CaseStatus
from kompetanse.domains.priorities import api as priorities
from kompetanse.domains.priorities.permissions import Right
from kompetanse.domains.priorities.types import RoundPage, RoundRow, RoundStatus
from kompetanse.foundation import access
from kompetanse.kernel.errors import DomainError
from kompetanse.ui.pages import PageRequest, page, sentence
from kompetanse.ui.replies import Reply, catching

from . import words
from .forms import OpenForm, PoolsForm, WeightsForm

ORDER = list(RoundStatus)


def crumbs(row: RoundRow, here: str = "") -> list[dict[str, str]]:
    """The way back from a page of the round."""
    found = [{"label": _("Prioritering"), "url": reverse("priorities.rounds")}]
    if not here:
        return [*found, {"label": row.case_reference}]
    return [*found, {"label": row.case_reference, "url": reverse("priorities.round", args=[row.id])}, {"label": here}]


@page("prioritering/", right=Right.ROUND_READ)
def rounds(request: PageRequest) -> Reply:
    """Every round; the office opens one in a case on an agenda."""
    rows = priorities.list_rounds(request.ctx)
    form = None
    if access.possible(request.ctx.actor, Right.ROUND_PREPARE):
        taken = {row.case_id for row in rows}
        cases = [
            case
            for case in governance.list_cases(request.ctx, status=CaseStatus.OPEN)
            if case.meeting_id is not None and case.id not in taken
        ]
        form = OpenForm(request.POST if request.method == "POST" else None, cases=cases)
        if request.method == "POST" and form.is_valid():
            with catching(form, DomainError):
                told = form.cleaned_data
                made = priorities.open_round(request.ctx, case_id=told["case"], top=told["top"])
                return Reply.done(reverse("priorities.round", args=[made]), _("Runden er laget. Se over vektene."))
    return Reply.page(
        "priorities/rounds.html", rows=[(row, *words.STATUSES[row.status]) for row in rows], form=form,
    )  # fmt: skip


@page("prioritering/<int:round_id>/", right=Right.ROUND_READ)
def round(request: PageRequest, round_id: int) -> Reply:  # noqa: A001 - named as the page's address is
    """What is weighed and by what. Each act has its own form; what was typed stays where a rule says no."""
    here = reverse("priorities.round", args=[round_id])
    shown = priorities.get_round(request.ctx, round_id=round_id)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    weights = WeightsForm(
        request.POST if act == "weights" else None, weighting=shown.weighting,
        under_way=shown.round.status is not RoundStatus.PREPARING,
    )  # fmt: skip
    pools = PoolsForm(request.POST if act == "pools" else None, choices=shown.choices, top=shown.round.top)
    fault = ""
    if act == "weights" and weights.is_valid():
        with catching(weights, DomainError):
            priorities.set_weights(
                request.ctx, round_id=round_id, weights=weights.weights(), why=weights.cleaned_data.get("why", ""),
                version=weights.cleaned_data["version"],
            )  # fmt: skip
            return Reply.done(here, _("Vektene er lagret."))
        weights.renew(priorities.get_round(request.ctx, round_id=round_id).weighting.version)
    elif act == "pools" and pools.is_valid():
        with catching(pools, DomainError):
            told = pools.cleaned_data
            priorities.choose_pools(request.ctx, round_id=round_id, pool_ids=told["pools"], top=told["top"])
            return Reply.done(here, _("Utvalget er lagret."))
    elif act in ("start", "views", "rank", "hand-over"):
        try:
            return _step(request, round_id, act)
        except DomainError as error:
            fault = sentence(error)
    return Reply.page(
        "priorities/round.html",
        shown,
        status=422 if act else 200,
        crumbs=crumbs(shown.round),
        fault=fault,
        steps=_steps(shown),
        mark=words.STATUSES[shown.round.status],
        weights=[(words.CRITERIA[it], points) for it, points in shown.weighting.weights.items()],
        earlier=[
            (it, [(words.CRITERIA[criterion], points) for criterion, points in it.weights.items()])
            for it in shown.earlier
        ],
        pools=[(pool, words.PEOPLE[pool.people] if pool.people else "") for pool in shown.pools],
        weights_form=weights if shown.may_weigh or weights.is_bound else None,
        pools_form=pools if shown.choices or pools.is_bound else None,
    )


def _step(request: PageRequest, round_id: int, act: str) -> Reply:
    ctx = request.ctx
    if act == "start":
        priorities.start_scoring(ctx, round_id=round_id)
        return Reply.done(reverse("priorities.round", args=[round_id]), _("Medlemmene kan gi poeng nå."))
    if act == "views":
        priorities.show_views(ctx, round_id=round_id)
        return Reply.done(reverse("priorities.views", args=[round_id]), _("Alle kan se hvor dere er uenige."))
    if act == "rank":
        priorities.rank_round(ctx, round_id=round_id)
        return Reply.done(reverse("priorities.ranked", args=[round_id]), _("Samlingene er rangert."))
    priorities.hand_over_order(ctx, round_id=round_id)
    return Reply.done(reverse("priorities.ranked", args=[round_id]), _("Rekkefølgen er lagt fram i saken."))


def _steps(shown: RoundPage) -> list[dict[str, str]]:
    """The way through a round, with where it is now."""
    at, key = ORDER.index(shown.round.status), shown.round.id
    told = [
        (_("Forberede"), "pencil", ""),
        (_("Gi poeng"), "tasklist", reverse("priorities.score", args=[key]) if shown.may_score else ""),
        (
            _("Se uenigheten"),
            "people",
            reverse("priorities.views", args=[key]) if at >= ORDER.index(RoundStatus.DISCUSSING) else "",
        ),
        (
            _("Rekkefølge"),
            "flag",
            reverse("priorities.ranked", args=[key]) if at >= ORDER.index(RoundStatus.RANKED) else "",
        ),
        (_("Lagt fram i saken"), "gavel", reverse("governance.case", args=[shown.round.case_id])),
    ]
    return [
        {
            "kind": _("Steg %(number)s") % {"number": number + 1}, "what": what, "icon": icon, "url": url,
            "state": "done" if number < at or at == len(told) - 1 else "here" if number == at else "ahead",
        }
        for number, (what, icon, url) in enumerate(told)
    ]  # fmt: skip
