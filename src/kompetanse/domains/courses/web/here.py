"""On the phone: the participant says "I am here" with the code in the room, the trainer ticks off by a signed link.

Both pages work without coverage (ui/attendance.js keeps and sends) and without scripts (a plain form).
"""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path

from django import forms
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import kompetanse.ui
from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses import rules
from kompetanse.domains.courses.types import NotUnderstood, Receipt, Sent
from kompetanse.foundation import clock
from kompetanse.kernel.errors import DomainError
from kompetanse.ui.pages import PageRequest, page, sentence
from kompetanse.ui.replies import Reply

from .presence import read_marks, show_code

JSON = "application/json"
WORKER = Path(kompetanse.ui.__file__).parent / "static" / "ui" / "attendance-worker.js"


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Koden på skjermen i rommet"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Skriv koden som vises på skjermen i rommet.")},
    )  # fmt: skip
    key = forms.RegexField(r"^[0-9a-f-]{8,40}$", widget=forms.HiddenInput)


@page("oppmote/<int:session_id>/", signed_in=True)
def here(request: PageRequest, session_id: int) -> Reply | HttpResponse:
    """I am here: one code, one button. A phone that has kept it sends it here, too, as JSON."""
    if request.content_type == JSON:
        return _hear(request, session_id)
    shown = courses.get_own_session(request.ctx, session_id=session_id)
    initial = {"code": request.GET.get("kode", "")[:20], "key": str(uuid.uuid4())}
    form = CodeForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        one = Sent(form.cleaned_data["key"], request.ctx.now, form.cleaned_data["code"])
        (receipt,) = courses.tell_by_code(request.ctx, session_id=session_id, sent=[one])
        if receipt.refusal is None:
            return Reply.done(to=reverse("courses.here", args=[session_id]), notice=_("Oppmøtet ditt er registrert."))
        form.add_error("code", sentence(receipt.refusal))
    until = _milliseconds(shown.ends_at + rules.AFTER)
    return Reply.page("courses/attendance_here.html", shown, form=form, until=until)


def _hear(request: PageRequest, session_id: int) -> HttpResponse:
    """What a participant's phone has kept, however late and however often it comes."""
    try:
        sent = rules.read_sent(request.body, request.ctx.now)
    except NotUnderstood as error:
        courses.get_own_session(
            request.ctx, session_id=session_id
        )  # where it is not to be seen, rubbish is answered as all else
        return _problem(error)
    return _receipts(courses.tell_by_code(request.ctx, session_id=session_id, sent=sent))


@page("kursleder/<str:token>/", open=True)
def trainer(request: PageRequest, token: str) -> Reply | HttpResponse:
    """The list of one session, for the trainer who holds the link; also what the trainer's phone has kept, as JSON."""
    now = clock.now()
    if request.content_type == JSON:
        return _hear_trainer(request, token)
    opened = courses.open_trainer_link(token, now=now)
    problems: list[str] = []
    if request.method == "POST":
        marks, _wrong = read_marks(request.POST, opened.sheet)
        told = {row.signup_id: row.part for row in opened.sheet.people}
        reason, key = request.POST.get("reason", "")[:300], request.POST.get("key", "")
        sent = [
            Sent(_key(key, mark.signup_id), now, "", mark.signup_id, mark.part, reason)
            for mark in marks
            if mark.part is not told[mark.signup_id]
        ]
        receipts = courses.tell_by_link(token, sent, now=now) if sent else []
        problems = sorted({sentence(receipt.refusal) for receipt in receipts if receipt.refusal})
        if not problems:
            return Reply.done(to=reverse("courses.trainer", args=[token]), notice=_("Oppmøtet er lagret."))
    return Reply.page(
        "courses/attendance_trainer.html", opened, status=422 if problems else 200, problems=problems, token=token,
        key=str(uuid.uuid4()), until=_milliseconds(opened.expires_at),
    ).after(lambda: courses.note_trainer_link(token, now=now))  # fmt: skip


def _hear_trainer(request: PageRequest, token: str) -> HttpResponse:
    """What a trainer's phone has kept."""
    try:
        now = clock.now()
        return _receipts(courses.tell_by_link(token, rules.read_sent(request.body, now), now=now))
    except DomainError as error:
        return _problem(error)


@page("kursleder/<str:token>/kode/", open=True, methods=("GET",))
def trainer_code(request: PageRequest, token: str) -> Reply:
    """The code of the moment, shown by the trainer."""
    opened = courses.open_trainer_link(token, now=clock.now())
    return show_code(opened.sheet, opened.code, reverse("courses.trainer", args=[token]))


@page("oppmotearbeider.js", open=True, methods=("GET",))
def worker(request: PageRequest) -> HttpResponse:
    """The service worker: served from the top, so that it may serve the pages above."""
    return HttpResponse(
        WORKER.read_bytes(), content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"}
    )


def _key(page_key: str, signup_id: int) -> str:
    """A page sent twice is heard once: its own key, with whom each line is about."""
    try:
        return str(uuid.uuid5(uuid.UUID(page_key), str(signup_id)))
    except ValueError:
        return str(uuid.uuid4())


def _receipts(receipts: list[Receipt]) -> HttpResponse:
    told = [{"key": one.key, **({"why": sentence(one.refusal)} if one.refusal else {})} for one in receipts]
    return JsonResponse({"receipts": told})


def _problem(error: DomainError) -> HttpResponse:
    return JsonResponse({"problem": sentence(error)}, status=422)


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
