"""Signing up by a list: pasted or uploaded, shown first, done after."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import GroupIsTooLarge, GroupIsTooSmall
from kompetanse.domains.organisation import api as organisation
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .signups import CLOSED

LARGEST = 200_000  # bytes


class ListForm(forms.Form):
    """A list of people, one on each line."""

    people = forms.CharField(
        label=gettext_lazy("Én person på hver linje: ansattnummer, e-post eller hele navnet"), required=False,
        widget=forms.Textarea(attrs={"rows": 8}), max_length=LARGEST,
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("Eller en fil"), required=False,
        help_text=gettext_lazy("Tekst eller csv, med én person på hver linje."),
    )  # fmt: skip
    as_group = forms.BooleanField(label=gettext_lazy("Gruppen skal ha plass samlet: alle eller ingen"), required=False)

    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        file = told.get("file")
        if file:
            if file.size > LARGEST:
                raise forms.ValidationError(_("Filen er for stor. Del listen i flere."))
            told["people"] = f"{told.get('people', '')}\n{_text(file.read())}".strip()
        if not told.get("people"):
            raise forms.ValidationError(_("Lim inn en liste eller velg en fil."))
        return told


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


@page("kurs/<int:run_id>/liste/", right=organisation.Right.POST_OVERSEE)
def sign_up_listed(request: PageRequest, run_id: int) -> Reply:
    """Read a list and show who is meant and what to think of; sign up only when it is confirmed."""
    found = courses.get_run(request.ctx, run_id=run_id)
    if request.method == "POST":
        form = ListForm(request.POST, request.FILES)
        if form.is_valid():
            text, as_group = form.cleaned_data["people"], form.cleaned_data["as_group"]
            read = courses.read_list(request.ctx, run_id=run_id, text=text)
            ids = [row.employee_id for row in read if row.employee_id is not None]
            if request.POST.get("act") == "do" and ids:
                with catching(form, *CLOSED, GroupIsTooSmall, GroupIsTooLarge):
                    made = courses.sign_up_listed(request.ctx, run_id=run_id, employee_ids=ids, as_group=as_group)
                    said = ngettext("%(n)s person er meldt på.", "%(n)s personer er meldt på.", len(made))
                    return Reply.done(to=reverse("courses.run", args=[run_id]), notice=said % {"n": len(made)})
            return Reply.page(
                "courses/list_preview.html", found, form=form, read=read, ready=len(ids), text=text, as_group=as_group
            )
    else:
        form = ListForm()
    return Reply.page("courses/sign_up_listed.html", found, form=form)
