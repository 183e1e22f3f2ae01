"""What people fill in about orders, services, guidelines and time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kompetanse.domains.orders.types import MOST_SEATS, OrdersPage
from kompetanse.domains.orders.types.catalogue import MAY_ORDER, OrderUnit, ServiceInput, ServiceKind, ServiceRow
from kompetanse.domains.orders.types.guidelines import MOST_RULES, REASON_LENGTH, Route, Rule
from kompetanse.domains.orders.types.office import StaffRow
from kompetanse.domains.organisation.types import Role
from kompetanse.kernel.money import Money
from kompetanse.ui.fields import DayField, MoneyField

from . import words

_HOURS = re.compile(r"([-−]?)(\d{1,7})(?:[.,](\d{1,2}))?")
_NUMBER = {"inputmode": "numeric"}


class HoursField(forms.Field):
    """Hours as people write them, kept as whole minutes. How many make sense, the rules say."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Skriv timer som et tall, for eksempel 7,5.")}

    def to_python(self, value: Any) -> int | None:
        text = re.sub(r"\s", "", str(value if value is not None else ""))
        if not text:
            return None
        found = _HOURS.fullmatch(text)
        if not found:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        sign, whole, part = found.groups()
        minutes = int(whole) * 60 + round(int((part or "0").ljust(2, "0")) * 60 / 100)
        return -minutes if sign else minutes

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return f"{value / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")
        return value


def _text(
    label: Any, *, rows: int = 3, required: bool = False, help_text: Any = "", most: int = 1000
) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=most, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def _choose(form: forms.Form, name: str, choices: Iterable[tuple[Any, str]]) -> None:
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class OrderForm(forms.Form):
    """Order seats. The municipality is asked for only where the reader orders for several."""

    municipality = forms.TypedChoiceField(label=_("Kommune"), coerce=int)
    measure = forms.TypedChoiceField(label=_("Tiltak i handlingsplanen"), coerce=int)
    seats = forms.IntegerField(
        label=_("Antall plasser"), min_value=1, max_value=MOST_SEATS, widget=forms.NumberInput(attrs=_NUMBER)
    )
    note = forms.CharField(
        label=_("Merknad til kurskontoret"), required=False, max_length=500,
        help_text=_("Valgfritt. For eksempel ønsket sted eller tid."),
    )  # fmt: skip

    def __init__(self, data: object, found: OrdersPage, chosen: str = "") -> None:
        super().__init__(data, initial={"measure": chosen})  # type: ignore[arg-type]
        _choose(self, "measure", [(row.id, f"{row.title} ({row.year})") for row in found.measures])
        if len(found.municipalities) > 1:
            _choose(self, "municipality", found.municipalities)
        else:
            del self.fields["municipality"]


class ServiceOrderForm(forms.Form):
    """Order a service. `place` is a municipality (k…) or a unit (e…); asked for where there are several."""

    place = forms.ChoiceField(label=_("Hvem bestillingen er for"))
    quantity = forms.IntegerField(widget=forms.NumberInput(attrs=_NUMBER))
    municipalities = forms.IntegerField(
        label=_("Hvor mange kommuner gjelder det?"), initial=1, min_value=1, max_value=1000,
        widget=forms.NumberInput(attrs=_NUMBER),
    )  # fmt: skip
    is_statutory = forms.BooleanField(label=_("Det er lovpålagt"), required=False)
    note = forms.CharField(
        label=_("Merknad til kurskontoret"), required=False, max_length=500,
        help_text=_("Valgfritt. For eksempel ønsket sted eller tid."),
    )  # fmt: skip

    def __init__(self, data: object, service: ServiceRow, places: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.places = places
        told = service.told
        self.fields["quantity"].label = words.units()[told.unit]
        self.fields["quantity"].help_text = _("Fra %(least)s til %(most)s.") % {"least": told.least, "most": told.most}
        if len(places) > 1:
            _choose(self, "place", places)
        else:
            del self.fields["place"]

    def where(self) -> str:
        return str(self.cleaned_data.get("place") or self.places[0][0])


class ChangeForm(forms.Form):
    seats = forms.IntegerField(label=_("Antall"), min_value=1, max_value=MOST_SEATS)


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Hvorfor avlyses bestillingen?"), max_length=500)


class QuoteForm(forms.Form):
    price_each = MoneyField(label=_("Pris per enhet, i kroner"))
    minutes = HoursField(label=_("Kontorets arbeid i alt, i timer"))
    days_expected = forms.IntegerField(
        label=_("Dager fra avtale til levering"), widget=forms.NumberInput(attrs=_NUMBER)
    )
    expires_on = DayField(label=_("Tilbudet gjelder til og med"))
    release_on = DayField(
        label=_("Siste dag plasser kan leveres tilbake"), required=False, help_text=_("Bare for plasser.")
    )
    terms = _text(_("Vilkår"), most=4000, help_text=_("Uten tekst gjelder vilkårene i katalogen."))


class AcceptQuoteForm(forms.Form):
    number = forms.IntegerField(widget=forms.HiddenInput)
    purchase_reference = forms.CharField(
        label=_("Bestillingsreferanse"), max_length=60, required=False,
        help_text=_("Innkjøpsnummer, eller ansvar og tjeneste. Den følger fakturaen."),
    )  # fmt: skip


class DeclineQuoteForm(forms.Form):
    number = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(label=_("Hvorfor takker dere nei?"), max_length=500)


class ForumForm(forms.Form):
    is_approved = forms.TypedChoiceField(
        label=_("Hva forumet bestemte"), choices=(("ja", _("Bestillingen er godkjent")), ("nei", _("Nei"))),
        coerce=lambda value: value == "ja",
    )  # fmt: skip
    why = forms.CharField(
        label=_("Begrunnelse"), max_length=400, required=False, help_text=_("Uten tekst gjelder ordene i vedtaket.")
    )


class StaffChoiceForm(forms.Form):
    staff_id = forms.TypedChoiceField(label=_("Medarbeider"), coerce=int)

    def __init__(self, *args: Any, staff: Iterable[StaffRow], **options: Any) -> None:
        super().__init__(*args, **options)
        _choose(self, "staff_id", [(row.id, row.name) for row in staff])


class NamesForm(forms.Form):
    employees = forms.TypedMultipleChoiceField(
        label=_("Hvem skal ha plass?"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        _choose(self, "employees", people)


class HandBackForm(forms.Form):
    count = forms.IntegerField(label=_("Antall plasser å levere tilbake"), widget=forms.NumberInput(attrs=_NUMBER))


class NoteForm(forms.Form):
    note = forms.CharField(label=_("Merknad"), max_length=500, required=False)


class DeviationForm(forms.Form):
    text = _text(_("Hva er ikke som avtalt?"), required=True)


class FollowForm(StaffChoiceForm):
    due_on = DayField(label=_("Frist"))


class CloseForm(forms.Form):
    outcome = _text(_("Hva ble gjort?"), required=True)


class TimeForm(StaffChoiceForm):
    day = DayField(label=_("Dag"))
    hours = HoursField(label=_("Timer"))
    note = forms.CharField(label=_("Hva tiden gikk til"), max_length=200, required=False)


class StaffForm(forms.Form):
    person_id = forms.TypedChoiceField(label=_("Medarbeider"), coerce=int)
    weekly_hours = HoursField(label=_("Timer i uka til bestillinger"))
    valid_from = DayField(label=_("Fra og med"))
    valid_to = DayField(label=_("Til (første dag uten)"), required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        _choose(self, "person_id", people)


class ServiceForm(forms.Form):
    """A version of a service."""

    title_nb = forms.CharField(label=_("Navn, bokmål"), max_length=160)
    title_nn = forms.CharField(label=_("Navn, nynorsk"), max_length=160, required=False)
    kind = forms.ChoiceField(label=_("Slag"))
    unit = forms.ChoiceField(label=_("Enhet"))
    description_nb = _text(_("Beskrivelse, bokmål"), most=4000)
    description_nn = _text(_("Beskrivelse, nynorsk"), most=4000)
    price_each = MoneyField(label=_("Pris per enhet, i kroner"), required=False)
    hours_each = HoursField(label=_("Kontorets arbeid per enhet, i timer"), required=False)
    days_expected = forms.IntegerField(
        label=_("Forventet tid fra avtale til levering, i dager"), widget=forms.NumberInput(attrs=_NUMBER)
    )
    least = forms.IntegerField(label=_("Minste antall"), initial=1, widget=forms.NumberInput(attrs=_NUMBER))
    most = forms.IntegerField(label=_("Største antall"), initial=100, widget=forms.NumberInput(attrs=_NUMBER))
    release_days = forms.IntegerField(
        label=_("Plasser kan leveres tilbake til så mange dager før levering"), required=False,
        widget=forms.NumberInput(attrs=_NUMBER),
        help_text=_("Uten tall kan de leveres tilbake helt fram til levering."),
    )  # fmt: skip
    roles = forms.MultipleChoiceField(label=_("Hvem kan bestille"), widget=forms.CheckboxSelectMultiple)
    terms_nb = _text(_("Vilkår, bokmål"), most=4000)
    terms_nn = _text(_("Vilkår, nynorsk"), most=4000)

    def __init__(self, data: object, service: ServiceRow | None = None) -> None:
        super().__init__(data, initial=_told(service) if service else {"roles": list(MAY_ORDER)})  # type: ignore[arg-type]
        _choose(self, "kind", words.kinds().items())
        _choose(self, "unit", words.units().items())
        _choose(self, "roles", words.roles().items())

    def told(self) -> ServiceInput:
        found = dict(self.cleaned_data)
        return ServiceInput(
            kind=ServiceKind(found.pop("kind")),
            unit=OrderUnit(found.pop("unit")),
            roles=tuple(Role(role) for role in found.pop("roles")),
            price_each=found.pop("price_each") or Money(),
            minutes_each=found.pop("hours_each") or 0,
            **found,
        )


def _told(service: ServiceRow) -> dict[str, Any]:
    told = service.told
    return {
        "title_nb": told.title_nb, "title_nn": told.title_nn, "kind": told.kind, "unit": told.unit,
        "description_nb": told.description_nb, "description_nn": told.description_nn, "price_each": told.price_each,
        "hours_each": told.minutes_each, "days_expected": told.days_expected, "least": told.least, "most": told.most,
        "release_days": told.release_days, "roles": list(told.roles), "terms_nb": told.terms_nb,
        "terms_nn": told.terms_nn,
    }  # fmt: skip


WHETHER = (("", _("Spiller ingen rolle")), ("ja", _("Ja")), ("nei", _("Nei")))


def _yes(value: str) -> bool | None:
    return None if value == "" else value == "ja"


class RuleForm(forms.Form):
    """A rule of the guidelines; one without a reason in bokmål is left out."""

    place = forms.IntegerField(label=_("Plass i rekkefølgen"), min_value=1, max_value=99, required=False)
    route = forms.ChoiceField(label=_("Da går bestillingen"))
    reason_nb = forms.CharField(
        label=_("Begrunnelse, bokmål"), max_length=REASON_LENGTH, required=False,
        help_text=_("Står i bestillingen. En regel uten begrunnelse blir ikke med."),
    )  # fmt: skip
    reason_nn = forms.CharField(label=_("Begrunnelse, nynorsk"), max_length=REASON_LENGTH, required=False)
    kinds = forms.MultipleChoiceField(label=_("Slag"), required=False, widget=forms.CheckboxSelectMultiple)
    cost_from = MoneyField(label=_("Koster fra, i kroner"), required=False)
    cost_below = MoneyField(label=_("Koster under, i kroner"), required=False)
    minutes_from = HoursField(label=_("Tar fra så mange timer"), required=False)
    minutes_below = HoursField(label=_("Tar under så mange timer"), required=False)
    municipalities_from = forms.IntegerField(label=_("Gjelder fra så mange kommuner"), required=False)
    in_plan = forms.ChoiceField(label=_("Står i vedtatt plan"), choices=WHETHER, required=False)
    statutory = forms.ChoiceField(label=_("Er lovpålagt"), choices=WHETHER, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _choose(self, "route", words.routes().items())
        _choose(self, "kinds", words.kinds().items())

    @property
    def is_filled(self) -> bool:
        return bool(getattr(self, "cleaned_data", {}).get("reason_nb", "").strip())

    def rule(self) -> Rule:
        told = self.cleaned_data
        least, below = (None if told[name] is None else told[name].ore for name in ("cost_from", "cost_below"))
        return Rule(
            Route(told["route"]), told["reason_nb"], told["reason_nn"],
            tuple(ServiceKind(kind) for kind in told["kinds"]), least, below, told["minutes_from"],
            told["minutes_below"], told["municipalities_from"], _yes(told["in_plan"]), _yes(told["statutory"]),
        )  # fmt: skip


def rule_as_typed(rule: Rule, place: int) -> dict[str, Any]:
    def said(value: bool | None) -> str:
        return "" if value is None else "ja" if value else "nei"

    def money(ore: int | None) -> Money | None:
        return None if ore is None else Money(ore)

    return {
        "place": place, "route": rule.route, "reason_nb": rule.reason_nb, "reason_nn": rule.reason_nn,
        "kinds": list(rule.kinds), "cost_from": money(rule.cost_from_ore), "cost_below": money(rule.cost_below_ore),
        "minutes_from": rule.minutes_from, "minutes_below": rule.minutes_below,
        "municipalities_from": rule.municipalities_from, "in_plan": said(rule.in_plan),
        "statutory": said(rule.statutory),
    }  # fmt: skip


class GuidelineForm(forms.Form):
    valid_from = DayField(label=_("Gjelder fra og med"))
    otherwise = forms.ChoiceField(label=_("Når ingen regel passer, går bestillingen"))
    decided_by = forms.CharField(
        label=_("Vedtatt i"), max_length=120, required=False, help_text=_("For eksempel Sak 012/27.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _choose(self, "otherwise", words.routes().items())


def rule_forms(data: Any, rules: Sequence[Rule]) -> list[RuleForm]:
    """A form for each rule, and room for two more."""
    count = min(len(rules) + 2, MOST_RULES)
    return [
        RuleForm(
            data, prefix=f"r{number}",
            initial=rule_as_typed(rules[number], number + 1) if number < len(rules) else {"place": number + 1},
        )
        for number in range(count)
    ]  # fmt: skip
