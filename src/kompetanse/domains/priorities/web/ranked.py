"""The order with its reasons, how robust it is, and the forum's own."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.priorities import api as priorities
from kompetanse.domains.priorities.permissions import Right
from kompetanse.domains.priorities.types import PlacedRow, RankedPage
from kompetanse.kernel.errors import DomainError
from kompetanse.ui import charts, formats
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching
from kompetanse.ui.words import say

from . import words
from .forms import OrderForm
from .rounds import crumbs


@page("prioritering/<int:round_id>/rekkefolge/", right=Right.ROUND_READ)
def ranked(request: PageRequest, round_id: int) -> Reply:
    """The pools in the forum's order; numbers in boxes change it, saved as a whole, without any script."""
    shown = priorities.get_ranked(request.ctx, round_id=round_id)
    form = OrderForm(request.POST if request.method == "POST" else None, page=shown)
    if request.method == "POST" and form.is_valid():
        with catching(form, DomainError):
            version = form.cleaned_data["version"]
            priorities.set_order(request.ctx, round_id=round_id, order=form.order(), version=version)
            return Reply.done(reverse("priorities.ranked", args=[round_id]), _("Rekkefølgen er lagret."))
    titles = {row.pool.pool_id: row.pool.title for row in shown.rows}
    return Reply.page(
        "priorities/ranked.html",
        shown,
        form=form,
        crumbs=crumbs(shown.round, _("Rekkefølge")),
        rows=[_row(row, shown, titles, form) for row in shown.rows],
        weights=[(words.CRITERIA[it], points) for it, points in shown.weighting.weights.items() if points],
        chart=charts.bars(
            _("Poeng"), [charts.Bar(row.pool.title, float(row.score)) for row in shown.rows], show=_points,
            description=_("Veid snitt fra 0 til 3"),
        ),
    )  # fmt: skip


def _points(value: float) -> str:
    return formats.number(value, 2)


def _row(row: PlacedRow, shown: RankedPage, titles: dict[int, str], form: OrderForm) -> dict[str, object]:
    why = ", ".join(say(it) for it in row.why)
    return {
        "row": row,
        "why": why[:1].upper() + why[1:],
        "steady": words.steady(row.kept, row.ranked, shown.round.top),
        "swap": words.swapped(row.swap, titles[row.swap.lower]) if row.swap else "",
        "points": _points(float(row.score)),
        **form.inputs(row.pool.pool_id),
    }
