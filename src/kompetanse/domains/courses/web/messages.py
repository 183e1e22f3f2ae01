"""How it goes with what is written about a run."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.api import Right
from kompetanse.domains.messages import api as messages
from kompetanse.kernel.errors import Refused
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply


@page("kurs/<int:run_id>/meldinger/", right=Right.RUN_MANAGE, methods=("GET",))
def run_messages(request: PageRequest, run_id: int) -> Reply:
    """How many messages about the run are sent, wait or did not arrive; never what they say."""
    found = courses.get_run(request.ctx, run_id=run_id)
    if not found.may_manage:
        raise Refused(why=_("Meldingene om et kurs følges av kurskontoret."))
    return Reply.page(
        "courses/run_messages.html",
        messages.get_states(request.ctx, about=f"run-{run_id}"),
        run=found.run,
        crumbs=[
            {"label": found.run.title, "url": reverse("courses.run", args=[run_id])},
            {"label": _("Meldinger")},
        ],
    )
