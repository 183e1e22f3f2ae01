"""The forum's prioritised list: numbers in boxes, saved as a whole, without any script."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.types import (
    CaseIsNotOnAgenda,
    CaseIsNotOpen,
    PoolIsMerged,
    PoolIsNotConfirmed,
    RankIsMissing,
    RankIsTaken,
    ReasonIsMissing,
    TextIsTooLong,
)
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .forms import RankingForm


@page("samlinger/prioritering/<int:case_id>/", right=Right.POOL_READ)
def prioritise(request: PageRequest, case_id: int) -> Reply:
    """The confirmed pools with place, outcome and reason in this case."""
    shown = needs.get_ranking(request.ctx, case_id=case_id)
    form = RankingForm(request.POST if request.method == "POST" else None, page=shown)
    if request.method == "POST" and form.is_valid():
        with catching(
            form, CaseIsNotOnAgenda, CaseIsNotOpen, PoolIsMerged, PoolIsNotConfirmed, RankIsMissing,
            RankIsTaken, ReasonIsMissing, TextIsTooLong,
        ):  # fmt: skip
            needs.rank_pools(request.ctx, case_id=case_id, ranking=form.ranking())
            return Reply.done(
                reverse("needs.prioritise", kwargs={"case_id": case_id}),
                _("Lista er lagret. Den gjelder når saken er vedtatt."),
            )
    return Reply.page(
        "needs/ranking.html", shown, form=form, rows=form.rows, case_url=f"/saker/{case_id}/",
        may_rank=shown.may_rank and shown.is_open and shown.is_on_agenda,
    )  # fmt: skip
