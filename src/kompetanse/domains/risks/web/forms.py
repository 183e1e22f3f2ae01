"""What people fill in about risks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from kompetanse.domains.risks.types import HIGHEST, LOWEST, TEXT_LENGTH, TITLE_LENGTH
from kompetanse.ui.fields import DayField

PROBABILITIES = (
    (1, _("1 – svært lite sannsynlig")),
    (2, _("2 – lite sannsynlig")),
    (3, _("3 – mulig")),
    (4, _("4 – sannsynlig")),
    (5, _("5 – svært sannsynlig")),
)
CONSEQUENCES = (
    (1, _("1 – ubetydelig")),
    (2, _("2 – liten")),
    (3, _("3 – merkbar")),
    (4, _("4 – alvorlig")),
    (5, _("5 – svært alvorlig")),
)
assert [key for key, _word in PROBABILITIES] == list(range(LOWEST, HIGHEST + 1))


def _long(label: Any, *, rows: int = 3, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=TEXT_LENGTH, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class GradeForm(forms.Form):
    probability = forms.TypedChoiceField(label=_("Sannsynlighet"), coerce=int, choices=PROBABILITIES)
    consequence = forms.TypedChoiceField(label=_("Konsekvens"), coerce=int, choices=CONSEQUENCES)
    why = _long(_("Begrunnelse"), rows=2, help_text=_("Blir stående i historikken."))


class TextForm(forms.Form):
    """The risk's own words and its owner."""

    title = forms.CharField(
        label=_("Risiko"), max_length=TITLE_LENGTH, help_text=_("Hva som kan gå galt, i én setning.")
    )
    description = _long(_("Beskrivelse"))
    owner_id = forms.TypedChoiceField(label=_("Eier"), coerce=int, help_text=_("Den som passer på at den følges opp."))

    def __init__(self, *args: Any, owners: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner_id"].choices = list(owners)  # type: ignore[attr-defined]


class NewForm(TextForm, GradeForm):
    field_order = ("title", "description", "owner_id", "probability", "consequence", "why")


class _Versioned(forms.Form):
    """A form over something that others may save meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def renew(self, version: int) -> None:
        """What was typed stays; the next saving builds on what is saved now."""
        data = MultiValueDict(self.data.lists()) if isinstance(self.data, MultiValueDict) else MultiValueDict()
        data[self.add_prefix("version")] = str(version)
        self.data = data


class ChangeForm(TextForm, _Versioned):
    """What is there, written anew."""


class AssessForm(GradeForm, _Versioned):
    """A new judgement of what is there."""


class MitigationForm(forms.Form):
    text = forms.CharField(label=_("Tiltak"), max_length=400)
    responsible = forms.CharField(label=_("Ansvarlig"), max_length=160, help_text=_("Rolle, organ eller kommune."))
    due_on = DayField(label=_("Frist"))


class NoteForm(forms.Form):
    text = _long(_("Notat"), required=True, help_text=_("Blir stående og kan ikke endres etterpå."))


class WhyForm(forms.Form):
    why = _long(_("Begrunnelse"), rows=2, required=True)
