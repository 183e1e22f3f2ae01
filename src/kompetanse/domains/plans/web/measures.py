"""One measure: what it is, what it answers, who pays, how it goes, and changing it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.queries.words import CAUSES, FORMS, KEYS, KINDS, RISKS, STATUSES
from kompetanse.domains.plans.types import MeasurePage, PlanStatus
from kompetanse.domains.plans.types.money import MeasureCost
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.money import Money
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .crumbs import crumbs_of
from .forms import SAME, DeviationForm, DropForm, MeasureForm, ShareForm, StatusForm, UseForm


@page("tiltak/<int:measure_id>/", right=plans.Right.MEASURE_READ)
def measure(request: PageRequest, measure_id: int) -> Reply:
    """A measure with its goal, the pools it serves and who pays; the office changes it here.

    Where the plan is adopted, what is changed is a proposal for its revision.
    """
    here = reverse("plans.measure", args=[measure_id])
    shown = plans.get_measure_page(request.ctx, measure_id=measure_id)
    cost = plans.get_measure_cost(request.ctx, measure_id=measure_id)
    act = request.POST.get("act", "")
    sent = _forms(shown, cost, request)
    chosen = sent.get(act)
    if chosen is not None and chosen.is_valid():
        with catching(chosen, DomainError):
            return Reply.done(here, _act(request, shown, act, chosen))
        if isinstance(chosen, MeasureForm):
            shown = plans.get_measure_page(request.ctx, measure_id=measure_id)
            chosen.renew(shown.measure.version)
    row = shown.measure
    plan = plans.get_plan(request.ctx, plan_id=row.plan_id).plan
    is_adopted = row.plan_status is PlanStatus.ADOPTED
    may_change = shown.may_draft and (not is_adopted or plan.revision != "none")
    allowed = {
        "change": may_change, "status": shown.may_draft, "share": shown.may_draft and not is_adopted,
        "use": shown.may_draft, "deviation": shown.may_draft, "drop": may_change and is_adopted,
    }  # fmt: skip
    deviations = plans.list_deviations(request.ctx, plan_id=row.plan_id, measure_id=measure_id)
    return Reply.page(
        "plans/measure.html",
        shown,
        status=422 if any(form.is_bound and form.errors for form in sent.values()) else 200,
        crumbs=crumbs_of(plan, row.reference),
        kind=KINDS[row.kind],
        status_word=STATUSES[row.status],
        form_word=FORMS[row.form],
        risk_word=RISKS[row.risk],
        cost=cost,
        key_word=KEYS[cost.key_used] if cost else "",
        deviations=[(CAUSES[it.cause], it) for it in deviations],
        is_adopted=is_adopted,
        plan=plan,
        forms={name: form for name, form in sent.items() if allowed[name] or form.is_bound},
    )


def _act(request: PageRequest, shown: MeasurePage, act: str, form: Any) -> str:
    """Do what was asked for; gives what to say of it."""
    ctx, row, told = request.ctx, shown.measure, form.cleaned_data
    if act == "status":
        plans.set_measure_status(ctx, measure_id=row.id, status=told["status"])
        return _("Statusen er lagret.")
    if act == "share":
        fixed = (told["fixed"] or Money()).ore
        plans.share_cost(ctx, measure_id=row.id, key=told["key"], fixed_ore=fixed, parts=form.parts())
        return _("Fordelingen er lagret.")
    if act == "use":
        plans.record_use(ctx, measure_id=row.id, uses=form.uses())
        return _("Beløpene er lagret.")
    if act == "deviation":
        plans.note_deviation(ctx, measure_id=row.id, cause=told["cause"], text=told["text"])
        return _("Avviket er lagret.")
    if act == "drop":
        plans.propose_drop(ctx, measure_id=row.id, why=told["why"])
        return _("Det er foreslått at tiltaket faller bort. Tiltaket står til revisjonen er vedtatt.")
    if row.plan_status is PlanStatus.ADOPTED and plans.get_plan(ctx, plan_id=row.plan_id).plan.revision != "none":
        plans.propose_measure(ctx, form.told(row.plan_id), measure_id=row.id)
        return _("Endringen er foreslått. Tiltaket står som det er til revisjonen er vedtatt.")
    plans.change_measure(ctx, form.told(row.plan_id), measure_id=row.id, version=told["version"])
    return _("Tiltaket er lagret.")


def _forms(shown: MeasurePage, cost: MeasureCost | None, request: PageRequest) -> dict[str, forms.Form]:
    """Every form of the page by its act; the one that was sent is bound."""
    act = request.POST.get("act", "")

    def sent(name: str) -> Any:
        return request.POST if act == name else None

    row = shown.measure
    initial = {
        "version": row.version,
        "title_nb": row.title_nb,
        "title_nn": row.title_nn,
        "kind": row.kind,
        "goal_id": row.goal_id,
        "pool_ids": row.pool_ids,
        "seats_planned": row.seats_planned,
        "quarter": row.quarter,
        "budget": Money(row.budget_ore),
        "funding_ore": Money(row.funding_ore),
        **{name: getattr(row, name) for name in SAME},
    }
    found: dict[str, forms.Form] = {
        "change": MeasureForm(
            sent("change"), goals=shown.goals, pools=shown.all_pools, initial=initial, auto_id="tiltak_%s"
        ),
        "status": StatusForm(sent("status"), initial={"status": row.status}),
        "deviation": DeviationForm(sent("deviation"), auto_id="avvik_%s"),
        "drop": DropForm(sent("drop"), auto_id="bort_%s"),
    }
    if cost is not None:
        found["share"] = ShareForm(sent("share"), cost=cost, initial={"key": ""}, auto_id="deling_%s")
        found["use"] = UseForm(sent("use"), cost=cost, auto_id="bruk_%s")
    return found
