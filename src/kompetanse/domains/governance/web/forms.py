"""What people fill in about goals, meetings and cases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanse.domains.governance.rules.writing import mark
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
    ends_at = forms.TimeField(
        label=_("Slutter"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    papers_due = DayField(label=_("Frist for å melde saker"), required=False)
    place = forms.CharField(label=_("Sted"), max_length=120, required=False)
    notice = long_text(_("Innkalling"), help_text=_("Det som skal stå øverst i møteinnkallingen."))
    short_notice = forms.CharField(
        label=_("Hvorfor innkallingen kommer senere enn fristen"), max_length=400, required=False,
        help_text=_("Fylles bare ut når møtet er nærmere enn organets innkallingsfrist."),
    )  # fmt: skip

    def __init__(self, *args: Any, bodies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body_id"].choices = list(bodies)  # type: ignore[attr-defined]


class PresenceForm(VersionForm):
    present = forms.TypedMultipleChoiceField(
        label=_("Til stede"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    also_present = long_text(
        _("Til stede uten plass"), rows=2, help_text=_("Hvem, og når de kom og gikk. For eksempel: under sak 056/13.")
    )

    def __init__(
        self,
        *args: Any,
        presence: Iterable[PresenceRow],
        deputies: Iterable[tuple[int, str]] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        presence, deputies = list(presence), list(deputies)
        for row in presence if deputies else ():
            self.fields[f"deputy_{row.seat_id}"] = forms.TypedChoiceField(
                label=_("Vara for %(name)s") % {"name": row.name}, coerce=int, required=False, empty_value=None,
                choices=[("", _("Ingen vara")), *deputies], initial=row.deputy_id,
            )  # fmt: skip
        self.fields["present"].choices = [  # type: ignore[attr-defined]
            (row.seat_id, f"{row.name}, {row.represents}" if row.represents else row.name) for row in presence
        ]

    def told(self) -> dict[str, Any]:
        """The values as note_presence takes them."""
        values = dict(self.cleaned_data)
        chosen = {int(key[7:]): values.pop(key) for key in list(values) if key.startswith("deputy_")}
        return {**values, "deputies": {seat: deputy for seat, deputy in chosen.items() if deputy is not None}}


class CaseForm(forms.Form):
    title = forms.CharField(label=_("Tittel"), max_length=TITLE_LENGTH)
    presenter = forms.CharField(label=_("Saksbehandler"), max_length=120, required=False)
    proposal = long_text(_("Forslag til vedtak"))


class CasePapersForm(CaseForm, VersionForm):
    """The papers of a case that is there."""

    legal_ground = forms.CharField(
        label=_("Hjemmel for unntak fra offentlighet"), max_length=120, required=False,
        help_text=_("For eksempel offl. § 13, jf. fvl. § 13. Tomt felt: saken er offentlig."),
    )  # fmt: skip


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
            "version": case.version, "decision_text": case.draft_decision or case.proposal,
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


# --- papers ---------------------------------------------------------------------------------------------


class AnnounceForm(forms.Form):
    title = forms.CharField(label=_("Vedlegg som ettersendes"), max_length=TITLE_LENGTH)


class EnclosureForm(forms.Form):
    file = forms.FileField(
        label=_("Fil"), max_length=300, allow_empty_file=True,
        help_text=_("PDF, JPEG eller PNG, høyst 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"}),
        error_messages={
            "required": _("Velg en fil."), "max_length": _("Filnavnet er for langt. Gi filen et kortere navn."),
        },
    )  # fmt: skip
    title = forms.CharField(label=_("Tittel på vedlegget"), max_length=TITLE_LENGTH, required=False)
    document_id = forms.TypedChoiceField(
        label=_("Er det et vedlegg som er varslet?"), coerce=int, empty_value=None, required=False
    )
    legal_ground = forms.CharField(
        label=_("Hjemmel, om vedlegget er unntatt offentlighet"), max_length=120, required=False
    )

    def __init__(self, *args: Any, waiting: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        if waiting := list(waiting):
            self.fields["document_id"].choices = [("", _("Nei, det er et nytt vedlegg")), *waiting]  # type: ignore[attr-defined]
        else:
            del self.fields["document_id"]


class EarlierForm(forms.Form):
    reference = forms.CharField(
        label=_("Tidligere sak"), max_length=40, help_text=_("Saksnummeret, for eksempel Sak 054/26.")
    )


class HearingForm(forms.Form):
    question = long_text(_("Det spørres om"), required=True)
    due_on = DayField(label=_("Svarfrist"))


class AnswerForm(forms.Form):
    place = forms.ChoiceField(label=_("Hvem svarer du for?"))
    text = long_text(_("Svar"), required=True, help_text=_("Svaret er offentlig og kan ikke endres etterpå."))

    def __init__(self, *args: Any, places: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].choices = list(places)  # type: ignore[attr-defined]


# --- at the table ---------------------------------------------------------------------------------------


class WritingForm(forms.Form):
    """A text that others may be writing in: `seen` marks what this writer started from."""

    part = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)
    text = long_text("", rows=6)

    def __init__(self, *args: Any, label: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].label = label

    def meet(self, saved: str) -> str:
        """What others have saved meanwhile, if they have. What was typed stays; the next saving builds on theirs."""
        if self.data.get(self.add_prefix("seen")) == mark(saved):
            return ""
        data = MultiValueDict(self.data.lists()) if isinstance(self.data, MultiValueDict) else MultiValueDict()
        data[self.add_prefix("seen")] = mark(saved)
        self.data = data
        return saved or gettext("(tomt)")


class AbsenceForm(forms.Form):
    seat_id = forms.TypedChoiceField(label=_("Hvem"), coerce=int)
    kind = forms.ChoiceField(
        label=_("Hva"), choices=[("partial", _("Inhabil")), ("away", _("Ute av rommet")), ("", _("Er med i saken"))],
        required=False,
    )  # fmt: skip
    why = forms.CharField(label=_("Grunn"), max_length=400, required=False)

    def __init__(self, *args: Any, seats: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seat_id"].choices = list(seats)  # type: ignore[attr-defined]


class BallotForm(forms.Form):
    question = long_text(_("Det stemmes over"), rows=3)


class VoteForm(forms.Form):
    choice = forms.ChoiceField(
        label=_("Stemme"), choices=[("for", _("For")), ("against", _("Mot")), ("blank", _("Blank"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    seat_id = forms.TypedChoiceField(label=_("Hvem stemmer"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, seats: Choices = (), **options: Any) -> None:
        super().__init__(*args, **options)
        if seats := list(seats):
            self.fields["seat_id"].choices = seats  # type: ignore[attr-defined]
        else:
            del self.fields["seat_id"]


class TaskForm(forms.Form):
    what = forms.CharField(label=_("Hva skal gjøres"), max_length=400)
    seat_id = forms.TypedChoiceField(label=_("Hvem har ansvaret"), coerce=int)
    due_on = DayField(label=_("Frist"))

    def __init__(self, *args: Any, owners: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seat_id"].choices = list(owners)  # type: ignore[attr-defined]


class OutcomeForm(forms.Form):
    outcome = long_text(_("Hva kom ut av det?"), rows=2, required=True)
