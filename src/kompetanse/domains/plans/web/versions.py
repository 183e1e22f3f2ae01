"""The versions of a plan, what differs, and the revision on its way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kompetanse.domains.governance import api as governance
from kompetanse.domains.plans import api
from kompetanse.domains.plans.queries.words import FIELDS, FORMS, KINDS, RISKS
from kompetanse.domains.plans.types import DeliveryForm, MeasureKind, RiskLevel
from kompetanse.domains.plans.types.versions import Difference, VersionsPage
from kompetanse.kernel.errors import DomainError
from kompetanse.ui.formats import kroner
from kompetanse.ui.pages import PageRequest, page, sentence
from kompetanse.ui.replies import Reply, catching

from .crumbs import crumbs_of
from .forms import AdoptForm, MeasureForm


@page("planer/<int:plan_id>/versjoner/", right=api.Right.PLAN_READ)
def versions(request: PageRequest, plan_id: int) -> Reply:
    """What was adopted when, what differs between two versions, and what the revision will change."""
    here = reverse("plans.versions", args=[plan_id])
    older, newer = (_number(request.GET.get(name, "")) for name in ("fra", "til"))
    shown = api.get_versions(request.ctx, plan_id=plan_id, older=older, newer=newer)
    act, fault = request.POST.get("act", ""), ""
    cases = api.list_adopting_cases(request.ctx, region_id=shown.plan.tenant_id) if shown.may_adopt else []
    cases = [case for case in cases if case.id != shown.plan.case_id]
    adopt_form = AdoptForm(request.POST if act == "adopt" else None, cases=cases, auto_id="vedta_%s")
    whole = api.get_plan(request.ctx, plan_id=plan_id) if shown.may_draft else None
    measure_form = None
    if whole is not None and shown.proposed is not None:
        measure_form = MeasureForm(
            request.POST if act == "measure" else None, goals=whole.goals, pools=whole.pools, auto_id="tiltak_%s"
        )
    if act == "adopt" and adopt_form.is_valid():
        with catching(adopt_form, DomainError):
            api.adopt_plan(request.ctx, plan_id=plan_id, case_id=adopt_form.cleaned_data["case_id"])
            return Reply.done(here, _("Den nye versjonen er vedtatt."))
    elif act == "measure" and measure_form is not None and measure_form.is_valid():
        with catching(measure_form, DomainError):
            api.propose_measure(request.ctx, measure_form.told(plan_id))
            return Reply.done(here, _("Tiltaket er foreslått."))
    elif act in ("open", "withdraw", "hearing", "remove"):
        try:
            return Reply.done(here, _act(request, plan_id, act))
        except DomainError as error:
            fault = sentence(error)
    wrong = fault or any(form and form.is_bound and form.errors for form in (adopt_form, measure_form))
    goals = _goals(request, shown)
    return Reply.page(
        "plans/versions.html",
        shown,
        status=422 if wrong else 200,
        crumbs=crumbs_of(shown.plan, _("Versjoner")),
        compared=_words(shown.difference, goals),
        proposed=_words(shown.proposed, goals),
        is_over=shown.proposed is not None
        and shown.frame_ore is not None
        and shown.proposed.budget_after > max(shown.frame_ore, shown.proposed.budget_before),
        adopt_form=adopt_form if shown.may_adopt and shown.plan.revision == "hearing" else None,
        measure_form=measure_form,
        fault=fault,
    )


def _act(request: PageRequest, plan_id: int, act: str) -> str:
    if act == "open":
        api.open_revision(request.ctx, plan_id=plan_id)
        return _("Revisjonen er startet. Det som er vedtatt, står til den nye versjonen er vedtatt.")
    if act == "withdraw":
        api.withdraw_revision(request.ctx, plan_id=plan_id)
        return _("Revisjonen er trukket. Planen står som før.")
    if act == "hearing":
        api.send_to_hearing(request.ctx, plan_id=plan_id)
        return _("Revisjonen er på høring. Alle i regionen kan lese den.")
    api.withdraw_proposal(request.ctx, plan_id=plan_id, proposal_id=_number(request.POST.get("proposal", "")) or 0)
    return _("Forslaget er tatt ut av revisjonen.")


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 12 else None


def _goals(request: PageRequest, shown: VersionsPage) -> dict[int, str]:
    found = governance.list_goals(request.ctx, tenant_id=shown.plan.tenant_id, ended=True)
    return {goal.id: goal.title for goal in found}


def _title(it: Mapping[str, Any]) -> str:
    return str(it["title_nn"] if it["title_nn"] and get_language() == "nn" else it["title_nb"])


def _words(told: Difference | None, goals: Mapping[int, str]) -> dict[str, Any] | None:
    """The difference in plain words."""
    if told is None:
        return None
    return {
        "added": [(it["reference"], _title(it), it["budget_ore"]) for it in told.added],
        "dropped": [(it["reference"], _title(it), it["budget_ore"]) for it in told.dropped],
        "changed": [
            (
                change.reference,
                _title({"title_nb": change.title_nb, "title_nn": change.title_nn}),
                [
                    (FIELDS[it.field], _value(it.field, it.before, goals), _value(it.field, it.after, goals))
                    for it in change.fields
                ],
            )
            for change in told.changed
        ],
        "before": told.budget_before,
        "after": told.budget_after,
        "is_empty": told.is_empty,
    }


def _value(field: str, value: Any, goals: Mapping[int, str]) -> str:
    """A value as people say it."""
    if value in (None, "", [], "unsaid"):
        return _("ikke sagt")
    if field in ("budget_ore", "funding_ore"):
        return kroner(value)
    if field == "goal_id":
        return goals.get(value, _("et mål"))
    if field == "pool_ids":
        return ", ".join(f"SAMLING-{it}" for it in value)
    if field == "quarter":
        return _("%(quarter)s. kvartal") % {"quarter": value}
    words = {"kind": (KINDS, MeasureKind), "form": (FORMS, DeliveryForm), "risk": (RISKS, RiskLevel)}
    if field in words:
        names, enum = words[field]
        return str(names[enum(value)])  # type: ignore[index]
    return str(value)
