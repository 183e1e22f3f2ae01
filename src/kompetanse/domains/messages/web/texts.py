"""The region's own words for its letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kompetanse.domains.messages import api as messages
from kompetanse.domains.messages.types import (
    BODY_LENGTH,
    SUBJECT_LENGTH,
    Letter,
    LooseBrace,
    TextHasChanged,
    TextIsEmpty,
    TextIsTooLong,
    TextPage,
    TextRow,
    UnknownPlace,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.kernel.errors import NotFound
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

FAULTS = (UnknownPlace, LooseBrace, TextIsEmpty, TextIsTooLong)
FORMS = {"nb": lazy("bokmål"), "nn": lazy("nynorsk"), "en": lazy("engelsk")}


class TextForm(forms.Form):
    """A letter with places in braces; `version` is the one it builds on."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    subject = forms.CharField(label=lazy("Emne"), max_length=SUBJECT_LENGTH)
    body = forms.CharField(label=lazy("Tekst"), max_length=BODY_LENGTH, widget=forms.Textarea(attrs={"rows": 12}))


@page("meldinger/tekster/", right=messages.Right.TEXT_MANAGE, methods=("GET",))
def texts(request: PageRequest) -> Reply:
    """Every kind of letter, in every written form, and whose words it is in."""
    rows = messages.list_texts(request.ctx, region_id=_region(request))
    return Reply.page("messages/texts.html", list(_by_kind(rows)), crumbs=_crumbs())


def _by_kind(rows: list[TextRow]) -> Iterator[tuple[str, list[tuple[TextRow, str]]]]:
    for kind in dict.fromkeys(row.kind for row in rows):
        mine = [(row, str(FORMS[row.language])) for row in rows if row.kind == kind]
        yield mine[0][0].title, mine


@page("meldinger/tekster/<str:letter>/<slug:language>/", right=messages.Right.TEXT_MANAGE)
def text(request: PageRequest, letter: str, language: str) -> Reply:
    """One letter: write, look at it with examples, keep it, or go back to the standard."""
    ctx, region_id, act = request.ctx, _region(request), request.POST.get("act", "")
    which: dict[str, Any] = {"region_id": region_id, "kind": letter, "language": language}
    found = messages.get_text(ctx, **which)
    here = reverse("messages.text", args=[letter, language])
    if act == "reset":
        messages.reset_text(ctx, **which)
        return Reply.done(here, _("Standardteksten brukes igjen."))
    now = {"version": found.version, "subject": found.letter.subject, "body": found.letter.body}
    form = TextForm(request.POST if act in {"preview", "save"} else None, initial=now)
    if form.is_bound and form.is_valid():
        told = Letter(form.cleaned_data["subject"], form.cleaned_data["body"])
        with catching(form, *FAULTS, TextHasChanged):
            if act == "save":
                messages.change_text(ctx, **which, letter=told, version=form.cleaned_data["version"])
                return Reply.done(here, _("Teksten er lagret, og brukes fra nå av."))
            found = messages.get_text(ctx, **which, draft=told)
        if form.errors:
            form.data = _renewed(form, found)
    return Reply.page(
        "messages/text.html",
        found,
        status=422 if form.errors else 200,
        form=form,
        language=str(FORMS[language]),
        crumbs=[*_crumbs(here=False), {"label": _(found.title)}],
        is_preview=act == "preview" and not form.errors,
    )


def _renewed(form: TextForm, found: TextPage) -> dict[str, Any]:
    """What was typed stays; the next saving builds on what is saved now."""
    return {**form.data.dict(), "version": found.version}  # type: ignore[attr-defined]


def _region(request: PageRequest) -> int:
    region = organisation.find_region_of(request.ctx.tenants, request.ctx.today)
    if region is None:
        raise NotFound()
    return region.tenant_id


def _crumbs(*, here: bool = True) -> list[dict[str, str]]:
    last = {"label": _("Tekstene")} if here else {"label": _("Tekstene"), "url": reverse("messages.texts")}
    return [{"label": _("Meldinger"), "url": reverse("messages.own")}, last]
