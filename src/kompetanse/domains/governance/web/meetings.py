"""Meetings: the list, the table during the meeting, and the papers before and after."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import CaseStatus, MeetingPage
from kompetanse.foundation import access
from kompetanse.kernel.errors import DomainError, NotFound
from kompetanse.ui.formats import day
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .forms import CaseForm, DecisionForm, MeetingForm, PresenceForm
from .polls import own_bodies


@page("moter/", right=governance.Right.MEETING_READ)
def meetings(request: PageRequest) -> Reply:
    """Meetings that come and have been; the office calls new ones here."""
    may_call = access.possible(request.ctx.actor, governance.Right.MEETING_PREPARE)
    form = None
    if may_call:
        form = MeetingForm(request.POST or None, bodies=own_bodies(request))
    if request.method == "POST" and form is not None and form.is_valid():
        with catching(form, DomainError):
            meeting_id = governance.call_meeting(request.ctx, **form.cleaned_data)
            return Reply.done(
                reverse("governance.meeting", args=[meeting_id]),
                _("Møtet er opprettet. Sett sakene på sakslisten."),
            )
    rows = governance.list_meetings(request.ctx)
    coming = [row for row in reversed(rows) if row.held_on >= request.ctx.today]
    past = [row for row in rows if row.held_on < request.ctx.today]
    return Reply.page(
        "governance/meetings.html",
        form=form,
        coming=coming,
        past=past,
        incoming=access.possible(request.ctx.actor, governance.Right.INCOMING_ANSWER),
    )


@page("moter/<int:meeting_id>/", right=governance.Right.MEETING_READ)
def meeting(request: PageRequest, meeting_id: int) -> Reply:
    """The agenda with its papers; during the meeting decisions and attendance are written here."""
    here = reverse("governance.meeting", args=[meeting_id])
    shown = governance.get_meeting(request.ctx, meeting_id=meeting_id)
    act, _sep, number = request.POST.get("act", "").partition("-")
    data = request.POST if request.method == "POST" else None
    presence = PresenceForm(
        data if act == "presence" else None,
        presence=shown.presence,
        deputies=shown.deputies,
        auto_id="oppmote_%s",
        initial={
            "version": shown.version,
            "present": [row.seat_id for row in shown.presence if row.is_present],
            "also_present": shown.also_present,
        },
    )
    new_case = CaseForm(data if act == "case" else None, auto_id="ny_%s")
    decisions = _decision_forms(shown, data if act == "decide" else None, number)
    fault = ""
    if act == "presence" and presence.is_valid():
        with catching(presence, DomainError):
            governance.note_presence(request.ctx, meeting_id=meeting_id, **presence.told())
            return Reply.done(here + "#til-stede", _("Oppmøtet er lagret."))
        presence.renew(governance.get_meeting(request.ctx, meeting_id=meeting_id).version)
    elif act == "case" and new_case.is_valid():
        with catching(new_case, DomainError):
            governance.add_case(
                request.ctx, body_id=shown.meeting.body_id, meeting_id=meeting_id, **new_case.cleaned_data
            )
            return Reply.done(here + "#saksliste", _("Saken er satt på sakslisten."))
    elif act == "decide" and number.isdigit() and int(number) in decisions:
        form = decisions[int(number)]
        if form.is_valid():
            with catching(form, DomainError):
                governance.decide_case(request.ctx, case_id=int(number), **form.cleaned_data)
                return Reply.done(here + f"#sak-{number}", _("Vedtaket er ført."))
            form.renew(governance.get_case(request.ctx, case_id=int(number)).version)
            shown = governance.get_meeting(request.ctx, meeting_id=meeting_id)
    elif act in ("agenda", "minutes", "up"):
        try:
            if act == "minutes":
                governance.write_minutes(request.ctx, meeting_id=meeting_id)
                return Reply.done(here, _("Referatet er skrevet. Det kan ikke endres."))
            if not number.isdigit():
                raise NotFound()
            if act == "up":
                governance.order_agenda(request.ctx, meeting_id=meeting_id, case_ids=_moved_up(shown, int(number)))
                return Reply.done(here + "#saksliste", _("Rekkefølgen er lagret."))
            governance.put_on_agenda(request.ctx, case_id=int(number), meeting_id=meeting_id)
            return Reply.done(here + "#saksliste", _("Saken er satt på sakslisten."))
        except NotFound:
            raise
        except DomainError as error:
            fault = _(error.sentence) % error.params
    return _meeting_reply(shown, presence, new_case, decisions, fault)


def _moved_up(shown: MeetingPage, case_id: int) -> list[int]:
    """The agenda with one case a place earlier. Raises NotFound."""
    order = [case.id for case in shown.cases]
    if case_id not in order:
        raise NotFound()
    at = order.index(case_id)
    order.insert(max(at - 1, 0), order.pop(at))
    return order


def _decision_forms(shown: MeetingPage, data: object, number: str) -> dict[int, DecisionForm]:
    """A form for each case that can be decided; the one that was sent keeps what was typed."""
    return {
        case.id: DecisionForm.of(case, data if number == str(case.id) else None)
        for case in shown.cases
        if (shown.may_decide and case.status is CaseStatus.OPEN) or (data is not None and number == str(case.id))
    }


def _meeting_reply(
    shown: MeetingPage,
    presence: PresenceForm,
    new_case: CaseForm,
    decisions: dict[int, DecisionForm],
    fault: str,
) -> Reply:
    forms = [presence, new_case, *decisions.values()]
    is_wrong = bool(fault) or any(form.is_bound and form.errors for form in forms)
    return Reply.page(
        "governance/meeting.html",
        shown,
        status=422 if is_wrong else 200,
        crumbs=[
            {"label": _("Møter"), "url": reverse("governance.meetings")},
            {"label": f"{shown.meeting.body_name} {day(shown.meeting.held_on)}"},
        ],
        cases=[(case, decisions.get(case.id)) for case in shown.cases],
        presence_form=presence if shown.may_prepare or presence.is_bound else None,
        case_form=new_case if shown.may_prepare or new_case.is_bound else None,
        fault=fault,
    )


@page("referat/<int:meeting_id>.pdf", right=governance.Right.MINUTES_READ, methods=("GET",))
def minutes(request: PageRequest, meeting_id: int) -> Reply:
    """The minutes as PDF; `?form=nn` for nynorsk, else the reader's own form."""
    body = governance.minutes_pdf(request.ctx, meeting_id=meeting_id, language=written_form(request))
    return Reply.file(body, filename=f"referat-{meeting_id}.pdf", content_type="application/pdf")


@page("referat/<int:meeting_id>/utkast.pdf", right=governance.Right.MEETING_PREPARE, methods=("GET",))
def minutes_draft(request: PageRequest, meeting_id: int) -> Reply:
    """The minutes as they would be written now; `?form=nn` for nynorsk, else the reader's own form."""
    body = governance.minutes_draft_pdf(request.ctx, meeting_id=meeting_id, language=written_form(request))
    return Reply.file(body, filename=f"utkast-{meeting_id}.pdf", content_type="application/pdf")


@page("referat/<int:meeting_id>/arkiv.json", right=governance.Right.MINUTES_READ, methods=("GET",))
def archive_json(request: PageRequest, meeting_id: int) -> Reply:
    """The minutes for an archive, as JSON in the shape of Noark 5."""
    body = governance.minutes_archive(request.ctx, meeting_id=meeting_id, form="json")
    return Reply.file(body, filename=f"referat-{meeting_id}.json", content_type="application/json")


@page("referat/<int:meeting_id>/arkiv.xml", right=governance.Right.MINUTES_READ, methods=("GET",))
def archive_xml(request: PageRequest, meeting_id: int) -> Reply:
    """The minutes for an archive, as XML in the shape of Noark 5."""
    body = governance.minutes_archive(request.ctx, meeting_id=meeting_id, form="xml")
    return Reply.file(body, filename=f"referat-{meeting_id}.xml", content_type="application/xml")


@page("innkalling/<int:meeting_id>.pdf", right=governance.Right.MEETING_READ, methods=("GET",))
def notice(request: PageRequest, meeting_id: int) -> Reply:
    """The calling letter as PDF; `?form=nn` for nynorsk, else the reader's own form."""
    body = governance.notice_pdf(request.ctx, meeting_id=meeting_id, language=written_form(request))
    return Reply.file(body, filename=f"innkalling-{meeting_id}.pdf", content_type="application/pdf")


def written_form(request: HttpRequest) -> str:
    """`nb` or `nn`: as asked for, else as the reader reads."""
    asked = request.GET.get("form") or get_language() or ""
    return "nn" if asked == "nn" else "nb"
