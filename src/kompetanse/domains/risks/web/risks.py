"""The risk register: the matrix with its list, and a risk with all that is known of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.risks import api as risks
from kompetanse.domains.risks.types import RiskInput, RiskPage, RiskRow, RiskStatus
from kompetanse.kernel.errors import DomainError, NotFound
from kompetanse.ui import sheets
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .forms import AssessForm, ChangeForm, MitigationForm, NewForm, NoteForm, WhyForm
from .shapes import KINDS, level_words, risk_matrix


@page("risiko/", right=risks.Right.RISK_READ)
def register(request: PageRequest) -> Reply:
    """What may go wrong, the gravest first; the forum and the office write new ones here."""
    shown = risks.get_register(request.ctx)
    words = level_words()
    file = sheets.export(
        request.GET.get("format", ""), "risikoregister",
        [_("Referanse"), _("Risiko"), _("Nivå"), _("Sannsynlighet"), _("Konsekvens"), _("Eier"), _("Neste frist"),
         _("Status")],
        [
            (row.reference, row.title, words[row.level], row.probability, row.consequence, row.owner, row.next_on,
             _("Åpen") if row.status is RiskStatus.OPEN else _("Avsluttet"))
            for row in [*shown.risks, *shown.closed]
        ],
    )  # fmt: skip
    if file:
        return file
    form = None
    if shown.region_id is not None:
        form = NewForm(
            request.POST or None, owners=shown.owners,
            initial={"owner_id": request.ctx.actor.person_id, "probability": 3, "consequence": 3},
        )  # fmt: skip
        if request.method == "POST" and form.is_valid():
            told = form.cleaned_data
            with catching(form, DomainError):
                risk_id = risks.register_risk(
                    request.ctx, region_id=shown.region_id, risk=_told(told), probability=told["probability"],
                    consequence=told["consequence"], why=told["why"],
                )  # fmt: skip
                return Reply.done(reverse("risks.risk", args=[risk_id]), _("Risikoen er ført."))
    return Reply.page(
        "risks/register.html",
        shown,
        form=form,
        matrix=risk_matrix(shown.risks),
        rows=_shown(shown.risks),
        closed=_shown(shown.closed),
    )


def _told(told: dict[str, Any]) -> RiskInput:
    return RiskInput(title=told["title"], description=told["description"], owner_id=told["owner_id"])


def _shown(rows: tuple[RiskRow, ...]) -> list[tuple[RiskRow, str, str]]:
    """(risk, kind of its level, the level in words)"""
    words = level_words()
    return [(row, KINDS[row.level], words[row.level]) for row in rows]


@page("risiko/<int:risk_id>/", right=risks.Right.RISK_READ)
def risk(request: PageRequest, risk_id: int) -> Reply:
    """A risk: how it is judged and was, what is done, what was seen. Those who write do it here."""
    shown = risks.get_risk(request.ctx, risk_id=risk_id)
    act, _sep, number = request.POST.get("act", "").partition("-")
    if request.method == "POST" and act == "done":
        if not number.isdigit():
            raise NotFound()
        risks.finish_mitigation(request.ctx, risk_id=risk_id, mitigation_id=int(number))
        return Reply.done(reverse("risks.risk", args=[risk_id]) + "#tiltak", _("Tiltaket er ført som gjennomført."))
    is_open = shown.risk.status is RiskStatus.OPEN
    able = {name: form for name, form in _forms(request, shown, act).items() if shown.may_manage}
    if request.method == "POST" and (done := _do(request, shown, act, able.get(act))):
        return done
    words = level_words()
    return Reply.page(
        "risks/risk.html",
        shown,
        status=422 if any(form.is_bound and form.errors for form in able.values()) else 200,
        crumbs=[{"label": _("Risiko"), "url": reverse("risks.register")}, {"label": shown.risk.title}],
        forms={name: form for name, form in able.items() if is_open is not (name == "reopen")},
        is_open=is_open,
        kind=KINDS[shown.risk.level],
        word=words[shown.risk.level],
        assessments=[(row, KINDS[row.level], words[row.level]) for row in shown.assessments],
    )


def _forms(request: PageRequest, shown: RiskPage, act: str) -> dict[str, forms.Form]:
    def sent(name: str) -> Any:
        return request.POST if act == name else None

    now = {
        "version": shown.version, "title": shown.risk.title, "description": shown.description,
        "owner_id": shown.owner_id, "probability": shown.risk.probability, "consequence": shown.risk.consequence,
    }  # fmt: skip
    owners = dict(shown.owners) | {shown.owner_id: shown.risk.owner}
    return {
        "assess": AssessForm(sent("assess"), auto_id="vurder_%s", initial=now),
        "measure": MitigationForm(sent("measure"), auto_id="tiltak_%s"),
        "note": NoteForm(sent("note"), auto_id="notat_%s"),
        "change": ChangeForm(sent("change"), auto_id="endre_%s", initial=now, owners=owners.items()),
        "close": WhyForm(sent("close"), auto_id="slutt_%s"),
        "reopen": WhyForm(sent("reopen"), auto_id="igjen_%s"),
    }


def _do(request: PageRequest, shown: RiskPage, act: str, form: forms.Form | None) -> Reply | None:
    """Carry out what was sent, or leave why not on its form."""
    if form is None or not form.is_valid():
        return None
    ctx, risk_id, told = request.ctx, shown.risk.id, form.cleaned_data
    with catching(form, DomainError):
        if act == "assess":
            risks.assess_risk(ctx, risk_id=risk_id, **told)
        elif act == "measure":
            risks.add_mitigation(ctx, risk_id=risk_id, **told)
        elif act == "note":
            risks.note_risk(ctx, risk_id=risk_id, **told)
        elif act == "change":
            risks.change_risk(ctx, risk_id=risk_id, version=told["version"], risk=_told(told))
        elif act == "close":
            risks.close_risk(ctx, risk_id=risk_id, **told)
        else:
            risks.reopen_risk(ctx, risk_id=risk_id, **told)
        return Reply.done(reverse("risks.risk", args=[risk_id]), _("Lagret."))
    if isinstance(form, AssessForm | ChangeForm):
        form.renew(risks.get_risk(ctx, risk_id=risk_id).version)
    return None
