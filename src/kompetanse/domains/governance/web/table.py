"""A case at the table: what is said, who takes part, the vote, and what comes of it. And the closing round."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.rules.writing import mark
from kompetanse.domains.governance.types import CasePage
from kompetanse.domains.governance.types.procedure import AbsenceKind, CaseField, VoteChoice
from kompetanse.kernel.errors import DomainError, NotFound
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .forms import AbsenceForm, BallotForm, OutcomeForm, TaskForm, VoteForm, WritingForm


@page("saker/<int:case_id>/bord/", right=governance.Right.CASE_VOTE)
def table(request: PageRequest, case_id: int) -> Reply:
    """The case during the meeting. Each part is saved for itself, so that several can write at once."""
    shown = governance.get_case_page(request.ctx, case_id=case_id, right=governance.Right.CASE_VOTE)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    built = _forms(shown, act, request)
    form = built.get(act)
    saved, other = "", ""
    if act in ("close", "send_on"):
        return Reply.done(_here(case_id), _do(request, case_id, act, {}))
    if form is not None and form.is_valid():
        with catching(form, DomainError):
            said = _do(request, case_id, act, dict(form.cleaned_data))
            if not (request.htmx and request.headers.get("X-Part")):
                return Reply.done(f"{_here(case_id)}#{act}", said)
            saved = said
        shown = governance.get_case_page(request.ctx, case_id=case_id, right=governance.Right.CASE_VOTE)
        if saved:
            built = _forms(shown, "", request)
        elif isinstance(form, WritingForm):
            other = form.meet(getattr(shown.case, act))
    is_wrong = request.method == "POST" and not saved
    return Reply.page(
        "governance/table.html",
        shown,
        status=422 if is_wrong else 200,
        crumbs=[
            {"label": _("Møter"), "url": reverse("governance.meetings")},
            {"label": shown.case.reference, "url": reverse("governance.case", args=[case_id])},
            {"label": _("Ved bordet")},
        ],
        discussion=(built.get("discussion"), other if act == "discussion" else ""),
        draft=(built.get("draft_decision"), other if act == "draft_decision" else ""),
        saved=saved,
        saved_part=act,
        absence_form=built.get("absence"),
        ballot_form=built.get("ballot"),
        vote_form=built.get("vote"),
        show_form=built.get("show"),
        task_form=built.get("task"),
        absent=[seat for seat in shown.seats if seat.absence is not None],
    )


def _here(case_id: int) -> str:
    return reverse("governance.table", args=[case_id])


def _forms(shown: CasePage, act: str, request: PageRequest) -> dict[str, forms.Form]:
    """The forms for what the reader may do now, and the one that was sent, whatever has happened since."""

    def data(name: str) -> Any:
        return request.POST if act == name else None

    case = shown.case
    found: dict[str, forms.Form] = {}
    labels = {CaseField.DISCUSSION: _("Drøfting"), CaseField.DRAFT_DECISION: _("Utkast til vedtak")}
    if shown.may_keep and not shown.is_frozen:
        for part, label in labels.items():
            if part is CaseField.DRAFT_DECISION and not shown.may_prepare and act != part:
                continue
            text = getattr(case, part.value)
            found[part.value] = WritingForm(
                data(part.value), label=label, auto_id=f"{part.value}_%s",
                initial={"part": part.value, "seen": mark(text), "text": text},
            )  # fmt: skip
    seats = [(seat.seat_id, seat.said) for seat in shown.seats]
    treated = shown.may_prepare and case.meeting_id is not None and not shown.is_frozen
    if (treated and shown.ballot is None) or act in ("absence", "ballot"):
        found["absence"] = AbsenceForm(data("absence"), seats=seats, auto_id="fravar_%s")
        asked = {"question": case.draft_decision or case.proposal}
        found["ballot"] = BallotForm(data("ballot"), initial=asked, auto_id="avstemning_%s")
    if (shown.ballot is not None and shown.may_vote and not shown.has_voted) or act == "vote":
        found["vote"] = VoteForm(data("vote"), auto_id="stemme_%s")
    if (treated and shown.ballot is not None) or act == "show":
        voted = {vote.seat_id for vote in shown.ballot.votes} if shown.ballot else set()
        left = [choice for choice in seats if choice[0] not in voted or act == "show"]
        if left:
            found["show"] = VoteForm(data("show"), seats=left, auto_id="hand_%s")
    if shown.may_keep or act == "task":
        found["task"] = TaskForm(data("task"), owners=shown.task_owners, auto_id="oppgave_%s")
    return found


def _do(request: PageRequest, case_id: int, act: str, values: dict[str, Any]) -> str:
    """The act, and what is said when it is done."""
    ctx = request.ctx
    if act in set(CaseField):
        governance.write_in_case(ctx, case_id=case_id, part=CaseField(act), text=values["text"], seen=values["seen"])
        return _("Lagret.")
    if act == "absence":
        kind = AbsenceKind(values["kind"]) if values["kind"] else None
        governance.note_absence(ctx, case_id=case_id, seat_id=values["seat_id"], kind=kind, why=values["why"])
        return _("Hvem som er med i saken, er ført.")
    if act == "ballot":
        governance.open_ballot(ctx, case_id=case_id, question=values["question"])
        return _("Avstemningen er åpen.")
    if act in ("vote", "show"):
        choice = VoteChoice(values["choice"])
        governance.cast_vote(ctx, case_id=case_id, choice=choice, seat_id=values.get("seat_id"))
        return _("Stemmen er ført.")
    if act == "close":
        result = governance.close_ballot(ctx, case_id=case_id)
        return _("Forslaget er vedtatt.") if result.carried else _("Forslaget falt.")
    if act == "task":
        governance.give_task(ctx, case_id=case_id, **values)
        return _("Oppgaven er gitt.")
    governance.send_on(ctx, case_id=case_id)
    return _("Saken er sendt videre til organet over.")


@page("oppgaver/", right=governance.Right.TASK_READ)
def tasks(request: PageRequest) -> Reply:
    """What bodies have asked somebody to do, until it is done."""
    number = request.POST.get("task", "") if request.method == "POST" else ""
    done = request.GET.get("alle") == "1"
    rows = governance.list_tasks(request.ctx, done=done)
    forms_of = {
        row.id: OutcomeForm(request.POST if number == str(row.id) else None, auto_id=f"utfall{row.id}_%s")
        for row in rows
        if row.may_finish
    }
    if number and not number.isdigit():
        raise NotFound()
    sent = forms_of.get(int(number)) if number else None
    if number and sent is None:  # done by another meanwhile, or somebody else's: the rule says which
        governance.finish_task(request.ctx, task_id=int(number), outcome=request.POST.get("outcome", ""))
    if sent is not None and sent.is_valid():
        with catching(sent, DomainError):
            governance.finish_task(request.ctx, task_id=int(number), **sent.cleaned_data)
            return Reply.done(reverse("governance.tasks"), _("Oppgaven er meldt utført."))
    return Reply.page(
        "governance/tasks.html",
        status=422 if number else 200,
        rows=[(row, forms_of.get(row.id), row.owner_id == request.ctx.actor.person_id) for row in rows],
        done=done,
    )


@page("moter/<int:meeting_id>/felles-bord/", right=governance.Right.MEETING_READ)
def closing_round(request: PageRequest, meeting_id: int) -> Reply:
    """The closing round: what each member tells the others, written by themselves or the office."""
    shown = governance.get_meeting(request.ctx, meeting_id=meeting_id)
    number = request.POST.get("seat", "") if request.method == "POST" else ""
    here = reverse("governance.closing_round", args=[meeting_id])
    other = ""
    built = {
        row.seat_id: WritingForm(
            request.POST if number == str(row.seat_id) else None, label=_("Det som fortelles"),
            auto_id=f"bord{row.seat_id}_%s", initial={"part": "round", "seen": mark(row.text), "text": row.text},
        )
        for row in shown.round
        if row.may_write and shown.is_open
    }  # fmt: skip
    sent = built.get(int(number)) if number.isdigit() else None
    if number.isdigit() and sent is None:  # the rule says why not
        seen, text = request.POST.get("seen", ""), request.POST.get("text", "")
        governance.write_round(request.ctx, meeting_id=meeting_id, seat_id=int(number), text=text, seen=seen)
    if sent is not None and sent.is_valid():
        with catching(sent, DomainError):
            governance.write_round(
                request.ctx, meeting_id=meeting_id, seat_id=int(number),
                text=sent.cleaned_data["text"], seen=sent.cleaned_data["seen"],
            )  # fmt: skip
            return Reply.done(here + f"#plass-{number}", _("Lagret."))
        shown = governance.get_meeting(request.ctx, meeting_id=meeting_id)
        other = sent.meet(next((row.text for row in shown.round if row.seat_id == int(number)), ""))
    return Reply.page(
        "governance/round.html",
        shown,
        status=422 if request.method == "POST" else 200,
        crumbs=[
            {"label": _("Møter"), "url": reverse("governance.meetings")},
            {"label": shown.meeting.body_name, "url": reverse("governance.meeting", args=[meeting_id])},
            {"label": _("Felles bord")},
        ],
        rows=[(row, built.get(row.seat_id), other if number == str(row.seat_id) else "") for row in shown.round],
    )
