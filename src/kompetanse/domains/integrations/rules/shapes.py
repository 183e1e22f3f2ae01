"""What a column holds, judged by its values as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from kompetanse.domains.integrations.rules.identity import is_identity_number
from kompetanse.domains.integrations.rules.values import parse_priority, parse_wish
from kompetanse.domains.integrations.types import DateFormat, Shape

_PARTED = re.compile(r"(\d{1,4})([./\- ])\s?(\d{1,2})[./\- ]\s?(\d{1,4})(?:[T ].*)?")
_PERCENT = re.compile(r"(100|\d{1,2})([.,]\d+)?\s*%?")
_PHONE = re.compile(r"(\+|00)?[\d\s]{8,15}")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_CODE = re.compile(r"[\w.\-/]{1,20}")


def date_form(value: str) -> DateFormat | None:
    """How one value would be written as a date; None when it is none. Day or month first is left open."""
    if parted := _PARTED.fullmatch(value):
        first, mark, _, third = parted.groups()
        if len(first) == 4 and len(third) <= 2:
            return DateFormat.YMD
        if len(first) > 2 or len(third) not in (2, 4):
            return None
        if len(third) == 2:
            return DateFormat.DMY_SHORT
        return {"/": DateFormat.DMY_SLASH, "-": DateFormat.DMY_DASH}.get(mark, DateFormat.DMY_DOT)
    if not value.isdigit():
        return None
    if len(value) == 8:
        if 1900 <= int(value[:4]) <= 2150 and 1 <= int(value[4:6]) <= 12:
            return DateFormat.YMD_COMPACT
        return DateFormat.DMY_COMPACT if 1 <= int(value[2:4]) <= 12 and 1900 <= int(value[4:]) <= 2150 else None
    if len(value) == 6:
        return DateFormat.DMY_COMPACT_SHORT if 1 <= int(value[2:4]) <= 12 and 1 <= int(value[:2]) <= 31 else None
    return DateFormat.SERIAL if len(value) == 5 and 15_000 <= int(value) <= 80_000 else None


def decide_date_format(values: Collection[str]) -> DateFormat | None:
    """The format of a whole column of dates, from its different values; None when hardly any is a date.

    Day first, as Norwegians write, unless a good part of the values can only be read with the month first.
    """
    forms = Counter(form for form in map(date_form, values) if form)
    if not forms:
        return None
    form = forms.most_common(1)[0][0]
    if form in (DateFormat.DMY_SLASH, DateFormat.DMY_DASH, DateFormat.DMY_SHORT):
        month_first = day_first = 0
        for value in values:
            parted = _PARTED.fullmatch(value)
            if parted and parted[2] != "." and len(parted[1]) <= 2:
                first, second = int(parted[1]), int(parted[3])
                day_first += first > 12
                month_first += first <= 12 < second
        if month_first > max(0.2 * len(values), 5 * day_first):
            return DateFormat.MDY
    return form


def decide_decimal_mark(values: Iterable[str]) -> str | None:
    """The mark between whole and part in a column of numbers; None when there are only whole numbers."""
    marks = Counter(mark for value in values for mark in ",." if mark in value)
    return marks.most_common(1)[0][0] if marks else None


def is_fraction_column(values: Collection[str]) -> bool:
    """Whether a column of posts writes 1 for a whole one: no value is above 1, and some lie above 0."""
    numbers = []
    for value in values:
        if "%" in value:
            return False
        try:
            numbers.append(float(value.replace(",", ".")))
        except ValueError:
            continue
    return bool(numbers) and max(numbers) <= 1 and max(numbers) > 0


def fit(shape: Shape, values: Sequence[str]) -> float | None:
    """The share (0–1) of a column's values that look like a shape; None when there are no values."""
    if not values:
        return None
    looks = _LOOKS[shape]
    return sum(1 for value in values if looks(value)) / len(values)


def _is_identity(value: str) -> bool:
    digits = value.replace(" ", "").replace("-", "").removesuffix(".0")
    return digits.isdigit() and len(digits) in (10, 11)


def is_surely_identity(value: str) -> bool:
    """Whether a value is an identity number and hardly anything else."""
    digits = value.replace(" ", "")
    return is_identity_number(digits.zfill(11) if len(digits) == 10 else digits)


def _is_date(value: str) -> bool:
    return date_form(value) is not None or bool(re.match(r"\d{1,2}\.? ?[a-z]{3}", value, re.IGNORECASE))


def _is_code(value: str) -> bool:
    return _CODE.fullmatch(value) is not None and (_DIGIT.search(value) is not None or value.isupper())


def _has_letters(value: str) -> bool:
    return _LETTER.search(value) is not None and not (value.isupper() and len(value) <= 8)


_LOOKS: Mapping[Shape, Callable[[str], bool]] = {
    Shape.CODE: _is_code,
    Shape.TEXT: lambda value: True,
    Shape.TITLE: _has_letters,
    Shape.IDENTITY: _is_identity,
    Shape.EMAIL: lambda value: "@" in value,
    Shape.PHONE: lambda value: _PHONE.fullmatch(value) is not None,
    Shape.FLAG: lambda value: parse_wish(value) is not None,
    Shape.PERCENT: lambda value: _PERCENT.fullmatch(value) is not None,
    Shape.DATE: _is_date,
    Shape.END: _is_date,
    Shape.WRITTEN_FORM: lambda value: value[:1].lower() in "bnø" and len(value) <= 12,
    Shape.PEOPLE: lambda value: _DIGIT.search(value) is not None and len(value) < 40,
    Shape.WISH: lambda value: parse_wish(value) is not None,
    Shape.PRIORITY: lambda value: parse_priority(value) is not None,
}
