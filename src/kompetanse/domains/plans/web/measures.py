"""One measure: what it is, what it answers, and changing it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasurePage
from kompetanse.domains.plans.words import KINDS, STATUSES
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.money import Money
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .forms import MeasureForm, StatusForm


@page("tiltak/<int:measure_id>/", right=plans.Right.MEASURE_READ)
def measure(request: PageRequest, measure_id: int) -> Reply:
    """A measure with its goal and the pools it serves; the office changes it here."""
    here = reverse("plans.measure", args=[measure_id])
    shown = plans.get_measure_page(request.ctx, measure_id=measure_id)
    act = request.POST.get("act", "")
    form = _form(shown, request if act == "change" else None)
    status_form = StatusForm(request.POST if act == "status" else None, initial={"status": shown.measure.status})
    if act == "change" and form.is_valid():
        with catching(form, DomainError):
            plans.change_measure(
                request.ctx, form.told(shown.measure.plan_id), measure_id=measure_id,
                version=form.cleaned_data["version"],
            )  # fmt: skip
            return Reply.done(here, _("Tiltaket er lagret."))
        shown = plans.get_measure_page(request.ctx, measure_id=measure_id)
        form.renew(shown.measure.version)
    elif act == "status" and status_form.is_valid():
        with catching(status_form, DomainError):
            plans.set_measure_status(request.ctx, measure_id=measure_id, status=status_form.cleaned_data["status"])
            return Reply.done(here, _("Statusen er lagret."))
    row = shown.measure
    is_wrong = any(sent.is_bound and sent.errors for sent in (form, status_form))
    return Reply.page(
        "plans/measure.html",
        shown,
        status=422 if is_wrong else 200,
        crumbs=[
            {"label": _("Planer"), "url": reverse("plans.plans")},
            {"label": str(row.year), "url": reverse("plans.plan", args=[row.plan_id])},
            {"label": row.reference},
        ],
        kind=KINDS[row.kind],
        status_word=STATUSES[row.status],
        form=form if shown.may_draft or form.is_bound else None,
        status_form=status_form if shown.may_draft or status_form.is_bound else None,
    )


def _form(shown: MeasurePage, sent: PageRequest | None) -> MeasureForm:
    row = shown.measure
    initial = {
        "version": row.version,
        "title_nb": row.title_nb,
        "title_nn": row.title_nn,
        "kind": row.kind,
        "goal_id": row.goal_id,
        "pool_ids": row.pool_ids,
        "target_group": row.target_group,
        "seats_planned": row.seats_planned,
        "quarter": row.quarter,
        "budget": Money(row.budget_ore),
        "requirement_code": row.requirement_code,
    }
    return MeasureForm(
        sent.POST if sent else None, goals=shown.goals, pools=shown.all_pools, initial=initial, auto_id="tiltak_%s"
    )
