"""What people fill in about days to meet, rules of bodies, and cases between regions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.domains.governance.types.polls import MOST_DATES, PollChoice, PollDateRow, PollSeat
from kompetanse.domains.organisation.types import VoteRule
from kompetanse.ui.fields import DayField
from kompetanse.ui.formats import day

from .forms import Choices, long_text

SHOWN_DATES = 6


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class PollForm(forms.Form):
    body_id = forms.TypedChoiceField(label=_("Organ"), coerce=int)
    answers_due = DayField(label=_("Svarfrist"))
    place = forms.CharField(label=_("Sted"), max_length=120, required=False)
    note = long_text(_("Melding til dem som spørres"), rows=2)

    def __init__(self, *args: Any, bodies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body_id"].choices = list(bodies)  # type: ignore[attr-defined]
        for number in range(1, min(SHOWN_DATES, MOST_DATES) + 1):
            self.fields[f"day_{number}"] = DayField(
                label=_("Forslag %(number)s, dag") % {"number": number}, required=number <= 2
            )
            self.fields[f"time_{number}"] = _clock(_("Forslag %(number)s, klokkeslett") % {"number": number})

    def told(self) -> dict[str, Any]:
        """The values as open_poll takes them."""
        values = dict(self.cleaned_data)
        dates: list[tuple[date, time | None]] = []
        for number in range(1, SHOWN_DATES + 1):
            when, at = values.pop(f"day_{number}"), values.pop(f"time_{number}")
            if when is not None:
                dates.append((when, at))
        return {**values, "dates": dates}


class PollAnswerForm(forms.Form):
    """One choice for each day; for a seat that is named where the writer keeps the body's meetings."""

    def __init__(
        self, *args: Any, dates: Iterable[PollDateRow], own: PollSeat | None, seats: Iterable[PollSeat] = (),
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        if seats := list(seats):
            self.fields["seat_id"] = forms.TypedChoiceField(
                label=_("Svaret gjelder"), coerce=int, choices=[(seat.seat_id, seat.name) for seat in seats]
            )
        for row in dates:
            at = f" {row.starts_at:%H.%M}" if row.starts_at else ""
            self.fields[f"date_{row.id}"] = forms.TypedChoiceField(
                label=f"{day(row.held_on, 'weekday')}{at}", coerce=PollChoice, widget=forms.RadioSelect,
                choices=[
                    (PollChoice.CAN.value, _("Kan")), (PollChoice.IF_NEEDED.value, _("Kan om nødvendig")),
                    (PollChoice.CANNOT.value, _("Kan ikke")),
                ],
                initial=own.answers.get(row.id) if own else None,
            )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """The values as answer_poll takes them."""
        answers = {int(key[5:]): said for key, said in self.cleaned_data.items() if key.startswith("date_")}
        return {"answers": answers, "seat_id": self.cleaned_data.get("seat_id")}


class ChoiceForm(forms.Form):
    date_id = forms.TypedChoiceField(label=_("Møtedag"), coerce=int)
    short_notice = forms.CharField(
        label=_("Hvorfor innkallingen kommer senere enn fristen"), max_length=400, required=False,
        help_text=_("Fylles bare ut når møtet er nærmere enn organets innkallingsfrist."),
    )  # fmt: skip

    def __init__(self, *args: Any, dates: Iterable[PollDateRow], **options: Any) -> None:
        super().__init__(*args, **options)
        rows = sorted(dates, key=lambda row: not row.is_best)
        self.fields["date_id"].choices = [  # type: ignore[attr-defined]
            (row.id, f"{day(row.held_on, 'weekday')}{f' {row.starts_at:%H.%M}' if row.starts_at else ''}")
            for row in rows
        ]


class RulesForm(forms.Form):
    quorum = forms.IntegerField(label=_("Vedtaksfør med"), min_value=1, max_value=200)
    vote_rule = forms.TypedChoiceField(
        label=_("Stemmer"), coerce=VoteRule,
        choices=[(VoteRule.ONE_EACH.value, _("Én stemme hver")), (VoteRule.WEIGHTED.value, _("Vektede stemmer"))],
    )  # fmt: skip
    unions_vote = forms.BooleanField(label=_("Tillitsvalgte har stemmerett"), required=False)
    notice_days = forms.IntegerField(label=_("Innkallingsfrist i dager"), min_value=0, max_value=90)
    above_id = forms.TypedChoiceField(
        label=_("Organet over"), coerce=int, required=False, empty_value=None,
        help_text=_("Dit sakene sendes videre."),
    )  # fmt: skip
    decision_reference = forms.CharField(
        label=_("Vedtak"), max_length=120, required=False, help_text=_("Saken der reglene ble vedtatt.")
    )

    def __init__(self, *args: Any, bodies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["above_id"].choices = [("", _("Ingen")), *bodies]  # type: ignore[attr-defined]


class WeightForm(forms.Form):
    seat_id = forms.TypedChoiceField(label=_("Plass"), coerce=int)
    weight = forms.IntegerField(label=_("Vekt"), min_value=1, max_value=100)

    def __init__(self, *args: Any, seats: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seat_id"].choices = list(seats)  # type: ignore[attr-defined]


class NumberForm(forms.Form):
    last = forms.IntegerField(
        label=_("Siste saksnummer brukt i år"), min_value=0, max_value=9999,
        help_text=_("For organer som har nummerert sakene et annet sted. Neste sak får nummeret etter."),
    )  # fmt: skip


class TakeUpForm(forms.Form):
    body_id = forms.TypedChoiceField(label=_("Organ som skal behandle saken"), coerce=int)

    def __init__(self, *args: Any, bodies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body_id"].choices = list(bodies)  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    why = forms.CharField(label=_("Hvorfor saken ikke tas opp"), max_length=400)


class ForwardForm(forms.Form):
    region = forms.ChoiceField(label=_("Region"))
    note = long_text(_("Følgebrev"), rows=2)

    def __init__(self, *args: Any, regions: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["region"].choices = [(name, name) for name in regions]  # type: ignore[attr-defined]
