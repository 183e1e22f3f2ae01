"""A municipality's file: chosen, understood, tried, taken in."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.integrations import api as integrations
from kompetanse.domains.integrations.rules.report import write_report
from kompetanse.domains.integrations.types import Kind, RunStatus
from kompetanse.kernel.errors import DomainError
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .forms import MappingForm, UploadForm
from .words import shown_run, shown_runs, tell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("importer/", right=integrations.Right.IMPORT_RUN, methods=("GET",))
def imports(request: PageRequest) -> Reply:
    """The files that have been brought in lately."""
    return Reply.page("integrations/imports.html", shown_runs(integrations.list_runs(request.ctx)))


@page("importer/ny/", right=integrations.Right.IMPORT_RUN)
def new_import(request: PageRequest) -> Reply:
    """Choose a file, what it is and whose it is; then it is tried."""
    places = integrations.list_import_places(request.ctx)
    if request.method == "GET":
        return Reply.page("integrations/new.html", None, form=UploadForm(places=places), crumbs=_crumbs(_("Ny fil")))
    form = UploadForm(request.POST, request.FILES, places=places)
    if form.is_valid():
        file: UploadedFile[bytes] = form.cleaned_data["file"]
        with catching(form, DomainError):
            run_id = integrations.receive_file(
                request.ctx,
                tenant_id=form.cleaned_data["municipality"],
                file_name=file.name or "",
                content=file.chunks(),
                kind=Kind(form.cleaned_data["kind"]) if form.cleaned_data["kind"] else None,
            )
            integrations.ask_for_preview(request.ctx, run_id=run_id)
            return Reply.done(to=_where(run_id))
    return Reply.page("integrations/new.html", None, form=form, crumbs=_crumbs(_("Ny fil")))


@page("importer/<int:run_id>/", right=integrations.Right.IMPORT_RUN)
def show_import(request: PageRequest, run_id: int) -> Reply:
    """One file: how it was understood, what would become of it, or what did. A POST corrects the columns."""
    told = integrations.get_run(request.ctx, run_id=run_id)
    form = None
    if told.columns and told.may_run and told.run.status is not RunStatus.WORKING:
        form = MappingForm(request.POST if request.method == "POST" else None, told=told)
    if request.method == "POST" and form is not None and form.is_valid():
        with catching(form, DomainError):
            integrations.correct_mapping(
                request.ctx, run_id=run_id, mapping=form.mapping(), remember=form.cleaned_data["remember"]
            )
            integrations.ask_for_preview(request.ctx, run_id=run_id)
            return Reply.done(to=_where(run_id), notice=_("Kolonnene er rettet, og filen er lest på nytt."))
    return Reply.page("integrations/import.html", shown_run(told), form=form, crumbs=_crumbs(told.run.file_name))


@page("importer/<int:run_id>/ta-inn/", right=integrations.Right.IMPORT_RUN, methods=("POST",))
def take_in(request: PageRequest, run_id: int) -> Reply:
    """Let it happen."""
    integrations.ask_for_apply(request.ctx, run_id=run_id)
    return Reply.done(to=_where(run_id))


@page("importer/<int:run_id>/avviste.xlsx", right=integrations.Right.IMPORT_RUN, methods=("GET",))
def rejected_rows(request: PageRequest, run_id: int) -> Reply:
    """The rejected rows with the original row beside the reason, as a spreadsheet."""
    out = io.BytesIO()
    write_report(out, integrations.list_rejections(request.ctx, run_ids=[run_id]), _, tell)
    return Reply.file(out.getvalue(), filename=f"avviste-rader-{run_id}.xlsx", content_type=XLSX)


def _where(run_id: int) -> str:
    return reverse("integrations.show_import", args=[run_id])


def _crumbs(last: str) -> list[dict[str, str]]:
    return [{"label": _("Filer inn"), "url": reverse("integrations.imports")}, {"label": last}]
