"""Runs: one run with sign-up, and the office's planning."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses import rules
from kompetanse.domains.courses.api import Right
from kompetanse.domains.courses.types import (
    AlreadySignedUp,
    BlockIsOutsideSession,
    CapacityBelowSeated,
    DeadlineIsAfterStart,
    OfficeSeatsDoNotFit,
    Placed,
    ReasonIsMissing,
    RunCannotBeChanged,
    RunInput,
    RunRow,
    RunStatus,
    RunTimesAreBackwards,
    SeatsAreBackwards,
    SignupStatus,
)
from kompetanse.domains.logistics.types import OutsideOpeningHours, ResourceIsTaken, TrainerIsNotAvailable
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.plans import api as plans
from kompetanse.kernel.errors import NotFound
from kompetanse.ui.pages import PageRequest, page, sentence
from kompetanse.ui.replies import Reply, catching

from . import terms
from .words import content_facts

NORWAY = ZoneInfo("Europe/Oslo")
CHANGEABLE = (RunStatus.PLANNED, RunStatus.OPEN)
FAULTS = (
    RunTimesAreBackwards, DeadlineIsAfterStart, SeatsAreBackwards, CapacityBelowSeated, OfficeSeatsDoNotFit,
    RunCannotBeChanged, ResourceIsTaken, OutsideOpeningHours, TrainerIsNotAvailable, BlockIsOutsideSession,
)  # fmt: skip


class RunForm(forms.Form):
    """What the office decides about a run. Times are Norwegian."""

    title = forms.CharField(label=gettext_lazy("Navn på kurset"), max_length=160)
    place = forms.CharField(label=gettext_lazy("Sted"), max_length=120)
    room = forms.CharField(label=gettext_lazy("Rom"), max_length=120, required=False)
    starts_at = forms.DateTimeField(
        label=gettext_lazy("Begynner"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    ends_at = forms.DateTimeField(
        label=gettext_lazy("Slutter"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    min_seats = forms.IntegerField(label=gettext_lazy("Laveste antall deltakere"), min_value=1, max_value=10_000)
    max_seats = forms.IntegerField(label=gettext_lazy("Høyeste antall deltakere"), min_value=1, max_value=10_000)
    deadline = forms.DateField(
        label=gettext_lazy("Påmeldingsfrist"),
        help_text=gettext_lazy("Siste dag for påmelding. Bestilte plasser holdes av til og med denne dagen."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def as_input(self, measure_id: int) -> RunInput:
        told = {name: value for name, value in self.cleaned_data.items() if name != "municipality"}
        return RunInput(measure_id=measure_id, **told)

    def ask_where(self, towns: list[tuple[int, str]], chosen: int | None) -> None:
        """In which municipality it is held, for the catalogue."""
        self.fields["municipality"] = forms.TypedChoiceField(
            label=_("Kommune"), coerce=int, empty_value=None, required=False, initial=chosen,
            choices=[("", _("Ikke valgt")), *towns],
        )  # fmt: skip


class CancelForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Hvorfor avlyses kurset? De påmeldte får lese det."), max_length=500)


@page("kurs/<int:run_id>/", right=Right.RUN_READ)
def run(request: PageRequest, run_id: int) -> Reply:
    """A run: when, where, sign up or withdraw, my place and why; for the office opening and cancelling."""
    found = courses.get_run(request.ctx, run_id=run_id)
    form = CancelForm(request.POST if request.POST.get("act") == "cancel" else None)
    if form.is_bound and form.is_valid():
        with catching(form, ReasonIsMissing, RunCannotBeChanged):
            courses.cancel_run(request.ctx, run_id=run_id, reason=form.cleaned_data["reason"])
            return Reply.done(to=_to(run_id), notice=_("Kurset er avlyst, og de påmeldte får beskjed."))
    status = 422 if form.errors else 200
    teaching = courses.get_teaching(request.ctx, run_id=run_id, employee_id=found.my_employee_id)
    cautions: tuple[str, ...] = ()
    if found.open_for_signup and found.my_employee_id and not found.run.my_status:
        mine = courses.list_cautions(request.ctx, run_id=run_id, employee_ids=[found.my_employee_id])
        cautions = mine.get(found.my_employee_id, ())
    return Reply.page(
        "courses/run.html", found, status=status, cancel=form, teaching=teaching, cautions=cautions,
        policy=rules.sentences(courses.get_policy(request.ctx, run_id=run_id)),
        content_facts=content_facts(teaching), may_change=found.may_manage and found.run.status in CHANGEABLE,
        terms=terms.shown(request.ctx, run_id),
    )  # fmt: skip


@page("kurs/<int:run_id>/plass/", right=Right.RUN_READ, methods=("POST",))
def ask(request: PageRequest, run_id: int) -> Reply:
    """Sign up oneself: one click."""
    mine = organisation.find_own_employment(request.ctx)
    if mine is None:
        raise NotFound()
    terms.require_seen(request, run_id)
    try:
        standing = courses.sign_up(request.ctx, run_id=run_id, employee_id=mine)
    except AlreadySignedUp as error:
        return Reply.done(to=_to(run_id), notice=sentence(error))
    return Reply.done(to=_to(run_id), notice=said_of(standing))


@page("kurs/<int:run_id>/apne/", right=Right.RUN_MANAGE, methods=("POST",))
def open_for_signup(request: PageRequest, run_id: int) -> Reply:
    courses.open_run(request.ctx, run_id=run_id)
    return Reply.done(to=_to(run_id), notice=_("Kurset er åpent for påmelding. Bestilte plasser er holdt av."))


@page("kurs/ny/", right=Right.RUN_MANAGE)
def new_run(request: PageRequest) -> Reply:
    """Plan a run of the measure that `?measure=` names."""
    measure_id = request.GET.get("measure", "")
    if not measure_id.isdecimal():
        return Reply.page("courses/choose_measure.html", plans.list_measures(request.ctx))
    measure = plans.get_measure(request.ctx, measure_id=int(measure_id))
    seats = measure.seats_planned or 20
    initial = {"title": measure.title_nb, "min_seats": min(5, seats), "max_seats": seats}
    form = RunForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with catching(form, *FAULTS):
            run_id = courses.plan_run(request.ctx, run=form.as_input(measure.id))
            return Reply.done(to=_to(run_id), notice=_("Kurset er planlagt. Åpne det når folk kan melde seg på."))
    return Reply.page("courses/run_form.html", None, form=form, title=_("Nytt kurs"), measure=measure.title_nb)


@page("kurs/<int:run_id>/endre/", right=Right.RUN_MANAGE)
def edit_run(request: PageRequest, run_id: int) -> Reply:
    found = courses.get_run(request.ctx, run_id=run_id)
    form = RunForm(request.POST if request.method == "POST" else None, initial=_initial(found.run))
    region = organisation.find_region_of(request.ctx.tenants, request.ctx.today)
    held_in = courses.get_teaching(request.ctx, run_id=run_id).municipality_id
    form.ask_where([(row.tenant_id, row.name) for row in region.municipalities] if region else [], held_in)
    if request.method == "POST" and form.is_valid():
        with catching(form, *FAULTS):
            courses.change_run(request.ctx, run_id=run_id, run=form.as_input(found.run.measure_id))
            if form.cleaned_data["municipality"] != held_in:
                chosen = form.cleaned_data["municipality"]
                courses.set_municipality(request.ctx, run_id=run_id, municipality_id=chosen)
            return Reply.done(to=_to(run_id), notice=_("Endringene er lagret."))
    return Reply.page(
        "courses/run_form.html", found.run, form=form, title=_("Endre kurset"), measure=found.measure_title
    )


def said_of(standing: Placed) -> str:
    """What a sign-up led to, as a sentence to the one who made it."""
    text = {
        SignupStatus.ASKED: _("Påmeldingen er sendt til godkjenning. Nummeret i køen er ditt mens du venter."),
        SignupStatus.SEATED: _("Påmeldingen er godkjent, og det er plass."),
        SignupStatus.WAITING: _("Påmeldingen er godkjent, men kurset er fullt. Du er nummer %(n)s på ventelisten."),
    }[standing.status]
    return text % {"n": standing.place} if standing.status is SignupStatus.WAITING else text


def _initial(row: RunRow) -> dict[str, object]:
    local: dict[str, datetime] = {
        "starts_at": row.starts_at.astimezone(NORWAY),
        "ends_at": row.ends_at.astimezone(NORWAY),
    }
    names = ("title", "place", "room", "min_seats", "max_seats", "deadline")
    return {**{name: getattr(row, name) for name in names}, **local}


def _to(run_id: int) -> str:
    return reverse("courses.run", args=[run_id])
