"""Forms for costs, subsidies, keys and bills."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kompetanse.domains.settlements.types import (
    LONGEST_REASON,
    LONGEST_TEXT,
    MOST_PEOPLE,
    Base,
    CostingPage,
    CostKind,
    CostLineInput,
    CostLineRow,
    Key,
    PartInput,
    Place,
    SellerInput,
    SubsidyInput,
    SubsidyRow,
    Vat,
)
from kompetanse.kernel.money import Money
from kompetanse.ui.fields import MoneyField

from .words import KEYS, KINDS, PLACES, VATS


class CostLineForm(forms.Form):
    kind = forms.TypedChoiceField(label=lazy("Slag"), coerce=CostKind, choices=list(KINDS.items()))
    text = forms.CharField(label=lazy("Hva"), max_length=LONGEST_TEXT)
    planned = MoneyField(label=lazy("Planlagt, kroner"), required=False)
    actual = MoneyField(label=lazy("Faktisk, kroner"), required=False, help_text=lazy("Tomt til det er kjent."))

    def as_input(self) -> CostLineInput:
        told = self.cleaned_data
        return CostLineInput(told["kind"], told["text"], _ore(told["planned"]) or 0, _ore(told["actual"]))


class SubsidyForm(forms.Form):
    source = forms.CharField(label=lazy("Hvem betaler"), max_length=LONGEST_TEXT)
    place = forms.TypedChoiceField(label=lazy("Når trekkes det fra"), coerce=Place, choices=list(PLACES.items()))
    whose = forms.TypedChoiceField(
        label=lazy("Hvem det gjelder, når det trekkes fra etter delingen"), coerce=int, required=False, empty_value=None
    )
    planned = MoneyField(label=lazy("Planlagt, kroner"), required=False)
    actual = MoneyField(label=lazy("Faktisk, kroner"), required=False, help_text=lazy("Tomt til det er kjent."))

    def __init__(self, *args: Any, bases: tuple[Base, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["whose"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("Alle som er med, like mye")), *((base.municipality_id, base.name) for base in bases)]

    def as_input(self) -> SubsidyInput:
        told = self.cleaned_data
        return SubsidyInput(
            told["source"], told["place"], _ore(told["planned"]) or 0, _ore(told["actual"]), told["whose"]
        )


class SharingForm(forms.Form):
    """The key, and a row for each municipality; the template draws the rows."""

    key = forms.TypedChoiceField(label=lazy("Fordelingsnøkkel"), coerce=Key, choices=list(KEYS.items()))
    fixed = MoneyField(
        label=lazy("Fast sum fra hver, kroner"), required=False, help_text=lazy("Bare for nøklene med fast sum.")
    )

    def __init__(self, data: Any, page: CostingPage) -> None:
        super().__init__(data, initial={"key": page.key.value, "fixed": Money(page.fixed_ore)})
        self.bases = page.bases
        told = {part.municipality_id: part for part in page.told}
        for base in page.bases:
            part, number = told.get(base.municipality_id), base.municipality_id
            self.fields[f"with_{number}"] = forms.BooleanField(
                label=_("%(name)s er med") % {"name": base.name}, required=False, initial=base.takes_part
            )
            for name, label in (("seats", _("Plasser, %(name)s")), ("participants", _("Deltakere, %(name)s"))):
                self.fields[f"{name}_{number}"] = forms.IntegerField(
                    label=label % {"name": base.name}, required=False, min_value=0, max_value=MOST_PEOPLE,
                    initial=getattr(part, name) if part else None,
                    widget=forms.NumberInput(attrs={"placeholder": getattr(base, name)}),
                )  # fmt: skip

    def rows(self) -> list[tuple[Base, Any, Any, Any]]:
        """(municipality, takes part, seats, participants) as bound fields."""
        names = ("with", "seats", "participants")
        found = [(base, [self[f"{name}_{base.municipality_id}"] for name in names]) for base in self.bases]
        return [(base, taking, seats, people) for base, (taking, seats, people) in found]

    def parts(self) -> list[PartInput]:
        told = self.cleaned_data
        numbers = [base.municipality_id for base in self.bases]
        return [
            PartInput(number, told[f"with_{number}"], told[f"seats_{number}"], told[f"participants_{number}"])
            for number in numbers
        ]  # fmt: skip


class WhyForm(forms.Form):
    why = forms.CharField(
        label=lazy("Hvorfor det rettes"), max_length=LONGEST_REASON, required=False,
        help_text=lazy("Kommunene leser dette på fakturaen."),
    )  # fmt: skip


class SellerForm(forms.Form):
    name = forms.CharField(label=lazy("Navn"), max_length=LONGEST_TEXT)
    organisation_number = forms.CharField(label=lazy("Organisasjonsnummer"), max_length=11)
    street = forms.CharField(label=lazy("Gate"), max_length=LONGEST_TEXT, required=False)
    postal_code = forms.RegexField(r"^[0-9]{4}$", label=lazy("Postnummer"), required=False)
    city = forms.CharField(label=lazy("Poststed"), max_length=60, required=False)
    account = forms.RegexField(r"^[A-Za-z0-9 .]{11,34}$", label=lazy("Kontonummer"), required=False)
    vat_registered = forms.BooleanField(label=lazy("Er i Merverdiavgiftsregisteret"), required=False)
    vat = forms.TypedChoiceField(label=lazy("Merverdiavgift"), coerce=Vat, choices=list(VATS.items()))
    vat_reason = forms.CharField(
        label=lazy("Hvorfor det ikke er avgift"), max_length=LONGEST_TEXT, required=False,
        help_text=lazy("For eksempel: Undervisning, merverdiavgiftsloven § 3-5."),
    )  # fmt: skip
    due_days = forms.IntegerField(label=lazy("Betalingsfrist, dager"), min_value=0, max_value=90, initial=30)

    def as_input(self) -> SellerInput:
        told = dict(self.cleaned_data)
        told["account"] = "".join(told["account"].replace(".", "").split())
        return SellerInput(**told)


class PayerForm(forms.Form):
    organisation_number = forms.CharField(label=lazy("Organisasjonsnummer"), max_length=11, required=False)
    buyer_reference = forms.CharField(label=lazy("Deres referanse"), max_length=60, required=False)
    order_reference = forms.CharField(label=lazy("Bestillingsnummer"), max_length=60, required=False)


def line_initial(row: CostLineRow) -> dict[str, object]:
    return {
        "kind": row.kind.value, "text": row.text, "planned": Money(row.planned_ore),
        "actual": None if row.actual_ore is None else Money(row.actual_ore),
    }  # fmt: skip


def subsidy_initial(row: SubsidyRow) -> dict[str, object]:
    return {
        "source": row.source, "place": row.place.value, "whose": row.municipality_id, "planned": Money(row.planned_ore),
        "actual": None if row.actual_ore is None else Money(row.actual_ore),
    }  # fmt: skip


def _ore(amount: Money | None) -> int | None:
    return None if amount is None else amount.ore
