"""Finding a day to meet: asking, answering, choosing."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types.polls import PollPage
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import access
from kompetanse.kernel.errors import DomainError
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .planning_forms import ChoiceForm, PollAnswerForm, PollForm


def own_bodies(request: PageRequest) -> list[tuple[int, str]]:
    """The bodies whose meetings the reader keeps: as the office, the chair or the secretary."""
    office = {grant.tenant_id for grant in request.ctx.actor.places(Role.COURSE_ADMINISTRATOR)}
    desk = {seat.body_id for seat in request.ctx.actor.sittings if seat.kind in ("chair", "secretary")}
    return [
        (body.id, body.name_nn if get_language() == "nn" else body.name_nb)
        for body in organisation.list_bodies(request.ctx)
        if body.tenant_id in office or body.id in desk
    ]


@page("moter/datoer/", right=governance.Right.POLL_READ)
def polls(request: PageRequest) -> Reply:
    """The bodies that are looking for a day; who keeps a body's meetings asks here."""
    form = None
    if access.possible(request.ctx.actor, governance.Right.POLL_OPEN):
        form = PollForm(request.POST or None, bodies=own_bodies(request))
    if request.method == "POST" and form is not None and form.is_valid():
        with catching(form, DomainError):
            poll_id = governance.open_poll(request.ctx, **form.told())
            return Reply.done(reverse("governance.poll", args=[poll_id]), _("Alle med plass i organet får spørsmålet."))
    return Reply.page("governance/polls.html", form=form, rows=governance.list_polls(request.ctx), crumbs=_crumbs())


@page("moter/datoer/<int:poll_id>/", right=governance.Right.POLL_READ)
def poll(request: PageRequest, poll_id: int) -> Reply:
    """The days with everybody's answers; the reader's own are given here, and the day is chosen here."""
    shown = governance.get_poll(request.ctx, poll_id=poll_id)
    here = reverse("governance.poll", args=[poll_id])
    act = request.POST.get("act", "") if request.method == "POST" else ""
    built = _forms(shown, act, request)
    form = built.get(act)
    if act == "drop":
        governance.drop_poll(request.ctx, poll_id=poll_id)
        return Reply.done(here, _("Spørsmålet er trukket."))
    if form is not None and form.is_valid():
        with catching(form, DomainError):
            if isinstance(form, ChoiceForm):
                meeting_id = governance.choose_date(request.ctx, poll_id=poll_id, **form.cleaned_data)
                done = _("Møtet er opprettet, og de som ble spurt, får beskjed.")
                return Reply.done(reverse("governance.meeting", args=[meeting_id]), done)
            governance.answer_poll(request.ctx, poll_id=poll_id, **form.told())
            return Reply.done(here, _("Svaret er lagret."))
    return Reply.page(
        "governance/poll.html",
        shown,
        status=422 if request.method == "POST" else 200,
        crumbs=[*_crumbs(), {"label": shown.poll.body_name}],
        answer_form=built.get("answer"),
        seat_form=built.get("seat"),
        choice_form=built.get("choose"),
        answers=[(seat, [seat.answers.get(row.id, "") for row in shown.dates]) for seat in shown.seats],
    )


def _forms(shown: PollPage, act: str, request: PageRequest) -> dict[str, Any]:
    """The forms for what the reader may do now, and the one that was sent, whatever has happened since."""

    def data(name: str) -> Any:
        return request.POST if act == name else None

    found: dict[str, Any] = {}
    if (shown.is_open and shown.own is not None) or act == "answer":
        found["answer"] = PollAnswerForm(data("answer"), dates=shown.dates, own=shown.own, auto_id="svar_%s")
    if (shown.may_choose and shown.unanswered) or act == "seat":
        found["seat"] = PollAnswerForm(
            data("seat"), dates=shown.dates, own=None, seats=shown.unanswered or shown.seats, auto_id="for_%s"
        )
    if shown.may_choose or act == "choose":
        found["choose"] = ChoiceForm(data("choose"), dates=shown.dates, auto_id="valg_%s")
    return found


def _crumbs() -> list[dict[str, str]]:
    return [
        {"label": _("Møter"), "url": reverse("governance.meetings")},
        {"label": _("Finn en møtedag"), "url": reverse("governance.polls")},
    ]
