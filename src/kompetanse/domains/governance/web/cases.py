"""A case: its papers, what is thought of it, and what was decided."""

from __future__ import annotations

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import CasePage
from kompetanse.domains.organisation.types import BodyKind
from kompetanse.kernel.errors import DomainError
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .forms import AgendaForm, CasePapersForm, DecisionForm, VersionForm, ViewForm, WithdrawForm


@page("saker/<int:case_id>/", right=governance.Right.CASE_READ)
def case(request: PageRequest, case_id: int) -> Reply:
    """One case. Each act on it has its own form; what was typed stays where a rule says no."""
    shown = governance.get_case_page(request.ctx, case_id=case_id)
    act = request.POST.get("act", "")
    forms = _forms(shown, act, request)
    form = forms.get(act)
    if form is not None and form.is_valid():
        with catching(form, DomainError):
            return _do(request, case_id, act, form.cleaned_data)
        shown = governance.get_case_page(request.ctx, case_id=case_id)
        if isinstance(form, VersionForm):
            form.renew(shown.case.version)
    is_wrong = request.method == "POST" and (form is None or bool(form.errors))
    return Reply.page(
        "governance/case.html",
        shown,
        status=422 if is_wrong else 200,
        crumbs=[
            {"label": _("Møter"), "url": reverse("governance.meetings")},
            {"label": shown.case.reference},
        ],
        papers_form=forms.get("papers"),
        agenda_form=forms.get("agenda") if shown.meetings or act == "agenda" else None,
        view_form=forms.get("view"),
        decision_form=forms.get("decide"),
        withdraw_form=forms.get("withdraw"),
        is_stale=is_wrong and isinstance(form, CasePapersForm),
        is_forum=shown.case.body_kind == BodyKind.COMPETENCE_FORUM,
        answer_url=reverse("governance.hearings"),
        at_table=shown.case.meeting_id is not None and (shown.may_keep or shown.may_vote),
        may_rank=shown.may_prepare or shown.may_decide or shown.may_state_view,
    )


def _forms(
    shown: CasePage, act: str, request: PageRequest
) -> dict[str, CasePapersForm | AgendaForm | ViewForm | DecisionForm | WithdrawForm]:
    """The forms for what the reader may do now, and the one that was sent, whatever has happened since."""
    case = shown.case

    def data(name: str) -> QueryDict | None:
        return request.POST if request.method == "POST" and act == name else None

    found: dict[str, CasePapersForm | AgendaForm | ViewForm | DecisionForm | WithdrawForm] = {}
    if shown.may_prepare or act == "papers":
        papers = {
            "version": case.version,
            "title": case.title,
            "presenter": case.presenter,
            "proposal": case.proposal,
            "legal_ground": case.legal_ground,
        }
        found["papers"] = CasePapersForm(data("papers"), initial=papers, auto_id="sak_%s")
    if shown.may_prepare or act == "agenda":
        found["agenda"] = AgendaForm(data("agenda"), auto_id="liste_%s", meetings=shown.meetings)
    if shown.may_prepare or act == "withdraw":
        found["withdraw"] = WithdrawForm(data("withdraw"), auto_id="trekk_%s", initial={"version": case.version})
    if shown.may_state_view or act == "view":
        found["view"] = ViewForm(data("view"), auto_id="syn_%s")
    if (shown.may_decide and case.meeting_id) or act == "decide":
        found["decide"] = DecisionForm.of(case, data("decide"))
    return found


def _do(request: PageRequest, case_id: int, act: str, values: dict[str, object]) -> Reply:
    here = reverse("governance.case", args=[case_id])
    if act == "papers":
        governance.change_case(request.ctx, case_id=case_id, **values)  # type: ignore[arg-type]
        return Reply.done(here, _("Saken er lagret."))
    if act == "agenda":
        governance.put_on_agenda(request.ctx, case_id=case_id, **values)  # type: ignore[arg-type]
        return Reply.done(here, _("Saken er satt på sakslisten."))
    if act == "view":
        governance.state_view(request.ctx, case_id=case_id, **values)  # type: ignore[arg-type]
        return Reply.done(here, _("Synet ditt er lagret og følger saken."))
    if act == "withdraw":
        governance.withdraw_case(request.ctx, case_id=case_id, **values)  # type: ignore[arg-type]
        return Reply.done(here, _("Saken er trukket."))
    governance.decide_case(request.ctx, case_id=case_id, **values)  # type: ignore[arg-type]
    return Reply.done(here, _("Vedtaket er ført."))
