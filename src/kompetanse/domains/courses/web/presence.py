"""The office takes attendance: the run's sheet, one session, the code in the room, walk-ins and trainers' links."""

from __future__ import annotations

import functools

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kompetanse.domains.competence import api as competence
from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.api import Right
from kompetanse.domains.courses.types import (
    AlreadySignedUp,
    AttendanceIsFinished,
    Basis,
    CorrectionNeedsReason,
    HasNoPost,
    LinkEndsTooLate,
    Mark,
    MinutesAreWrong,
    MunicipalityIsNotInvited,
    NotOnTheList,
    Part,
    RunIsCancelled,
    RunIsNotOpen,
    RunIsNotOver,
    SessionHasNotBegun,
    SessionSheet,
    SignupRow,
    WalkInNeedsReason,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import WrittenForm
from kompetanse.foundation import documents
from kompetanse.ui import qr
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

CLOSED = (RunIsCancelled, RunIsNotOpen, SessionHasNotBegun)
MOST_FOUND = 20


class EnoughForm(forms.Form):
    percent = forms.IntegerField(label=gettext_lazy("Prosent av kurset"), min_value=1, max_value=100)
    basis = forms.ChoiceField(
        label=gettext_lazy("Regnet i"),
        choices=[
            (Basis.SESSIONS.value, gettext_lazy("samlinger, der bare hele samlinger teller")),
            (Basis.HOURS.value, gettext_lazy("timer, der hvert minutt teller")),
        ],
    )


class LinkForm(forms.Form):
    session = forms.TypedChoiceField(label=gettext_lazy("Samling"), coerce=int)
    trainer = forms.CharField(label=gettext_lazy("Hvem får lenken?"), max_length=120)
    days = forms.IntegerField(
        label=gettext_lazy("Gjelder så mange dager etter samlingen"), min_value=0, max_value=14, initial=2
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor rettes oppmøtet?"), required=False, max_length=300,
        help_text=gettext_lazy("Bare når du endrer noe som er ført før."),
    )  # fmt: skip


class WalkInForm(forms.Form):
    employee = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("Hvorfor føres personen opp uten påmelding?"), max_length=300)


@page("kurs/<int:run_id>/oppmote/", right=Right.RUN_MANAGE)
def sheet(request: PageRequest, run_id: int) -> Reply:
    """Everybody by every session; what is enough; finishing; trainers' links."""
    found = courses.get_run(request.ctx, run_id=run_id)
    shown = courses.get_run_sheet(request.ctx, run_id=run_id)
    act = request.POST.get("act", "")
    initial = {"percent": shown.enough.percent, "basis": shown.enough.basis.value}
    enough = EnoughForm(request.POST if act == "enough" else None, initial=initial)
    link = LinkForm(request.POST if act == "link" else None)
    link.fields["session"].choices = [(pk, number) for pk, number, _start in shown.sessions]  # type: ignore[attr-defined]
    finish = forms.Form(request.POST if act == "finish" else None)
    word = ""
    if enough.is_bound and enough.is_valid():
        with catching(enough, AttendanceIsFinished):
            basis = Basis(enough.cleaned_data["basis"])
            courses.set_enough(request.ctx, run_id=run_id, basis=basis, percent=enough.cleaned_data["percent"])
            return Reply.done(to=_sheet(run_id), notice=_("Kravet til oppmøte er lagret."))
    if finish.is_bound:
        with catching(finish, RunIsCancelled, RunIsNotOpen, RunIsNotOver):
            given = courses.finish_attendance(request.ctx, run_id=run_id)
            text = ngettext(
                "Oppmøtet er ført ferdig. %(n)s deltaker fikk kompetansen skrevet inn.",
                "Oppmøtet er ført ferdig. %(n)s deltakere fikk kompetansen skrevet inn.",
                given,
            )
            return Reply.done(to=_sheet(run_id), notice=text % {"n": given})
    if act == "revoke" and (link_id := request.POST.get("link", "")).isdecimal():
        courses.revoke_trainer_link(request.ctx, link_id=int(link_id))
        return Reply.done(to=_sheet(run_id), notice=_("Lenken er trukket tilbake og åpner ingenting mer."))
    if link.is_bound and link.is_valid():
        with catching(link, LinkEndsTooLate, AttendanceIsFinished, *CLOSED):
            told = link.cleaned_data
            word = courses.make_trainer_link(
                request.ctx, session_id=told["session"], trainer=told["trainer"], days=told["days"]
            )
            shown = courses.get_run_sheet(request.ctx, run_id=run_id)
    status = 422 if any(form.errors for form in (enough, link, finish)) else 200
    return Reply.page(
        "courses/attendance_sheet.html", found, status=status, sheet=shown, enough=enough, link=link, finish=finish,
        address=settings.PUBLIC_URL + reverse("courses.trainer", args=[word]) if word else "",
    )  # fmt: skip


@page("kurs/samling/<int:session_id>/oppmote/", right=Right.RUN_MANAGE)
def session(request: PageRequest, session_id: int) -> Reply:
    """One session: none, part or the whole of it for each participant."""
    found = courses.get_session_sheet(request.ctx, session_id=session_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    marks, wrong = read_marks(request.POST, found)
    if form.is_bound and form.is_valid():
        if wrong:
            form.add_error(None, _("Skriv minuttene med tall for %(names)s.") % {"names": ", ".join(wrong)})
        else:
            with catching(form, *CLOSED, NotOnTheList, MinutesAreWrong, CorrectionNeedsReason):
                changed = courses.tell_presence(
                    request.ctx, session_id=session_id, marks=marks, reason=form.cleaned_data["reason"]
                )
                text = ngettext(
                    "Oppmøtet er lagret for %(n)s deltaker.", "Oppmøtet er lagret for %(n)s deltakere.", changed
                )
                here = reverse("courses.session", args=[session_id])
                return Reply.done(to=here, notice=text % {"n": changed} if changed else _("Ingenting var endret."))
    sent = {mark.signup_id: mark for mark in marks}
    rows = [(row, sent[row.signup_id].part if row.signup_id in sent else row.part) for row in found.people]
    return Reply.page("courses/attendance_session.html", found, form=form, rows=rows)


def read_marks(data: forms.Form | object, found: SessionSheet) -> tuple[list[Mark], list[str]]:
    """What a form says of the participants of a session, and the names of those whose minutes cannot be read."""
    get = getattr(data, "get", dict[str, str]().get)
    marks, wrong = [], []
    for row in found.people:
        part, minutes = get(f"part-{row.signup_id}", ""), get(f"minutes-{row.signup_id}", "").strip()
        if part not in list(Part):
            continue
        if part == Part.PART and minutes and not (minutes.isascii() and minutes.isdigit() and len(minutes) < 6):
            wrong.append(row.name)
            continue
        length = int(minutes) if part == Part.PART and minutes else None
        marks.append(Mark(row.signup_id, Part(part), length))
    return marks, wrong


@page("kurs/samling/<int:session_id>/kode/", right=Right.RUN_MANAGE, methods=("GET",))
def room_code(request: PageRequest, session_id: int) -> Reply:
    """The code of the moment, to be shown on the wall: as an image, as letters, and as an address."""
    found = courses.get_room_code(request.ctx, session_id=session_id)
    return show_code(found.sheet, found.code, reverse("courses.session", args=[session_id]))


def show_code(found: SessionSheet, code: str, back: str) -> Reply:
    """The page on the wall; it names nobody."""
    address = settings.PUBLIC_URL + reverse("courses.here", args=[found.session_id])
    whole = f"{address}?kode={code}"
    image = qr.svg(whole, _("QR-kode til siden der deltakerne registrerer seg")) if len(whole) <= qr.LONGEST else ""
    return Reply.page(
        "courses/attendance_code.html", found, code=f"{code[:3]} {code[3:]}", image=image, address=address, back=back
    )


@page("kurs/<int:run_id>/uten-pamelding/", right=Right.RUN_MANAGE)
def walk_in(request: PageRequest, run_id: int) -> Reply:
    """Somebody is there and not on the list: find the person, and say why."""
    found = courses.get_run(request.ctx, run_id=run_id)
    text = request.GET.get("q", "").strip()[:80]
    form = WalkInForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with catching(form, *CLOSED, WalkInNeedsReason, HasNoPost, MunicipalityIsNotInvited, AlreadySignedUp):
            told = form.cleaned_data
            signup_id = courses.add_walk_in(
                request.ctx, run_id=run_id, employee_id=told["employee"], reason=told["reason"]
            )
            name = courses.get_signup(request.ctx, signup_id=signup_id).name
            return Reply.done(to=_sheet(run_id), notice=_("%(name)s står nå på listen.") % {"name": name})
    people = organisation.find_people(request.ctx, text=text, most=MOST_FOUND) if len(text) > 1 else []
    return Reply.page("courses/attendance_walk_in.html", found, people=people, text=text, form=form)


@page("kurs/<int:run_id>/kompetansebevis.zip", right=Right.RUN_MANAGE, methods=("POST",))
def certificates(request: PageRequest, run_id: int) -> Reply:
    """Certificates for everybody who got the competence: made where they are not, and all in one file."""
    courses.get_run_sheet(request.ctx, run_id=run_id)  # the run is there, and is the actor's
    people = courses.list_participants(request.ctx, run_id=run_id)
    given = [row for row in people if row.evidence_id is not None]
    if not given:
        return Reply.done(to=_sheet(run_id), notice=_("Ingen har fått kompetansen av dette kurset ennå."))
    ids = [row.evidence_id for row in given if row.evidence_id is not None]
    competence.make_certificates(request.ctx, evidence_ids=ids)
    body = competence.certificates_zip(
        request.ctx,
        evidence_ids=ids,
        address=lambda code: request.build_absolute_uri(reverse("competence.certificate_check", args=[code])),
        languages={
            row.tenant_id: "nn" if row.written_form is WrittenForm.NYNORSK else "nb"
            for row in organisation.list_municipalities(frozenset(row.tenant_id for row in given))
        },
    )
    reply = Reply.file(body, filename=f"kompetansebevis-kurs-{run_id}.zip", content_type=documents.ZIP)
    for row in given:
        reply = reply.after(functools.partial(_seen, request, row))
    return reply


def _seen(request: PageRequest, row: SignupRow) -> None:
    competence.note_sighting(
        request.ctx, tenant_id=row.tenant_id, employee_id=row.employee_id, person_id=row.person_id,
        what=competence.Sight.CERTIFICATE,
    )  # fmt: skip


def _sheet(run_id: int) -> str:
    return reverse("courses.sheet", args=[run_id])
