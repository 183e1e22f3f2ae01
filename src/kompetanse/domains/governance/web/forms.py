"""What people fill in about goals, meetings and cases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from kompetanse.domains.governance.types import TITLE_LENGTH, CaseRow, MeetingRow, PresenceRow
from kompetanse.ui.fields import DayField, MoneyField
from kompetanse.ui.formats import day

Choices = Iterable[tuple[int, str]]


def long_text(label: Any, *, rows: int = 4, help_text: Any = "", required: bool = False) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


class VersionForm(forms.Form):
    """A form over something that others may save meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def renew(self, version: int) -> None:
        """What was typed stays; the next saving builds on what is saved now."""
        data = MultiValueDict(self.data.lists()) if isinstance(self.data, MultiValueDict) else MultiValueDict()
        data[self.add_prefix("version")] = str(version)
        self.data = data


class GoalForm(forms.Form):
    tenant_id = forms.TypedChoiceField(label=_("Hvem målet gjelder"), coerce=int)
    title_nb = forms.CharField(label=_("Mål på bokmål"), max_length=TITLE_LENGTH)
    title_nn = forms.CharField(label=_("Mål på nynorsk"), max_length=TITLE_LENGTH, required=False)
    decision_reference = forms.CharField(
        label=_("Vedtak"), max_length=120, help_text=_("Saken målet bygger på, for eksempel K-sak 41/26.")
    )
    valid_from = DayField(label=_("Gjelder fra"))
    valid_to = DayField(label=_("Gjelder til"), required=False)

    def __init__(self, *args: Any, owners: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["tenant_id"].choices = list(owners)  # type: ignore[attr-defined]


class FrameForm(forms.Form):
    tenant_id = forms.TypedChoiceField(label=_("Hvem rammen gjelder"), coerce=int)
    year = forms.IntegerField(label=_("År"), min_value=2000, max_value=2100)
    limit = MoneyField(label=_("Ramme i kroner"))
    decision_reference = forms.CharField(label=_("Vedtak"), max_length=120)

    def __init__(self, *args: Any, owners: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["tenant_id"].choices = list(owners)  # type: ignore[attr-defined]


class MeetingForm(forms.Form):
    body_id = forms.TypedChoiceField(label=_("Organ"), coerce=int)
    held_on = DayField(label=_("Dato"))
    starts_at = forms.TimeField(
        label=_("Klokkeslett"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label=_("Sted"), max_length=120, required=False)
    notice = long_text(_("Innkalling"), help_text=_("Det som skal stå øverst i møteinnkallingen."))

    def __init__(self, *args: Any, bodies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body_id"].choices = list(bodies)  # type: ignore[attr-defined]


class PresenceForm(VersionForm):
    present = forms.TypedMultipleChoiceField(
        label=_("Til stede"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, presence: Iterable[PresenceRow], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["present"].choices = [  # type: ignore[attr-defined]
            (row.seat_id, f"{row.name}, {row.represents}" if row.represents else row.name) for row in presence
        ]


class CaseForm(forms.Form):
    title = forms.CharField(label=_("Tittel"), max_length=TITLE_LENGTH)
    presenter = forms.CharField(label=_("Saksbehandler"), max_length=120, required=False)
    proposal = long_text(_("Forslag til vedtak"))


class CasePapersForm(CaseForm, VersionForm):
    """The papers of a case that is there."""


class DecisionForm(VersionForm):
    decision_text = long_text(_("Vedtak"), required=True)
    union_view = long_text(
        _("De tillitsvalgtes syn"), rows=2, help_text=_("Det de tillitsvalgte har skrevet før møtet, står her.")
    )
    dissent = long_text(_("Dissens"), rows=2, help_text=_("Hvem som var uenig, og hvorfor."))

    @classmethod
    def of(cls, case: CaseRow, data: Any = None) -> DecisionForm:
        """The form for one case: filled with the proposal, so that the meeting only changes what it changes."""
        initial = {
            "version": case.version, "decision_text": case.proposal,
            "union_view": case.union_view, "dissent": case.dissent,
        }  # fmt: skip
        return cls(data, prefix=f"sak{case.id}", initial=initial)


class AgendaForm(forms.Form):
    meeting_id = forms.TypedChoiceField(label=_("Møte"), coerce=int)

    def __init__(self, *args: Any, meetings: Iterable[MeetingRow], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(meeting.id, f"{day(meeting.held_on)}, {meeting.place}".rstrip(", ")) for meeting in meetings]
        self.fields["meeting_id"].choices = choices  # type: ignore[attr-defined]


class ViewForm(forms.Form):
    text = long_text(
        _("Ditt syn på saken"), required=True, help_text=_("Det du skriver er offentlig og kan ikke endres etterpå.")
    )


class WithdrawForm(VersionForm):
    why = forms.CharField(label=_("Hvorfor trekkes saken?"), max_length=400)
