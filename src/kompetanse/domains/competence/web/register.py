"""The register of requirements, open to everybody who is signed in."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.queries.words import interval_words, source_name
from kompetanse.domains.competence.types import SourceType, Verified
from kompetanse.foundation import access
from kompetanse.ui import formats
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply

from .shapes import requirement_parts
from .version_words import facts, period_words, reply_words, version_parts


class RequirementFilter(forms.Form):
    q = forms.CharField(label=gettext_lazy("Søk i kravene"), required=False, max_length=100)
    kilde = forms.ChoiceField(label=gettext_lazy("Hva kravet bygger på"), required=False)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["kilde"].choices = [  # type: ignore[attr-defined]
            ("", _("Alt")),
            *((one.value, source_name(one, Verified.SEEN)) for one in SourceType),
        ]


@page("krav/", signed_in=True, methods=("GET",))
def requirements(request: PageRequest) -> Reply:
    form = RequirementFilter(request.GET or None)
    told = form.cleaned_data if form.is_valid() else {}
    rows = competence.list_requirements(text=told.get("q", ""), source_type=told.get("kilde", ""))
    may = {
        name: access.possible(request.ctx.actor, right)
        for name, right in (
            ("keep", competence.Right.REGISTER_KEEP),
            ("tighten", competence.Right.REQUIREMENT_TIGHTEN),
            ("answer", competence.Right.VERSION_ANSWER),
        )
    }
    return Reply.page(
        "competence/requirements.html", None, filter=form, rows=[requirement_parts(r) for r in rows], may=may
    )


@page("krav/<int:requirement_id>/", signed_in=True, methods=("GET",))
def requirement(request: PageRequest, requirement_id: int) -> Reply:
    found = competence.get_requirement(requirement_id=requirement_id)
    history = competence.get_requirement_history(request.ctx, requirement_id)
    row, today = found.requirement, request.ctx.today
    standing = history.standing
    now = history.in_force(today) or next((it for it in reversed(standing) if it.says.valid_from > today), None)
    told = facts(now.says, history.names) if now else []
    return Reply.page(
        "competence/requirement.html",
        found,
        facts=[*told, (_("Gjelder fra"), formats.day(row.valid_from) if row.valid_from else ""), (_("Kode"), row.code)],
        parts=requirement_parts(row),
        history=history,
        versions=[version_parts(it, history, today) for it in history.versions],
        covers=[(it, _days(it.valid_from, it.valid_to)) for it in history.equivalences],
        replies=[
            (reply, *reply_words(reply.accepted), period_words(it))
            for it in standing
            for reply in history.replies
            if reply.version_id == it.first_id
        ],
        local_rules=[
            (it, interval_words(it.interval_months), _days(it.valid_from, it.valid_to)) for it in history.local_rules
        ],
    )


def _days(first: date | None, last: date | None) -> str:
    if first and last:
        return _("Fra %(day)s til %(last)s") % {"day": formats.day(first), "last": formats.day(last)}
    if last:
        return _("Til %(day)s") % {"day": formats.day(last)}
    return _("Fra %(day)s") % {"day": formats.day(first)} if first else ""
