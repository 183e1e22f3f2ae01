"""The year wheel: the year as a picture with its steps, and a step with where everybody stands."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.yearwheel import api as yearwheel
from kompetanse.domains.yearwheel.types import Reads, StandingRow, State, StepPage, StepRow, WheelPage, YearIsImpossible
from kompetanse.kernel.errors import DomainError
from kompetanse.ui import sheets
from kompetanse.ui.charts import Chart
from kompetanse.ui.formats import day
from kompetanse.ui.matrix import Matrix, MatrixCell, MatrixRow, matrix
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching
from kompetanse.ui.wheels import Span, year_wheel

from .forms import StandingForm, StartForm, StepForm
from .words import DOERS, KINDS, STATES


@page("arshjul/", right=yearwheel.Right.WHEEL_READ)
def wheel(request: PageRequest) -> Reply:
    """The year: what is on, who does it, where everybody stands. The office starts it and rolls it on."""
    asked = request.GET.get("aar", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else None
    shown = yearwheel.get_wheel(request.ctx, year=year)
    act = request.POST.get("act", "")
    start = StartForm(request.POST if act == "start" else None, initial={"year": shown.year, "standard": True})
    if act == "roll" and shown.wheel_id is not None:
        yearwheel.roll_wheel(request.ctx, wheel_id=shown.wheel_id)
        return Reply.done(_there(shown.year + 1), _("Trinnene er tatt med til neste år, i de samme ukene."))
    if act == "start" and shown.region_id is not None and start.is_valid():
        with catching(start, YearIsImpossible):
            yearwheel.start_wheel(request.ctx, region_id=shown.region_id, **start.cleaned_data)
            return Reply.done(_there(start.cleaned_data["year"]), _("Årshjulet er satt opp."))
    rows = [(step, *_state(step.state), str(KINDS[step.kind]), str(DOERS[step.doer])) for step in shown.steps]
    file = sheets.export(
        request.GET.get("format", ""), f"arshjul-{shown.year}",
        [_("Trinn"), _("Fra"), _("Til"), _("Slag"), _("Hvem"), _("Status"), _("Ferdige"), _("Over fristen"), _("Av")],
        [
            (step.title, step.starts_on, step.ends_on, kind, doer, word, step.done, step.late, step.of)
            for step, _mark, word, kind, doer in rows
        ],
    )  # fmt: skip
    if file:
        return file
    return Reply.page(
        "yearwheel/wheel.html",
        shown,
        status=422 if start.is_bound and start.errors else 200,
        start=start if shown.may_steer and (shown.wheel_id is None or start.is_bound) else None,
        chart=_drawn(request, shown) if shown.steps else None,
        matrix=_matrix(shown),
        rows=rows,
        query=f"aar={shown.year}",
        years=[
            {"label": str(it), "url": f"?aar={it}", "current": it == shown.year} for it in shown.years
        ] if len(shown.years) > 1 else [],
    )  # fmt: skip


def _there(year: int) -> str:
    return f"{reverse('yearwheel.wheel')}?aar={year}"


def _state(state: State) -> tuple[str, str]:
    kind, word = STATES[state]
    return kind, str(word)


def _count(step: StepRow) -> str:
    """How it stands in words, with how many municipalities where each has its own part."""
    word = _state(step.state)[1]
    if not step.is_municipal:
        return word
    if step.late:
        return _("%(word)s, %(late)s av %(of)s kommuner") % {"word": word, "late": step.late, "of": step.of}
    return _("%(word)s, %(done)s av %(of)s kommuner er ferdige") % {"word": word, "done": step.done, "of": step.of}


def _drawn(request: PageRequest, shown: WheelPage) -> Chart:
    used = {_state(step.state)[0] for step in shown.steps}
    return year_wheel(
        _("Året %(year)s") % {"year": shown.year},
        shown.year,
        [
            Span(
                step.starts_on, step.ends_on, step.title, _count(step), _state(step.state)[0],
                (str(DOERS[step.doer]),), reverse("yearwheel.step", args=[step.id]),
            )
            for step in shown.steps
        ],
        [(kind, str(word)) for kind, word in STATES.values() if kind in used],
        (_("Hvem"),),
        today=request.ctx.today,
    )  # fmt: skip


def _matrix(shown: WheelPage) -> Matrix | None:
    """Steps down, municipalities across, for those the reader may see."""
    steps = [step for step in shown.steps if step.is_municipal and step.standings]
    places = list(dict.fromkeys(row.municipality for step in steps for row in step.standings))
    if not steps:
        return None
    lines = []
    for step in steps:
        there = {row.municipality: row for row in step.standings}
        where = reverse("yearwheel.step", args=[step.id])
        cells = tuple(_cell(there.get(place), where) for place in places)
        lines.append(MatrixRow(step.title, cells, where))
    return matrix(
        _("Hvor kommunene står"), _("Trinn"), places, lines,
        note=_("Over fristen ses av kommunens egne, kompetansekontoret, forumet, tillitsvalgte og kommunedirektørene."),
    )  # fmt: skip


def _cell(row: StandingRow | None, where: str) -> MatrixCell:
    if row is None:
        return MatrixCell("–")
    kind, word = _state(row.state)
    return MatrixCell(word, kind, said=row.note, url=where)


@page("arshjul/trinn/<int:step_id>/", right=yearwheel.Right.STEP_READ)
def step(request: PageRequest, step_id: int) -> Reply:
    """A step: what is to be done, by whom, where everybody stands. One's own part is said here."""
    shown = yearwheel.get_step(request.ctx, step_id=step_id)
    here = reverse("yearwheel.step", args=[step_id])
    act = request.POST.get("act", "")
    mine = [row for row in shown.step.standings if row.may_state]
    standing = _standing_form(request.POST if act == "standing" else None, mine, shown)
    form = _step_form(request.POST if act == "step" else None, shown)
    if act == "drop":
        yearwheel.drop_step(request.ctx, step_id=step_id)
        return Reply.done(_there(shown.year), _("Trinnet er tatt ut av årshjulet."))
    if act == "standing" and standing.is_valid():
        with catching(standing, DomainError):
            yearwheel.state_standing(request.ctx, step_id=step_id, **standing.cleaned_data)
            return Reply.done(here, _("Lagret."))
    if act == "step" and form.is_valid():
        with catching(form, DomainError):
            yearwheel.set_step(
                request.ctx, wheel_id=shown.wheel_id, step_id=step_id, step=form.told(),
                version=form.cleaned_data["version"],
            )  # fmt: skip
            return Reply.done(here, _("Trinnet er lagret."))
        form.renew(yearwheel.get_step(request.ctx, step_id=step_id).version)
    kind, _word = _state(shown.step.state)
    return Reply.page(
        "yearwheel/step.html",
        shown,
        status=422 if any(it.is_bound and it.errors for it in (standing, form)) else 200,
        crumbs=[{"label": _("Årshjul"), "url": _there(shown.year)}, {"label": shown.step.title}],
        standing=standing if mine or standing.is_bound else None,
        form=form if shown.may_steer else None,
        kind=kind,
        word=_count(shown.step),
        facts=_facts(shown.step),
        things=_things(shown.step),
        rows=[(row, *_state(row.state)) for row in shown.step.standings],
    )


def _standing_form(data: Any, mine: list[StandingRow], shown: StepPage) -> StandingForm:
    places = [(row.municipality_id, row.municipality) for row in mine if row.municipality_id is not None]
    first = mine[0] if mine else None
    status = {State.DONE: "done", State.UNDER_WAY: "under_way"}.get(first.state, "") if first else ""
    initial = {"status": status, "note": first.note if first else ""}
    return StandingForm(data, auto_id="stand_%s", places=places, initial=initial)


def _step_form(data: Any, shown: StepPage) -> StepForm:
    initial = asdict(shown.texts) | {"version": shown.version}
    return StepForm(data, auto_id="trinn_%s", meetings=shown.meetings, plans=shown.plans, initial=initial)


def _facts(step: StepRow) -> list[tuple[str, str]]:
    told = [
        (_("Når"), f"{day(step.starts_on)} – {day(step.ends_on)}"),
        (_("Hvem"), str(DOERS[step.doer])),
        (_("Slag"), str(KINDS[step.kind])),
        (_("Åpner"), step.opens),
        (_("Avsluttes"), step.closes),
    ]
    return [(term, value) for term, value in told if value]


def _things(step: StepRow) -> list[tuple[str, str]]:
    """Where the thing itself is."""
    found = []
    if step.meeting_id is not None:
        found.append((_("Møtet"), reverse("governance.meeting", args=[step.meeting_id])))
    if step.plan_id is not None:
        found.append((_("Planen"), reverse("plans.plan", args=[step.plan_id])))
    if step.reads is Reads.CAMPAIGN:
        found.append((_("Kartlegging"), reverse("assessments.own")))
    return found


@page("arshjul/<int:wheel_id>/nytt/", right=yearwheel.Right.WHEEL_STEER)
def new_step(request: PageRequest, wheel_id: int) -> Reply:
    """A step of the region's own."""
    shown = yearwheel.get_new_step(request.ctx, wheel_id=wheel_id)
    form = StepForm(request.POST or None, meetings=shown.meetings, plans=shown.plans, initial={"reads": "hand"})
    if request.method == "POST" and form.is_valid():
        with catching(form, DomainError):
            step_id = yearwheel.set_step(request.ctx, wheel_id=wheel_id, step=form.told())
            return Reply.done(reverse("yearwheel.step", args=[step_id]), _("Trinnet er lagt til."))
    return Reply.page(
        "yearwheel/new_step.html",
        shown,
        form=form,
        crumbs=[{"label": _("Årshjul"), "url": _there(shown.year)}, {"label": _("Nytt trinn")}],
    )
