"""Amounts, numbers, days and periods as people write them, in the reader's language.

Spaces inside a value never break: `12 500 kr` stays on one line.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kompetanse.kernel.money import Money
from kompetanse.kernel.periods import Period
from kompetanse.kernel.suppression import LEAST, Shown

SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
# fmt: off
_NORWEGIAN_MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
# fmt: on
MONTHS = {"nb": _NORWEGIAN_MONTHS, "nn": _NORWEGIAN_MONTHS, "en": _ENGLISH_MONTHS}
WEEKDAYS = {
    "nb": ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
    "nn": ["måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "sundag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}


def language() -> str:
    """The reader's language: nb, nn or en."""
    code = (get_language() or "nb")[:2]
    return code if code in MONTHS else "nb"


def number(value: float | Decimal, decimals: int = 0) -> str:
    """12500 → `12 500`; 3.5 with one decimal → `3,5` (in English `3.5`)."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(exact):,.{decimals}f}".replace(",", SPACE)
    if language() != "en":
        text = text.replace(".", ",")
    return f"{MINUS}{text}" if exact < 0 else text


def count(told: Shown | int) -> str:
    """A count of people as it may be told: the number, «minst n», «færre enn 5», or that it is not shown."""
    if isinstance(told, int):
        return number(told)
    if told.value is not None:
        return number(told.value)
    if told.at_least is not None:
        return _("minst %(count)s") % {"count": number(told.at_least)}
    if told.under:
        return _("færre enn %(least)s") % {"least": LEAST}
    return _("vises ikke")


def kroner(value: Money | int) -> str:
    """Whole øre as kroner: 1250000 → `12 500 kr`, 1250050 → `12 500,50 kr`."""
    ore = value.ore if isinstance(value, Money) else value
    return f"{number(Decimal(ore) / 100, 2 if ore % 100 else 0)}{SPACE}kr"


def percent(value: float | Decimal, decimals: int = 0) -> str:
    """A share of one as per cent: 0.874 → `87 %`."""
    return f"{number(Decimal(str(value)) * 100, decimals)}{SPACE}%"


def day(value: date, style: str = "long") -> str:
    """`3. mars 2027`; style `short` → `03.03.2027`, `weekday` → `onsdag 3. mars 2027`, `month` → `mars 2027`,
    `bare` → `3. mars`."""
    if isinstance(value, datetime):
        value = _local(value).date()
    lang = language()
    if style == "short":
        return value.strftime("%d.%m.%Y")
    month = MONTHS[lang][value.month - 1]
    if style == "month":
        return f"{month} {value.year}"
    bare = f"{value.day}{'' if lang == 'en' else '.'}{SPACE}{month}"
    if style == "bare":
        return bare
    text = f"{bare}{SPACE}{value.year}"
    return f"{WEEKDAYS[lang][value.weekday()]} {text}" if style == "weekday" else text


def moment(value: datetime, style: str = "long") -> str:
    """A day with its time, in local time: `3. mars 2027 kl. 14.30`."""
    local = _local(value)
    if language() == "en":
        return f"{day(local.date(), style)} {local:%H:%M}"
    return f"{day(local.date(), style)} kl.{SPACE}{local:%H.%M}"


def period(value: Period) -> str:
    """A half-open Period as people say it, last day included: `3.–5. mars 2027`, `fra 1. mai 2027`."""
    first, last = value.start, value.end - timedelta(days=1) if value.end else None
    if first and last:
        if first >= last:
            return day(first)
        if first.year != last.year:
            return f"{day(first)} – {day(last)}"
        if first.month != last.month:
            return f"{day(first, 'bare')} – {day(last)}"
        return f"{first.day}{'' if language() == 'en' else '.'}–{day(last)}"
    if first:
        return _("fra %(day)s") % {"day": day(first)}
    if last:
        return _("til og med %(day)s") % {"day": day(last)}
    return _("uten tidsgrense")


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value
