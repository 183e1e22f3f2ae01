"""A body's rules: how many it needs, how votes count, how early it is called, how its cases are numbered."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.governance import api as governance
from kompetanse.domains.organisation import api as organisation
from kompetanse.kernel.errors import DomainError
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .planning_forms import NumberForm, RulesForm, WeightForm


@page("organer/<int:body_id>/", right=organisation.Right.BODY_READ)
def body_rules(request: PageRequest, body_id: int) -> Reply:
    """What rules a body decides by, and what they were; who sits there, and with which weight."""
    shown = governance.get_body_page(request.ctx, body_id=body_id)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    body = shown.body

    def data(name: str) -> Any:
        return request.POST if act == name else None

    now = {
        "quorum": body.quorum, "vote_rule": body.vote_rule, "unions_vote": body.unions_vote,
        "notice_days": body.notice_days, "above_id": body.above_id,
    }  # fmt: skip
    rules = RulesForm(data("rules"), bodies=shown.bodies, initial=now, auto_id="regler_%s")
    weights = WeightForm(data("weight"), seats=[(seat.id, seat.name) for seat in shown.seats], auto_id="vekt_%s")
    numbers = NumberForm(data("numbers"), auto_id="nummer_%s")
    form = {"rules": rules, "weight": weights, "numbers": numbers}.get(act)
    if form is not None and form.is_valid():
        with catching(form, DomainError):
            if act == "rules":
                organisation.set_body_rules(request.ctx, body_id=body_id, **form.cleaned_data)
            elif act == "weight":
                organisation.weigh_seat(request.ctx, **form.cleaned_data)
            else:
                governance.start_numbers(request.ctx, body_id=body_id, year=shown.year, **form.cleaned_data)
            return Reply.done(reverse("governance.body_rules", args=[body_id]), _("Lagret."))
    return Reply.page(
        "governance/body.html",
        shown,
        status=422 if request.method == "POST" else 200,
        crumbs=[{"label": _("Organisasjon"), "url": reverse("organisation.units")}, {"label": shown.name}],
        rules_form=rules if shown.may_rule or act == "rules" else None,
        weight_form=weights if (shown.may_rule and shown.seats) or act == "weight" else None,
        number_form=numbers if (shown.may_prepare and not shown.has_cases) or act == "numbers" else None,
        seats=[(seat, seat.id in shown.left) for seat in shown.seats],
    )
