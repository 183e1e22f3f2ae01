"""The plans of the region: the list, the whole plan of a year, and the document."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.domains.plans import api
from kompetanse.domains.plans.queries.words import KINDS, STATUSES
from kompetanse.domains.plans.types import MeasureRow, PlanPage, PlanStatus
from kompetanse.foundation import access
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.money import Money
from kompetanse.ui import charts
from kompetanse.ui.formats import kroner
from kompetanse.ui.pages import PageRequest, page, sentence
from kompetanse.ui.replies import Reply, catching

from .forms import AdoptForm, ExceptionForm, MeasureForm, PlanForm


@page("planer/", right=api.Right.PLAN_READ)
def plans(request: PageRequest) -> Reply:
    """The yearly plans, latest first; the office begins the next one here."""
    office = request.ctx.actor.places(Role.COURSE_ADMINISTRATOR)
    form = None
    if office and access.possible(request.ctx.actor, api.Right.PLAN_DRAFT):
        form = PlanForm(request.POST or None, initial={"year": request.ctx.today.year + 1})
    if request.method == "POST" and form is not None and form.is_valid():
        region = _region_of(request)
        with catching(form, DomainError):
            plan_id = api.draft_plan(request.ctx, region_id=region, year=form.cleaned_data["year"])
            return Reply.done(reverse("plans.plan", args=[plan_id]), _("Planen er opprettet. Legg inn tiltak."))
    return Reply.page("plans/plans.html", form=form, plans=api.list_plans(request.ctx))


@page("planer/<int:plan_id>/", right=api.Right.PLAN_READ)
def plan(request: PageRequest, plan_id: int) -> Reply:
    """Goal ↔ pools ↔ measures, the budget against the frame, and the holes."""
    here = reverse("plans.plan", args=[plan_id])
    shown = api.get_plan(request.ctx, plan_id=plan_id)
    act = request.POST.get("act", "")
    measure_form = MeasureForm(
        request.POST if act == "measure" else None, goals=shown.goals, pools=shown.pools, auto_id="tiltak_%s"
    )
    cases = api.list_adopting_cases(request.ctx, region_id=shown.plan.tenant_id) if shown.may_adopt else []
    adopt_form = AdoptForm(request.POST if act == "adopt" else None, cases=cases, auto_id="vedta_%s")
    exception_form = ExceptionForm(
        request.POST if act == "exception" else None,
        initial={"amount": Money(shown.exception_ore), "decision_reference": shown.exception_decision,
                 "why": shown.exception_why},
        auto_id="unntak_%s",
    )  # fmt: skip
    fault = ""
    if act == "measure" and measure_form.is_valid():
        with catching(measure_form, DomainError):
            api.add_measure(request.ctx, measure_form.told(plan_id))
            return Reply.done(here, _("Tiltaket er lagt inn."))
    elif act == "adopt" and adopt_form.is_valid():
        with catching(adopt_form, DomainError):
            api.adopt_plan(request.ctx, plan_id=plan_id, case_id=adopt_form.cleaned_data["case_id"])
            return Reply.done(here, _("Planen er vedtatt."))
    elif act == "exception" and exception_form.is_valid():
        with catching(exception_form, DomainError):
            told = dict(exception_form.cleaned_data)
            api.record_exception(request.ctx, plan_id=plan_id, amount_ore=told.pop("amount").ore, **told)
            return Reply.done(here, _("Unntaket er lagret."))
    elif act in ("hearing", "roll"):
        try:
            if act == "roll":
                after = api.roll_plan(request.ctx, plan_id=plan_id)
                return Reply.done(reverse("plans.plan", args=[after]), _("Det uferdige er tatt med hit."))
            api.send_to_hearing(request.ctx, plan_id=plan_id)
            return Reply.done(here, _("Planen er på høring. Alle i regionen kan lese den."))
        except DomainError as error:
            fault = sentence(error)
    forms = (measure_form, adopt_form, exception_form)
    is_open = shown.plan.status is not PlanStatus.ADOPTED
    return Reply.page(
        "plans/plan.html",
        shown,
        status=422 if fault or any(form.is_bound and form.errors for form in forms) else 200,
        crumbs=[{"label": _("Planer"), "url": reverse("plans.plans")}, {"label": str(shown.plan.year)}],
        lines=[(line.goal, [_shown(row, shown) for row in line.measures], line.budget_ore) for line in shown.lines],
        chart=_budget(shown),
        measure_form=measure_form if (shown.may_draft and is_open) or measure_form.is_bound else None,
        exception_form=exception_form
        if (shown.may_adopt and shown.frame_ore is not None) or exception_form.is_bound
        else None,
        may_read_tertial=access.possible(request.ctx.actor, api.Right.TERTIAL_READ),
        adopt_form=adopt_form if shown.may_adopt and shown.plan.status is PlanStatus.HEARING else None,
        fault=fault,
    )


def _region_of(request: PageRequest) -> int:
    """The region whose office the actor is in."""
    region = organisation.find_region_of(request.ctx.tenants, request.ctx.today)
    assert region is not None  # who has an office role has a region
    return region.tenant_id


def _shown(row: MeasureRow, plan: PlanPage) -> dict[str, object]:
    """A measure with its words and the pools that the reader may see."""
    return {
        "row": row,
        "kind": KINDS[row.kind],
        "status": STATUSES[row.status],
        "pools": [pool for pool in plan.pools if pool.id in row.pool_ids],
    }


def _budget(plan: PlanPage) -> charts.Chart | None:
    """Each goal's part of the budget; None where there is nothing to draw."""
    bars = [charts.Bar(line.goal.title if line.goal else _("Uten mål"), line.budget_ore) for line in plan.lines]
    if not plan.measures:
        return None
    return charts.bars(
        _("Budsjett etter mål"), bars, show=lambda ore: kroner(int(ore)),
        description=_("Kroner til tiltak for hvert mål"),
    )  # fmt: skip


@page("planer/<int:plan_id>.pdf", right=api.Right.PLAN_READ, methods=("GET",))
def document(request: PageRequest, plan_id: int) -> Reply:
    """The plan as PDF; `?form=nn` for nynorsk, else the reader's own form."""
    asked = request.GET.get("form") or get_language() or ""
    body = api.plan_pdf(request.ctx, plan_id=plan_id, language="nn" if asked == "nn" else "nb")
    return Reply.file(body, filename=f"handlingsplan-{plan_id}.pdf", content_type="application/pdf")
