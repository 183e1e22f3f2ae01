"""Where the forum disagrees, before any mean is shown."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kompetanse.domains.priorities import api as priorities
from kompetanse.domains.priorities.permissions import Right
from kompetanse.domains.priorities.types import HIGHEST, LOWEST, Agreement, Dispute, RoundStatus, ViewsPage
from kompetanse.ui import dots
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply

from . import words
from .rounds import crumbs

MOST_DRAWN = 8  # the furthest apart; all of them are in the table


@page("prioritering/<int:round_id>/uenighet/", right=Right.ROUND_READ, methods=("GET",))
def views(request: PageRequest, round_id: int) -> Reply:
    """Per criterion and per pool: how far apart, and who stands at each end."""
    shown = priorities.get_views(request.ctx, round_id=round_id)
    differing = [it for it in shown.disputes if it.agreement is not Agreement.AGREED]
    return Reply.page(
        "priorities/views.html",
        shown,
        crumbs=crumbs(shown.round, _("Uenighet")),
        criteria=[(words.CRITERIA[it.criterion], it) for it in shown.criteria],
        lines=[_line(it, shown) for it in differing],
        chart=_drawn(differing[:MOST_DRAWN], shown) if differing else None,
        is_discussing=shown.round.status is RoundStatus.DISCUSSING,
    )


def _line(it: Dispute, shown: ViewsPage) -> dict[str, object]:
    mark, said = words.AGREEMENTS[it.agreement]
    anchors = words.ANCHORS[it.criterion]
    return {
        "pool": shown.pools[it.key], "pool_id": it.key, "criterion": words.CRITERIA[it.criterion],
        "mark": mark, "said": said,
        "low": anchors[it.low], "at_low": [shown.seats[seat] for seat in it.at_low],
        "high": anchors[it.high], "at_high": [shown.seats[seat] for seat in it.at_high],
    }  # fmt: skip


def _drawn(differing: list[Dispute], shown: ViewsPage) -> object:
    scale = range(LOWEST, HIGHEST + 1)
    return dots.dots(
        _("Hvor medlemmene står"),
        [str(value) for value in scale],
        [
            dots.DotRow(
                f"{words.CRITERIA[it.criterion]}: {shown.pools[it.key]}",
                tuple(tuple(shown.seats[seat] for seat, said in it.values.items() if said == value) for value in scale),
            )
            for it in differing
        ],
        description=_("Fra 0 (taler lite for) til 3 (taler mest for). Tallet i prikken er hvor mange som svarte det."),
    )
