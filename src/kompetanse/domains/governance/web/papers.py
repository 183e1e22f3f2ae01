"""A case's enclosures, the cases before it, and asking those it concerns."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.governance import api as governance
from kompetanse.foundation.uploads import LIMIT, DocumentKind, DocumentTooBig
from kompetanse.kernel.errors import DomainError
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .forms import AnnounceForm, AnswerForm, EarlierForm, EnclosureForm, HearingForm

TYPES = {DocumentKind.PDF: "application/pdf", DocumentKind.JPEG: "image/jpeg", DocumentKind.PNG: "image/png"}


@page("saker/<int:case_id>/vedlegg/", right=governance.Right.CASE_PREPARE)
def papers(request: PageRequest, case_id: int) -> Reply:
    """What the case is read with is put in place here. Each act has its own form."""
    here = reverse("governance.papers", args=[case_id])
    shown = governance.get_case_page(request.ctx, case_id=case_id, right=governance.Right.CASE_PREPARE)
    act = request.POST.get("act", "") if request.method == "POST" else ""

    def sent(name: str) -> Any:
        return request.POST if act == name else None

    waiting = [(row.id, row.title) for row in shown.documents if not row.has_come]
    enclosure = EnclosureForm(
        sent("attach"), request.FILES if act == "attach" else None, waiting=waiting, auto_id="vedlegg_%s"
    )
    announce = AnnounceForm(sent("announce"), auto_id="varsel_%s")
    earlier = EarlierForm(sent("earlier"), auto_id="tidligere_%s")
    hearing = HearingForm(sent("hearing"), auto_id="horing_%s")
    form = {"attach": enclosure, "announce": announce, "earlier": earlier, "hearing": hearing}.get(act)
    if form is not None and form.is_valid():
        with catching(form, DomainError):
            return Reply.done(here, _do(request, case_id, act, dict(form.cleaned_data)))
    return Reply.page(
        "governance/papers.html",
        shown,
        status=422 if request.method == "POST" else 200,
        crumbs=[
            {"label": _("Møter"), "url": reverse("governance.meetings")},
            {"label": shown.case.reference, "url": reverse("governance.case", args=[case_id])},
            {"label": _("Vedlegg og høring")},
        ],
        enclosure_form=enclosure,
        announce_form=announce,
        earlier_form=earlier,
        hearing_form=hearing if shown.hearing is None else None,
    )


def _do(request: PageRequest, case_id: int, act: str, values: dict[str, Any]) -> str:
    """The act, and what is said when it is done."""
    if act == "attach":
        file: UploadedFile[bytes] = values.pop("file")
        if (file.size or 0) > LIMIT:  # before it is read
            raise DocumentTooBig(limit=LIMIT // 1_000_000)
        governance.attach_case_document(
            request.ctx, case_id=case_id, name=file.name or "", content=file.read(), **values
        )
        return _("Vedlegget er lagt ved saken.")
    if act == "announce":
        governance.announce_document(request.ctx, case_id=case_id, **values)
        return _("Vedlegget er varslet og ettersendes.")
    if act == "earlier":
        governance.name_earlier(request.ctx, case_id=case_id, **values)
        return _("Den tidligere saken er knyttet til.")
    governance.open_hearing(request.ctx, case_id=case_id, **values)
    return _("Saken er sendt på høring.")


@page("saksvedlegg/<int:document_id>/", right=governance.Right.CASE_READ, methods=("GET",))
def enclosure(request: PageRequest, document_id: int) -> Reply:
    """An enclosure itself."""
    file = governance.get_case_document(request.ctx, document_id=document_id)
    return Reply.file(file.content, filename=file.row.name, content_type=TYPES[DocumentKind(file.row.kind)])


@page("horinger/", right=governance.Right.HEARING_ANSWER)
def hearings(request: PageRequest) -> Reply:
    """What the reader is asked before it is decided, and may answer for their unit or municipality."""
    rows = governance.list_hearings(request.ctx)
    number = request.POST.get("hearing", "") if request.method == "POST" else ""
    forms = {
        row.id: AnswerForm(
            request.POST if number == str(row.id) else None, places=row.places, auto_id=f"svar{row.id}_%s"
        )
        for row in rows
    }
    sent = forms.get(int(number)) if number.isdigit() else None
    if sent is not None and sent.is_valid():
        with catching(sent, DomainError):
            governance.answer_hearing(request.ctx, hearing_id=int(number), **sent.cleaned_data)
            return Reply.done(reverse("governance.hearings"), _("Svaret er lagret og følger saken."))
    return Reply.page(
        "governance/hearings.html",
        status=422 if request.method == "POST" else 200,
        hearings=[(row, forms[row.id]) for row in rows],
    )
