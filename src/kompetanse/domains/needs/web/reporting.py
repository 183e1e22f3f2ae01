"""Needs are told and followed."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import UnknownRequirement
from kompetanse.domains.governance import api as governance
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.types import (
    Cause,
    Fate,
    NeedFilter,
    NeedHasNoTitle,
    NeedInput,
    NeedIsNotHere,
    NeedIsWithdrawn,
    NeedKind,
    NeedRow,
    Origin,
    PeopleOutOfRange,
    PlaceRow,
    PriorityOutOfRange,
    RoundIsApproved,
    Stage,
    TextIsTooLong,
)
from kompetanse.foundation import access
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from . import paging, words
from .forms import NeedFilterForm, NeedForm, TellAgainForm, WithdrawForm


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need with its words ready to be shown."""

    need: NeedRow
    fate: str
    mark: str
    stage: str
    kind: str

    @classmethod
    def of(cls, need: NeedRow) -> NeedLine:
        mark, stage = words.STAGES[need.fate.stage]
        return cls(need, words.say(need.fate.words), mark, str(stage), str(words.KINDS_SHORT[need.kind]))


@dataclass(frozen=True, slots=True)
class NeedsPage:
    lines: tuple[NeedLine, ...]
    total: int
    previous: str
    following: str
    may_report: bool
    many_municipalities: bool
    has_rounds: bool


@page("behov/", right=Right.NEED_READ, methods=("GET",))
def list_all(request: PageRequest) -> Reply:
    """The needs I may read, with what became of each."""
    form = NeedFilterForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    narrowed = NeedFilter(
        text=chosen.get("q", ""),
        stage=Stage(chosen["stage"]) if chosen.get("stage") else None,
        kind=NeedKind(chosen["kind"]) if chosen.get("kind") else None,
        mine=bool(chosen.get("mine")),
    )
    first = paging.first(request)
    found = needs.find_needs(request.ctx, narrowed=narrowed, first=first, limit=paging.SHOWN)
    shown = NeedsPage(
        tuple(NeedLine.of(need) for need in found.needs),
        found.total,
        *paging.links(request, first, found.total),
        access.possible(request.ctx.actor, Right.NEED_REPORT),
        len({need.tenant_id for need in found.needs}) > 1,
        access.possible(request.ctx.actor, Right.ROUND_READ),
    )
    return Reply.page("needs/list.html", shown, filter=form)


@page("behov/nytt/", right=Right.NEED_REPORT)
def new(request: PageRequest) -> Reply:
    """Report a need by hand, or from a gap that has filled in the form."""
    places = needs.list_places(request.ctx)
    goals = [(goal.id, goal.title) for goal in governance.list_goals(request.ctx)]
    if request.method == "POST":
        form = NeedForm(request.POST, places=places, goals=goals)
        if form.is_valid():
            with catching(
                form, NeedHasNoTitle, TextIsTooLong, PeopleOutOfRange, PriorityOutOfRange, UnknownRequirement
            ):
                need_id = needs.report_need(request.ctx, _told(form, places))
                return Reply.done(
                    reverse("needs.one", kwargs={"need_id": need_id}),
                    _("Behovet er meldt. Du ser her hva det blir til."),
                )
    else:
        form = NeedForm(places=places, goals=goals, initial=_prefilled(request, places))
    return Reply.page("needs/new.html", None, form=form, has_place=bool(places))


def _prefilled(request: PageRequest, places: list[PlaceRow]) -> dict[str, object]:
    """The unit preselected: the asked for, else the first unit one leads; the gap's requirement as the title."""
    units = {f"{it.unit_id}": it.key for it in places if it.unit_id is not None}
    asked = request.GET.get("unit", "")
    whole = next((it.key for it in places if it.unit_id is None), "")
    filled: dict[str, object] = {"place": units.get(asked) or whole or next(iter(units.values()), "")}
    people = request.GET.get("people", "")
    if people.isdecimal() and len(people) < 6:
        filled["people"] = int(people)
    wanted = request.GET.get("requirement", "")
    for row in competence.list_requirements() if wanted else ():
        if wanted in (row.code, str(row.id)):
            filled |= {"requirement": row.code, "title": row.name}
    return filled


def _told(form: NeedForm, places: list[PlaceRow]) -> NeedInput:
    said = form.cleaned_data
    place = next(it for it in places if it.key == said["place"])
    return NeedInput(
        tenant_id=place.tenant_id, unit_id=place.unit_id, title=said["title"], people=said["people"],
        reason=said["reason"], target_group=said["target_group"], kind=said["kind"],
        statutory=said["statutory"], regional=said["regional"], wanted_time=said["wanted_time"],
        wanted_place=said["wanted_place"], priority=said["priority"], goal_id=said["goal"],
        cause=said["cause"], wanted_form=said["wanted_form"], own_measures=said["own_measures"],
        requirement_code=said["requirement"], origin=Origin.GAP if said["requirement"] else Origin.HAND,
    )  # fmt: skip


@page("behov/<int:need_id>/", right=Right.NEED_READ)
def one(request: PageRequest, need_id: int) -> Reply:
    """A need with what became of it; here it can be withdrawn, and put right when it was sent back."""
    if request.method == "POST" and request.POST.get("act") == "again":
        again = TellAgainForm(request.POST)
        if again.is_valid():
            with catching(again, NeedHasNoTitle, NeedIsNotHere, PeopleOutOfRange, RoundIsApproved, TextIsTooLong):
                needs.tell_again(request.ctx, need_id=need_id, **again.cleaned_data)
                return Reply.done(reverse("needs.one", kwargs={"need_id": need_id}), _("Behovet er sendt på nytt."))
        return _show(request, need_id, WithdrawForm(), again)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with catching(form, NeedIsWithdrawn, RoundIsApproved, TextIsTooLong):
            needs.withdraw_need(request.ctx, need_id=need_id, why=form.cleaned_data["why"])
            return Reply.done(reverse("needs.one", kwargs={"need_id": need_id}), _("Behovet er trukket."))
    return _show(request, need_id, form, None)


def _show(request: PageRequest, need_id: int, form: WithdrawForm, again: TellAgainForm | None) -> Reply:
    need = needs.get_need(request.ctx, need_id=need_id)
    trail = needs.get_need_trail(request.ctx, need_id=need_id)
    line = NeedLine.of(need)
    if again is None and trail.may_mend:
        again = TellAgainForm(initial={"title": need.title, "people": need.people, "reason": need.reason})
    return Reply.page(
        "needs/need.html", line, form=form, facts=_facts(need, line), steps=_steps(need, need.fate),
        pool_url=_pool_url(request, need), trail=trail, again=again if trail.may_mend else None,
        notes=[(words.ACTS[note.act], note) for note in trail.notes],
        by_way_of=words.say(need.fate.by_way_of) if need.fate.by_way_of else "",
    )  # fmt: skip


def _facts(need: NeedRow, line: NeedLine) -> list[tuple[str, object]]:
    yes_no = {True: _("Ja"), False: _("Nei"), None: ""}
    came = f"{need.file}, {_('rad')} {need.row}" if need.origin is Origin.FILE else ""
    pairs: list[tuple[str, object]] = [
        (_("Gjelder"), f"{need.unit_name}, {need.municipality}" if need.unit_name else need.municipality),
        (_("Målgruppe"), need.target_group),
        (_("Antall"), need.people_text or need.people or _("Ikke oppgitt")),
        (_("Begrunnelse"), need.reason),
        (_("Grunn"), str(words.CAUSES[need.cause]) if need.cause is not Cause.NONE else ""),
        (_("Løsning"), line.kind),
        (_("Ønsket form"), str(words.FORMS[need.wanted_form]) if need.wanted_form else ""),
        (_("Gjort selv"), need.own_measures),
        (_("Lovpålagt"), yes_no[need.statutory]),
        (_("Krav"), need.requirement_name),
        (_("Mål"), need.goal_title),
        (_("Ønsket tidspunkt"), need.wanted_time),
        (_("Ønsket sted"), need.wanted_place),
        (_("Prioritet"), need.priority),
        (_("Kan løses regionalt"), yes_no[need.regional]),
        (_("Kommer fra"), came),
    ]
    return [(term, value) for term, value in pairs if value not in (None, "")]


def _steps(need: NeedRow, fate: Fate) -> list[dict[str, str]]:
    """The thread from the goal to the decision, as far as this need has come."""
    decided = fate.stage in (Stage.PRIORITISED, Stage.DEFERRED, Stage.REJECTED)
    pooled = fate.pool_id is not None
    steps = [
        {"kind": _("Behov"), "what": need.title, "icon": "lightbulb", "state": "done" if pooled else "here"},
        {
            "kind": _("Samling"), "icon": "thread",
            "what": f"SAMLING-{fate.pool_id}" if pooled else _("Ikke samlet"),
            "state": "done" if fate.case_id else "here" if pooled else "ahead",
        },
        {
            "kind": _("Vedtak"), "icon": "checkmark",
            "what": words.say(fate.words) if fate.case_id else _("Ikke behandlet"),
            "state": "done" if decided else "here" if fate.case_id else "ahead",
            "url": f"/saker/{fate.case_id}/" if fate.case_id else "",
        },
    ]  # fmt: skip
    if need.goal_title:
        steps.insert(0, {"kind": _("Mål"), "what": need.goal_title, "icon": "flag", "state": "done"})
    return steps


def _pool_url(request: PageRequest, need: NeedRow) -> str:
    if need.fate.pool_id is None or not access.possible(request.ctx.actor, Right.POOL_READ):
        return ""
    return reverse("needs.pool", kwargs={"pool_id": need.fate.pool_id})
