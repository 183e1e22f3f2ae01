"""What is typed about ratings and campaigns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kompetanse.domains.assessments.queries.words import kind_name, level_name, range_words
from kompetanse.domains.assessments.types import (
    LONGEST_COMMENT,
    LONGEST_LETTER,
    LONGEST_REASON,
    CampaignInput,
    Item,
    Level,
    RaterKind,
    RatingInput,
    RatingRow,
)
from kompetanse.domains.organisation.types import UnitRow
from kompetanse.ui.fields import DayField


class RatingForm(forms.Form):
    """Levels as radio groups, one for each thing to rate. Everything may be left for later.

    `told` is (key, label, item): the key is what the answer is about, a requirement or a person.
    """

    def __init__(self, data: Any, told: Sequence[tuple[int, str, Item]], kind: RaterKind) -> None:
        super().__init__(data)
        self.told, self.kind = told, kind
        levels = [(str(level.value), level_name(level)) for level in Level]
        for key, label, item in told:
            before = item.of(kind)
            wanted = range_words(item.lowest, item.highest)
            hints = [item.why, _("Ønsket nivå: %(wanted)s.") % {"wanted": wanted} if wanted else ""]
            self.fields[f"level_{key}"] = forms.ChoiceField(
                label=_("Kritisk: %(name)s") % {"name": label} if item.critical else label,
                choices=levels,
                widget=forms.RadioSelect,
                required=False,
                help_text=" ".join(hint for hint in hints if hint),
                initial=str(before.level.value) if before else None,
                error_messages={"invalid_choice": _("Velg et av de fire nivåene.")},
            )
            self.fields[f"comment_{key}"] = forms.CharField(
                label=_("Kommentar til «%(name)s»") % {"name": label},
                max_length=LONGEST_COMMENT,
                required=False,
                initial=before.comment if before else "",
            )

    def rows(self) -> Iterator[tuple[BoundField, BoundField, list[tuple[str, RatingRow]]]]:
        """Each thing to rate with its two fields and what others have said, side by side."""
        for key, _label, item in self.told:
            others = [(kind_name(row.kind), row) for row in item.ratings if row.kind is not self.kind]
            yield self[f"level_{key}"], self[f"comment_{key}"], others

    def answers(self) -> dict[int, RatingInput]:
        """What is answered: the chosen levels."""
        return {
            key: RatingInput(int(level), self.cleaned_data[f"comment_{key}"])
            for key, _label, _item in self.told
            if (level := self.cleaned_data[f"level_{key}"])
        }


class PeerForm(forms.Form):
    """Which colleague."""

    peer = forms.TypedChoiceField(label=lazy("Kollega"), coerce=int)

    def __init__(self, data: Any, colleagues: Iterable[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["peer"].choices = list(colleagues)  # type: ignore[attr-defined]


class CampaignForm(forms.Form):
    """What is decided about a campaign; only the titles and the days must be filled in."""

    title_nb = forms.CharField(label=lazy("Navn på bokmål"), max_length=160)
    title_nn = forms.CharField(label=lazy("Navn på nynorsk"), max_length=160)
    starts_on = DayField(label=lazy("Første dag"))
    ends_on = DayField(label=lazy("Siste dag"))
    asks_self = forms.BooleanField(label=lazy("Den ansatte svarer selv"), required=False)
    asks_manager = forms.BooleanField(label=lazy("Lederen vurderer"), required=False)
    units = forms.TypedMultipleChoiceField(
        label=lazy("Enheter"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=lazy("Velg ingen for å ta med hele kommunen. Enhetene under kommer med."),
    )
    sectors = forms.MultipleChoiceField(label=lazy("Sektorer"), required=False, widget=forms.CheckboxSelectMultiple)
    titles = forms.CharField(
        label=lazy("Stillinger"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=lazy("Én stillingstittel på hver linje. La stå tomt for å ta med alle."),
    )
    requirements = forms.TypedMultipleChoiceField(
        label=lazy("Krav"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=lazy("Velg ingen for å spørre om alt som kreves av den enkelte. Det spørres aldri om noe annet."),
    )
    letter_nb = forms.CharField(
        label=lazy("Tekst i brevet, bokmål"),
        required=False,
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("Settes inn i brevet vi sender når kartleggingen åpnes, og i påminnelser."),
    )
    letter_nn = forms.CharField(
        label=lazy("Tekst i brevet, nynorsk"),
        required=False,
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, data: Any, units: Iterable[UnitRow], requirements: Iterable[tuple[int, str]], before: CampaignInput | None
    ) -> None:
        initial = {"asks_self": True, "asks_manager": True} if before is None else _initial(before)
        super().__init__(data, initial=initial)
        rows = list(units)
        deepest = "\u2003"  # an em space for each level below the top: a tree within a plain list
        self.fields["units"].choices = [(row.id, deepest * row.depth + row.name) for row in rows]  # type: ignore[attr-defined]
        self.fields["sectors"].choices = [  # type: ignore[attr-defined]
            (sector, sector) for sector in sorted({row.sector for row in rows if row.sector})
        ]
        self.fields["requirements"].choices = list(requirements)  # type: ignore[attr-defined]

    def as_input(self, tenant_id: int) -> CampaignInput:
        told = dict(self.cleaned_data)
        told["titles"] = tuple(line.strip() for line in told["titles"].splitlines() if line.strip())
        for name in ("units", "sectors", "requirements"):
            told[name] = tuple(told[name])
        return CampaignInput(tenant_id=tenant_id, **told)


def _initial(before: CampaignInput) -> dict[str, Any]:
    names = ("title_nb", "title_nn", "starts_on", "ends_on", "asks_self", "asks_manager", "letter_nb", "letter_nn")
    return {
        **{name: getattr(before, name) for name in names},
        "units": list(before.units),
        "sectors": list(before.sectors),
        "titles": "\n".join(before.titles),
        "requirements": list(before.requirements),
    }


class PlaceForm(forms.Form):
    """Where something is decided: in the region for all, or in a municipality."""

    place = forms.TypedChoiceField(label=lazy("Gjelder"), coerce=int)

    def __init__(self, data: Any, places: Iterable[tuple[int, str]], *, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self.fields["place"].choices = list(places)  # type: ignore[attr-defined]


class RangeForm(PlaceForm):
    lowest = forms.TypedChoiceField(label=lazy("Laveste ønskede nivå"), coerce=int)
    highest = forms.TypedChoiceField(label=lazy("Høyeste ønskede nivå"), coerce=int)

    def __init__(self, data: Any, places: Iterable[tuple[int, str]], *, prefix: str) -> None:
        super().__init__(data, places, prefix=prefix)
        self.initial.update(lowest=Level.INDEPENDENT.value, highest=Level.TEACHING.value)
        for name in ("lowest", "highest"):
            self.fields[name].choices = [(it.value, level_name(it)) for it in Level]  # type: ignore[attr-defined]


class CriticalForm(PlaceForm):
    reason = forms.CharField(label=lazy("Hvorfor er kravet kritisk?"), max_length=LONGEST_REASON)
    valid_from = DayField(label=lazy("Fra"))
    valid_to = DayField(label=lazy("Til og med"), required=False)


class MandateForm(PlaceForm):
    employee_number = forms.CharField(label=lazy("Ansattnummer"), max_length=40)
    valid_to = DayField(label=lazy("Til og med"), required=False)
