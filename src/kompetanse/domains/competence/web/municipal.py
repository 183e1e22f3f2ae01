"""What a municipality decides for itself about the shared register: stricter intervals, and answers to what is new."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.queries.words import interval_words
from kompetanse.domains.competence.types import LocalRuleInput, NewsRow
from kompetanse.domains.organisation import api as organisation
from kompetanse.kernel.errors import DomainError, NotFound
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .version_forms import AnswerForm, LastDayForm, LocalRuleForm, WhyForm
from .version_words import change_parts, effect_parts, facts, line_words, period_words, reply_words


@page("krav/<int:requirement_id>/lokal-frist/", right=competence.Right.REQUIREMENT_TIGHTEN)
def local_rule(request: PageRequest, requirement_id: int) -> Reply:
    found = competence.get_requirement_history(request.ctx, requirement_id)
    mine = organisation.list_municipalities(competence.tenants_to_tighten(request.ctx))
    form = LocalRuleForm(
        request.POST or None,
        municipalities=[(row.tenant_id, row.name) for row in mine],
        initial={"valid_from": request.ctx.today},
    )
    here = reverse("competence.requirement", args=[requirement_id])
    title = _("Strengere frist i kommunen")
    step = request.POST.get("step", "")
    if request.method == "POST" and form.is_valid() and step != "edit":
        with catching(form, DomainError):
            told = LocalRuleInput(requirement_code=found.code, **form.cleaned_data)
            if step == "apply":
                competence.set_local_rule(request.ctx, told)
                return Reply.done(here, _("Den lokale fristen er lagret."))
            preview = competence.preview_local_rule(request.ctx, told)
            return Reply.page(
                "competence/version_preview.html", preview, form=form, title=title, kicker=found.name, back=here,
                local=interval_words(told.interval_months), **effect_parts(preview),
            )  # fmt: skip
    now = found.in_force(request.ctx.today)
    shared = interval_words(now.says.interval_months) if now else ""
    return Reply.page(
        "competence/version_short.html", None, form=form, back=here, title=title,
        kicker=found.name, send=_("Se hva det fører til"),
        text=_("Kommunen kan fornye kravet oftere enn det felles registeret sier, ikke sjeldnere.")
        + (" " + _("Det felles kravet: %(interval)s.") % {"interval": shared} if shared else ""),
    )  # fmt: skip


@page("krav/lokal-frist/<int:rule_id>/", right=competence.Right.REQUIREMENT_TIGHTEN)
def change_local_rule(request: PageRequest, rule_id: int) -> Reply:
    """Two short forms: it ends on a day, or it was wrong."""
    requirement_id, row = competence.get_local_rule(request.ctx, rule_id)
    here = reverse("competence.requirement", args=[requirement_id])
    act = request.POST.get("act", "")
    ending = LastDayForm(request.POST if act == "end" else None, auto_id="slutt_%s")
    wrong = WhyForm(request.POST if act == "wrong" else None, auto_id="feil_%s")
    form = {"end": ending, "wrong": wrong}.get(act)
    if form is not None and form.is_valid():
        with catching(form, DomainError):
            if act == "end":
                competence.end_local_rule(request.ctx, rule_id, form.cleaned_data["valid_to"])
                return Reply.done(here, _("Den lokale fristen er avsluttet."))
            competence.take_back_local_rule(request.ctx, rule_id, form.cleaned_data["why"])
            return Reply.done(here, _("Den lokale fristen er trukket tilbake."))
    bad = request.method == "POST"
    return Reply.page(
        "competence/version_local_rule.html", row, ending=ending, wrong=wrong, back=here,
        interval=interval_words(row.interval_months), status=422 if bad else 200,
    )  # fmt: skip


@page("krav/nytt-i-registeret/", right=competence.Right.VERSION_ANSWER, methods=("GET",))
def news(request: PageRequest) -> Reply:
    """What is new to the municipality, and what it has answered."""
    mine = _mine(request)
    tenant_id = _chosen(request, mine)
    tabs = [{"label": name, "url": f"?kommune={key}", "current": key == tenant_id} for key, name in mine]
    waiting = competence.list_news(request.ctx, tenant_id)
    answered = competence.list_news(request.ctx, tenant_id, answered=True)
    return Reply.page(
        "competence/version_news.html", None, municipalities=tabs, waiting=[news_parts(row) for row in waiting],
        answered=[news_parts(row) for row in answered], place=dict(mine)[tenant_id],
    )  # fmt: skip


@page("krav/versjon/<int:version_id>/svar/", right=competence.Right.VERSION_ANSWER)
def answer(request: PageRequest, version_id: int) -> Reply:
    mine = _mine(request)
    tenant_id = _chosen(request, mine)
    requirement_id, version = competence.get_version(request.ctx, version_id)
    found = competence.get_requirement_history(request.ctx, requirement_id)
    form = AnswerForm(request.POST or None, municipalities=mine, initial={"tenant_id": tenant_id})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with catching(form, DomainError):
            competence.answer_version(
                request.ctx, data["tenant_id"], version_id, accepted=data["answer"] == "yes", why=data["why"]
            )
            return Reply.done(f"{reverse('competence.news')}?kommune={data['tenant_id']}", _("Svaret er lagret."))
    return Reply.page(
        "competence/version_answer.html", found, form=form, period=period_words(version), version=version,
        changes=change_parts(version.changes, found.names, version.says), facts=facts(version.says, found.names),
        lines=[line_words(line) for line in version.says.targets],
    )  # fmt: skip


@page("krav/svar-fra-kommunene/", right=competence.Right.REGISTER_KEEP, methods=("GET",))
def replies(request: PageRequest) -> Reply:
    """For the office: who has answered what."""
    rows = competence.list_replies(request.ctx)
    versions: dict[int, list[NewsRow]] = {}
    for row in rows:
        versions.setdefault(row.version.first_id, []).append(row)
    found = sorted(versions.values(), key=lambda told: told[0].version.recorded_at, reverse=True)
    return Reply.page(
        "competence/version_replies.html", None,
        versions=[
            {"first": told[0], "period": period_words(told[0].version),
             "rows": [news_parts(one) for one in sorted(told, key=lambda it: it.reply.municipality)]}
            for told in found
        ],
    )  # fmt: skip


def news_parts(row: NewsRow) -> dict[str, Any]:
    kind, word = reply_words(row.reply.accepted)
    return {
        "row": row,
        "period": period_words(row.version),
        "changes": change_parts(row.version.changes, row.names, row.version.says),
        "kind": kind,
        "word": word,
    }


def _mine(request: PageRequest) -> list[tuple[int, str]]:
    """The municipalities the actor answers for."""
    allowed = competence.tenants_to_answer(request.ctx)
    return [(row.tenant_id, row.name) for row in organisation.list_municipalities(allowed)]


def _chosen(request: PageRequest, mine: list[tuple[int, str]]) -> int:
    asked = request.GET.get("kommune", "")
    chosen = int(asked) if asked.isdigit() else (mine[0][0] if mine else 0)
    if chosen not in dict(mine):
        raise NotFound()
    return chosen
