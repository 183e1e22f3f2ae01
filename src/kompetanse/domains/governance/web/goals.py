"""Goals and frames of the councils."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.governance import api as governance
from kompetanse.foundation import access
from kompetanse.kernel.errors import DomainError
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .forms import FrameForm, GoalForm


@page("mal/", right=governance.Right.GOAL_READ)
def goals(request: PageRequest) -> Reply:
    """What the councils want reached, and within which limits."""
    shown = governance.get_goals_page(request.ctx)
    act = request.POST.get("act", "")
    may_frame = access.possible(request.ctx.actor, governance.Right.FRAME_SET)
    goal_form = GoalForm(
        request.POST if act == "goal" else None,
        auto_id="mal_%s",
        owners=shown.owners,
        initial={"valid_from": request.ctx.today},
    )
    frame_form = FrameForm(
        request.POST if act == "frame" else None,
        auto_id="ramme_%s",
        owners=shown.owners,
        initial={"year": request.ctx.today.year + 1},
    )
    if act == "goal" and goal_form.is_valid():
        with catching(goal_form, DomainError):
            governance.set_goal(request.ctx, **goal_form.cleaned_data)
            return Reply.done(reverse("governance.goals"), _("Målet er lagret."))
    if act == "frame" and frame_form.is_valid():
        values = frame_form.cleaned_data
        limit = values.pop("limit")
        with catching(frame_form, DomainError):
            governance.set_frame(request.ctx, limit_ore=limit.ore, **values)
            return Reply.done(reverse("governance.goals"), _("Rammen er lagret."))
    is_wrong = (goal_form.is_bound and goal_form.errors) or (frame_form.is_bound and frame_form.errors)
    return Reply.page(
        "governance/goals.html",
        shown,
        status=422 if is_wrong else 200,
        goals=[(goal, shown.names.get(goal.tenant_id, "")) for goal in shown.goals],
        frames=[(frame, shown.names.get(frame.tenant_id, "")) for frame in shown.frames],
        goal_form=goal_form if shown.owners else None,
        frame_form=frame_form if shown.owners and may_frame else None,
    )
