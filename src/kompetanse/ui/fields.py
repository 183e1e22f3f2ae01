"""Form fields the browser knows better than plain text: days and amounts."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kompetanse.kernel.money import Money

# Sign, whole kroner, øre. Twelve figures is more than any municipality has.
_AMOUNT = re.compile(r"([-−]?)(\d{1,12})(?:\.(\d{1,2}))?")


class DayInput(forms.DateInput):
    """The browser's own date picker; always ISO on the wire."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day. Understands the picker's ISO form and what people type: 3.3.2027, 03.03.27."""

    widget = DayInput
    default_error_messages = {"invalid": _("Skriv en dato som 31.12.2027.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"], **options)


class MoneyField(forms.Field):
    """An amount in kroner, kept as Money in whole øre."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("Skriv et beløp i kroner, for eksempel 12 500 eller 12 500,50."),
        "negative": _("Beløpet kan ikke være under null."),
    }

    def to_python(self, value: Any) -> Money | None:
        text = re.sub(r"(\s|kr\b|,-)", "", str(value or ""), flags=re.IGNORECASE).replace(",", ".")
        if not text:
            return None
        amount = _AMOUNT.fullmatch(text)
        if not amount:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        sign, kroner, ore = amount.groups()
        if sign:
            raise ValidationError(self.error_messages["negative"], code="negative")
        return Money(int(kroner) * 100 + int((ore or "").ljust(2, "0")))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Money):
            kroner, ore = divmod(value.ore, 100)
            return f"{kroner},{ore:02}" if ore else str(kroner)
        return value
