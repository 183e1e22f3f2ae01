"""An evidence's documents and certificates, and the page where anybody can check a certificate."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import EvidenceIsCorrected
from kompetanse.domains.competence.types.documents import (
    CertificateState,
    DocumentKind,
    DocumentPage,
    DocumentRefused,
    Sight,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import WrittenForm
from kompetanse.foundation import clock
from kompetanse.foundation.uploads import LIMIT, DocumentTooBig
from kompetanse.ui import formats
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .seen import seen

TYPES = {DocumentKind.PDF: "application/pdf", DocumentKind.JPEG: "image/jpeg", DocumentKind.PNG: "image/png"}
KINDS = {
    CertificateState.VALID: "ok",
    CertificateState.EXPIRED: "warn",
    CertificateState.REPLACED: "warn",
    CertificateState.WITHDRAWN: "bad",
}


class DocumentForm(forms.Form):
    """A paper, new or in the place of one that is there."""

    file = forms.FileField(
        label=gettext_lazy("Dokument"),
        max_length=300,
        allow_empty_file=True,  # the rule says it better
        help_text=gettext_lazy(
            "PDF, JPEG eller PNG, høyst 10 MB. Bilder lagres uten sted, dato og annet kameraet la til."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"}),
        error_messages={
            "required": gettext_lazy("Velg en fil."),
            "max_length": gettext_lazy("Filnavnet er for langt. Gi filen et kortere navn."),
        },
    )
    replaces = forms.TypedChoiceField(
        label=gettext_lazy("Hva skal det gjøres med dokumentene som ligger der?"),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: object, shown: DocumentPage, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [
            (row.id, _("Erstatt «%(name)s»") % {"name": row.name}) for row in shown.documents if not row.replaced
        ]
        if choices:
            self.fields["replaces"].choices = [("", _("Behold dem")), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["replaces"]


@page("bevis/<int:evidence_id>/dokumenter/", right=competence.Right.EVIDENCE_READ)
def evidence_documents(request: PageRequest, evidence_id: int) -> Reply:
    """What shows an evidence. A POST adds a document, or makes the certificate."""
    shown = competence.get_document_page(request.ctx, evidence_id=evidence_id)
    act = request.POST.get("act", "document") if request.method == "POST" else ""
    sent = act == "document"
    form = DocumentForm(request.POST if sent else None, request.FILES if sent else None, shown=shown)
    if act == "certificate":
        competence.make_certificate(request.ctx, evidence_id=evidence_id)
        return Reply.done(_here(evidence_id), _("Kompetansebeviset er laget."))
    if sent and len(request.FILES.getlist("file")) > 1:
        form.add_error("file", _("Velg én fil om gangen."))
    elif sent and form.is_valid():
        file: UploadedFile[bytes] = form.cleaned_data["file"]
        with catching(form, DocumentRefused, EvidenceIsCorrected):
            if (file.size or 0) > LIMIT:  # before it is read
                raise DocumentTooBig(limit=LIMIT // 1_000_000)
            competence.attach_document(
                request.ctx, evidence_id, file.name or "", file.read(), replaces=form.cleaned_data.get("replaces")
            )
            return Reply.done(_here(evidence_id), _("Dokumentet er lagt til."))
    return Reply.page(
        "competence/document_list.html",
        shown,
        form=form,
        own=shown.evidence.person_id == request.ctx.actor.person_id,
        documents=[(row, _size(row.size), row.kind.value.upper()) for row in shown.documents],
        certificates=[(row, KINDS[row.state], state_words(row.state)) for row in shown.certificates],
    ).after(seen(request.ctx, shown.evidence, Sight.EVIDENCE))


@page("dokument/<int:document_id>/", right=competence.Right.EVIDENCE_READ, methods=("GET",))
def document(request: PageRequest, document_id: int) -> Reply:
    """The document itself, as a file."""
    found = competence.get_document(request.ctx, document_id=document_id)
    reply = Reply.file(found.content, filename=found.row.name, content_type=TYPES[found.row.kind])
    return reply.after(seen(request.ctx, found, Sight.DOCUMENT))


@page("bevis/<int:evidence_id>/kompetansebevis.pdf", right=competence.Right.EVIDENCE_READ, methods=("GET",))
def certificate(request: PageRequest, evidence_id: int) -> Reply:
    """The certificate as PDF; `?form=nn` or `nb`, else the municipality's written form, else the reader's own."""
    shown = competence.get_document_page(request.ctx, evidence_id=evidence_id)
    where = reverse("competence.certificate_check", args=[shown.certificate.code if shown.certificate else "-"])
    body = competence.certificate_pdf(
        request.ctx,
        evidence_id=evidence_id,
        address=request.build_absolute_uri(where),
        language=_written_form(request, shown.evidence.tenant_id),
    )
    reply = Reply.file(body, filename=f"kompetansebevis-{evidence_id}.pdf", content_type=TYPES[DocumentKind.PDF])
    return reply.after(seen(request.ctx, shown.evidence, Sight.CERTIFICATE))


@page("kompetansebevis/<str:code>/", open=True, methods=("GET",))
def certificate_check(request: PageRequest, code: str) -> Reply:
    """Does this certificate stand? For anybody who holds its code; shows what stands on it, and no more."""
    found = competence.verify_certificate(code, now=clock.now())
    return Reply.page(
        "competence/document_check.html",
        found,
        code=code,
        kind=KINDS[found.state],
        state=state_words(found.state),
        facts=[
            (_("Navn"), found.person),
            (_("Kompetanse"), found.title),
            (_("Fullført"), formats.day(found.completed_on)),
            (_("Siste gyldige dag"), formats.day(found.last_day) if found.last_day else _("Går ikke ut")),
            (_("Kommune"), found.municipality),
            (_("Nummer"), found.number),
        ],
    )


def state_words(state: CertificateState) -> str:
    return {
        CertificateState.VALID: _("Gyldig"),
        CertificateState.EXPIRED: _("Gått ut"),
        CertificateState.REPLACED: _("Erstattet"),
        CertificateState.WITHDRAWN: _("Trukket tilbake"),
    }[state]


def _here(evidence_id: int) -> str:
    return reverse("competence.evidence_documents", args=[evidence_id])


def _size(size: int) -> str:
    if size < 1_000_000:
        return _("%(count)s kB") % {"count": formats.number(max(1, round(size / 1000)))}
    return _("%(count)s MB") % {"count": formats.number(size / 1_000_000, 1)}


def _written_form(request: PageRequest, tenant_id: int) -> str:
    asked = request.GET.get("form", "")
    if asked in ("nb", "nn"):
        return asked
    found = organisation.list_municipalities(frozenset({tenant_id}))
    told = found[0].written_form if found else WrittenForm.NEUTRAL
    if told is WrittenForm.NEUTRAL:
        return "nn" if get_language() == "nn" else "nb"
    return "nn" if told is WrittenForm.NYNORSK else "nb"
