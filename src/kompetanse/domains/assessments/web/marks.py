"""What is critical, what levels are wanted, and who may rate as an expert: for HR and the office."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.assessments import api as assessments
from kompetanse.domains.assessments.api import Right
from kompetanse.domains.assessments.queries.words import range_words
from kompetanse.domains.assessments.types import (
    AlreadyCritical,
    PeriodIsBackwards,
    RangeIsBackwards,
    ReasonIsMissing,
    UnknownEmployee,
)
from kompetanse.domains.competence import api as competence
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .forms import CriticalForm, MandateForm, RangeForm


@page("kartlegginger/krav/", right=Right.RANGE_SET, methods=("GET",))
def requirements(request: PageRequest) -> Reply:
    """Every requirement with what is decided about it."""
    critical: dict[int, list[str]] = {}
    for mark in assessments.list_critical(request.ctx):
        critical.setdefault(mark.requirement_id, []).append(mark.place)
    wanted: dict[int, list[str]] = {}
    for row in assessments.list_ranges(request.ctx):
        wanted.setdefault(row.requirement_id, []).append(f"{row.place}: {range_words(row.lowest, row.highest)}")
    experts: dict[int, list[str]] = {}
    for mandate in assessments.list_mandates(request.ctx):
        experts.setdefault(mandate.requirement_id, []).append(mandate.expert)
    rows = [
        {
            "row": row,
            "critical": ", ".join(critical.get(row.id, ())),
            "wanted": "; ".join(wanted.get(row.id, ())),
            "experts": ", ".join(experts.get(row.id, ())),
        }
        for row in competence.list_requirements()
    ]
    return Reply.page("assessments/requirements.html", None, rows=rows)


@page("kartlegginger/krav/<int:requirement_id>/", right=Right.RANGE_SET)
def requirement(request: PageRequest, requirement_id: int) -> Reply:
    """One requirement: three small forms, one for each thing to decide."""
    found = assessments.get_marks(request.ctx, requirement_id=requirement_id)
    here = reverse("assessments.requirement", args=[requirement_id])
    act = request.POST.get("act", "") if request.method == "POST" else ""
    levels = RangeForm(request.POST if act == "range" else None, found.places, prefix="range")
    critical = CriticalForm(request.POST if act == "critical" else None, found.places, prefix="critical")
    mandate = MandateForm(
        request.POST if act == "mandate" else None,
        [place for place in found.places if not _is_first_of_many(found.places, place)],
        prefix="mandate",
    )
    critical.initial["valid_from"] = request.ctx.today
    if act == "range" and levels.is_valid():
        with catching(levels, RangeIsBackwards):
            told = levels.cleaned_data
            assessments.set_range(
                request.ctx, tenant_id=told["place"], requirement_id=requirement_id, lowest=told["lowest"],
                highest=told["highest"],
            )  # fmt: skip
            return Reply.done(here, _("Ønsket nivå er lagret."))
    if act == "critical" and critical.is_valid():
        with catching(critical, ReasonIsMissing, PeriodIsBackwards, AlreadyCritical):
            told = critical.cleaned_data
            assessments.mark_critical(
                request.ctx, tenant_id=told["place"], requirement_id=requirement_id, reason=told["reason"],
                valid_from=told["valid_from"], valid_to=told["valid_to"],
            )  # fmt: skip
            return Reply.done(here, _("Kravet er merket som kritisk."))
    if act == "mandate" and mandate.is_valid():
        with catching(mandate, UnknownEmployee, PeriodIsBackwards):
            told = mandate.cleaned_data
            assessments.give_mandate(
                request.ctx, tenant_id=told["place"], requirement_id=requirement_id,
                employee_number=told["employee_number"], valid_to=told["valid_to"],
            )  # fmt: skip
            return Reply.done(here, _("Fagpersonen kan nå vurdere dette kravet."))
    wrong = any(form.is_bound and form.errors for form in (levels, critical, mandate))
    return Reply.page(
        "assessments/requirement.html",
        found,
        status=422 if wrong else 200,
        ranges=[(row.place, range_words(row.lowest, row.highest)) for row in found.ranges],
        levels=levels,
        critical=critical,
        mandate=mandate,
    )


def _is_first_of_many(places: tuple[tuple[int, str], ...], place: tuple[int, str]) -> bool:
    """The office's first place is the region, where nobody has a number."""
    return len(places) > 1 and place == places[0]


@page("kartlegginger/kritisk/<int:mark_id>/avslutt/", right=Right.CRITICAL_MARK, methods=("POST",))
def end_critical(request: PageRequest, mark_id: int) -> Reply:
    assessments.end_critical(request.ctx, mark_id=mark_id)
    return Reply.done(reverse("assessments.requirements"), _("Merket er avsluttet fra i morgen."))


@page("kartlegginger/fagperson/<int:mandate_id>/avslutt/", right=Right.MANDATE_GIVE, methods=("POST",))
def end_mandate(request: PageRequest, mandate_id: int) -> Reply:
    assessments.end_mandate(request.ctx, mandate_id=mandate_id)
    return Reply.done(reverse("assessments.requirements"), _("Fagpersonens mandat er avsluttet fra i morgen."))
