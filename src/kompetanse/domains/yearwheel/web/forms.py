"""What people fill in about the year wheel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from kompetanse.domains.yearwheel.types import (
    FIRST_YEAR,
    LAST_YEAR,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Doer,
    Reads,
    Stated,
    StepInput,
    StepKind,
)
from kompetanse.ui.fields import DayField

from .words import DOERS, KINDS, READS, STATED

Choices = Iterable[tuple[int, str]]


def _text(label: Any, *, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=TEXT_LENGTH, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class StartForm(forms.Form):
    year = forms.IntegerField(label=_("År"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    standard = forms.BooleanField(
        label=_("Ta med trinnene i det vanlige årshjulet"), required=False, initial=True,
        help_text=_("Tolv trinn fra resultat til vedtatt plan. Alt kan endres etterpå."),
    )  # fmt: skip


class StepForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title_nb = forms.CharField(label=_("Tittel på bokmål"), max_length=TITLE_LENGTH)
    title_nn = forms.CharField(label=_("Tittel på nynorsk"), max_length=TITLE_LENGTH)
    kind = forms.TypedChoiceField(label=_("Slag"), coerce=StepKind, choices=[(key.value, KINDS[key]) for key in KINDS])
    doer = forms.TypedChoiceField(
        label=_("Hvem gjør det"), coerce=Doer, choices=[(key.value, DOERS[key]) for key in DOERS]
    )
    starts_on = DayField(label=_("Første dag"))
    ends_on = DayField(label=_("Siste dag"))
    task_nb = _text(_("Hva som skal gjøres, på bokmål"))
    task_nn = _text(_("Hva som skal gjøres, på nynorsk"))
    opens_nb = _text(_("Hva som åpner trinnet, på bokmål"))
    opens_nn = _text(_("Hva som åpner trinnet, på nynorsk"))
    closes_nb = _text(_("Hva som avslutter trinnet, på bokmål"))
    closes_nn = _text(_("Hva som avslutter trinnet, på nynorsk"))
    reads = forms.TypedChoiceField(
        label=_("Hvor langt det er kommet"), coerce=Reads, choices=[(key.value, READS[key]) for key in READS]
    )
    meeting_id = forms.TypedChoiceField(label=_("Møte"), coerce=int, required=False, empty_value=None)
    plan_id = forms.TypedChoiceField(label=_("Plan"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, meetings: Choices, plans: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (("meeting_id", meetings), ("plan_id", plans)):
            self.fields[name].choices = [("", _("Ingen")), *choices]  # type: ignore[attr-defined]

    def told(self) -> StepInput:
        return StepInput(**{name: value for name, value in self.cleaned_data.items() if name != "version"})

    def renew(self, version: int) -> None:
        """What was typed stays; the next saving builds on what is saved now."""
        data = MultiValueDict(self.data.lists()) if isinstance(self.data, MultiValueDict) else MultiValueDict()
        data[self.add_prefix("version")] = str(version)
        self.data = data


class StandingForm(forms.Form):
    """How far one has come; nothing chosen takes it back."""

    municipality_id = forms.TypedChoiceField(label=_("Kommune"), coerce=int, required=False, empty_value=None)
    status = forms.TypedChoiceField(
        label=_("Hvor langt er dere kommet?"), coerce=Stated, required=False, empty_value=None,
        choices=[("", _("Ikke begynt")), *((key.value, STATED[key]) for key in STATED)],
    )  # fmt: skip
    note = forms.CharField(label=_("Merknad"), max_length=TEXT_LENGTH, required=False)

    def __init__(self, *args: Any, places: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        known = list(places)
        if known:
            self.fields["municipality_id"].choices = known  # type: ignore[attr-defined]
        else:
            del self.fields["municipality_id"]
