"""Single values as municipalities write them, parsed or refused with a sentence."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from kompetanse.domains.integrations.rules import sentences as say
from kompetanse.domains.integrations.rules.identity import control_digits_hold, starts_with_a_date
from kompetanse.domains.integrations.types import DateFormat, Said

MOST_PEOPLE: Final = 10_000
# Two digits from 65 upwards are the last century: nobody at work began before 1965, no proof runs past 2064.
_PIVOT: Final = 65
_EARLIEST, _LATEST = 1900, 2150
_ERRORS = frozenset(
    ("#FORMEL!", "#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#I/T", "#VERDI!", "#NAVN?")
)

_PARTED_DATE = re.compile(r"(\d{1,4})\s*([./\-\s])\s*(\d{1,2})\s*[./\-\s]\s*(\d{1,4})\.?")
_CLOCK = re.compile(r"[T\s]+\d{1,2}[:.]\d{2}([:.]\d{2})?([.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?$")
_NAMED_MONTH = re.compile(r"(\d{1,2})\.?[\s-]*([a-zæøå]{3,9})\.?[\s-]*(\d{4}|\d{2})", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar", "apr", "mai may", "jun", "jul", "aug", "sep", "okt oct", "nov", "des dec"), 1
    )
    for name in names.split()
}
_FOR_EVER = frozenset(
    ("evig", "ingen", "ubegrenset", "uavgrensa", "livsvarig", "fast", "løpende", "løpande", "varig", "alltid")
)
_BLANKS = frozenset(("-", "–", "—", "--", "n/a", "null", "none", "nil", "00.00.0000", "0000-00-00", "00000000"))

_YES = frozenset(
    (
        "j",
        "ja",
        "yes",
        "y",
        "x",
        "1",
        "true",
        "sann",
        "sant",
        "gjerne",
        "hoved",
        "hovud",
        "h",
        "hovedstilling",
        "hovudstilling",
        "primær",
        "primary",
        "main",
        "jepp",
        "jada",
        "✓",
        "✔",
        "v",
        "lovpålagt",
        "lovpålagd",
        "obligatorisk",
    )
)
_NO = frozenset(
    (
        "n",
        "nei",
        "no",
        "0",
        "false",
        "usann",
        "usant",
        "ikke",
        "ikkje",
        "bi",
        "b",
        "bistilling",
        "sekundær",
        "tillegg",
        "ekstra",
        "secondary",
        "neppe",
    )
)
_HIGH = frozenset(
    (
        "høy",
        "høg",
        "høyt",
        "høgt",
        "høyest",
        "høgast",
        "high",
        "a",
        "kritisk",
        "haster",
        "hastar",
        "viktig",
        "svært",
        "stor",
    )
)
_MIDDLE = frozenset(("middels", "medium", "mellom", "normal", "middel", "b", "moderat"))
_LOW = frozenset(("lav", "låg", "lavt", "lågt", "lavest", "lågast", "low", "c", "liten", "mindre"))
_NUMBER_WORDS = {
    word: number
    for number, words in {
        1: "en én ein ett eitt éi ei",
        2: "to",
        3: "tre",
        4: "fire",
        5: "fem",
        6: "seks",
        7: "sju syv",
        8: "åtte",
        9: "ni",
        10: "ti",
        11: "elleve",
        12: "tolv",
        13: "tretten",
        14: "fjorten",
        15: "femten",
        16: "seksten",
        17: "sytten",
        18: "atten",
        19: "nitten",
        20: "tjue tyve",
        30: "tretti tredve",
        40: "førti",
        50: "femti",
        60: "seksti",
        70: "sytti",
        80: "åtti",
        90: "nitti",
        100: "hundre",
    }.items()
    for word in words.split()
}
_WORD = re.compile(r"[a-zæøåé✓✔]+|\d+", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:[ .]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)")
_NUMERIC_TEXT = re.compile(r"[-+]?[\d\s.,]+%?")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class Fault(Exception):
    """A value does not hold; `said` is the sentence."""

    def __init__(self, said: Said) -> None:
        self.said = said
        super().__init__(said.code)


class People(NamedTuple):
    """How many seats are asked for: the upper end and the lower, None when the text does not say."""

    high: int | None
    low: int | None


def clean(raw: str) -> str:
    """Text without control characters, doubled spaces and invisible signs, with letters composed (NFC)."""
    if raw.isascii() and raw.isprintable():
        text = raw.strip()
        return " ".join(text.split()) if "  " in text else text
    seen = "".join(sign for sign in raw if sign.isprintable() or sign.isspace())
    return " ".join(unicodedata.normalize("NFC", seen).split())


def is_blank(text: str) -> bool:
    """Whether a cleaned text stands for nothing."""
    return not text or text.lower() in _BLANKS


def is_formula_error(text: str) -> bool:
    """Whether a cell holds a formula's failure instead of its answer."""
    return text in _ERRORS


def neutralise_formula(text: str) -> str:
    """Text that a spreadsheet shows and never calculates: an apostrophe goes before what looks like a formula.

    Plain numbers, also negative ones and telephone numbers, are left as they are.
    """
    if text.startswith(_FORMULA_STARTS) and not _NUMERIC_TEXT.fullmatch(text):
        return "'" + text
    return text


def parse_code(text: str) -> str:
    """A code or number kept as text; what spreadsheets put around it or behind it is taken away."""
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    if text.startswith("'"):
        text = text[1:]
    if re.fullmatch(r"\d+[.,]0{1,2}", text):
        return re.split("[.,]", text)[0]
    if re.fullmatch(r"\d[.,]\d+E\+?\d+", text, re.IGNORECASE):
        raise Fault(say.ROUNDED_BY_SPREADSHEET.with_(value=text))
    return text.strip()


def parse_identity(text: str) -> str:
    """Eleven digits with control digits and date that hold; a zero lost by a spreadsheet is put back."""
    text = parse_code(text)
    digits = re.sub(r"[\s.\-/]", "", text)
    if not (digits.isascii() and digits.isdigit()):
        raise Fault(say.IDENTITY_NOT_DIGITS.with_())
    if len(digits) == 10:
        restored = "0" + digits
        if control_digits_hold(restored) and starts_with_a_date(restored):
            return restored
    if len(digits) != 11:
        raise Fault(say.IDENTITY_LENGTH.with_(digits=len(digits)))
    if not control_digits_hold(digits):
        raise Fault(say.IDENTITY_INVALID.with_())
    if not starts_with_a_date(digits):
        raise Fault(say.IDENTITY_DATE.with_())
    return digits


def parse_date(text: str, form: DateFormat | None = None) -> date:
    """A calendar day. The shape of the text decides how it is read; `form`, the column's, settles what is open."""
    bare = _CLOCK.sub("", text)
    if parted := _PARTED_DATE.fullmatch(bare):
        first, second, third = parted[1], int(parted[3]), parted[4]
        if len(first) >= 3:
            return _day(text, _year(first), second, int(third))
        if len(third) not in (2, 4):
            raise Fault(say.DATE_UNREADABLE.with_(value=text))
        if form is DateFormat.MDY and parted[2] != ".":
            return _day(text, _year(third), int(first), second)
        return _day(text, _year(third), second, int(first))
    if bare.isascii() and bare.isdigit():
        return _from_digits(text, bare, form)
    if form is DateFormat.SERIAL and re.fullmatch(r"\d{5}[.,]\d+", bare):
        return _from_digits(text, bare[:5], form)
    if (named := _NAMED_MONTH.fullmatch(bare)) and (month := _MONTHS.get(named[2][:3].lower())):
        return _day(text, _year(named[3]), month, int(named[1]))
    raise Fault(say.DATE_UNREADABLE.with_(value=text))


def parse_end(text: str, form: DateFormat | None = None) -> date | None:
    """An end date; None for "for ever", also when it is written as a year nobody will see."""
    if text.lower() in _FOR_EVER:
        return None
    if re.search(r"9999|2999|2[2-9]\d\d(?=\D|$)", text) and re.search(r"\d", text):
        bare = _CLOCK.sub("", text)
        if re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-](9999|2[2-9]\d\d)|(9999|2[2-9]\d\d)[./-]?\d\d[./-]?\d\d", bare):
            return None
    return parse_date(text, form)


def parse_percent(text: str, *, fraction: bool = False) -> Decimal:
    """A post's size from 0 to 100. With `fraction` the column writes 0,405 for 40,5."""
    number = re.sub(r"\s*(%|pst\.?|prosent)\s*$", "", text, flags=re.IGNORECASE).replace(",", ".").replace(" ", "")
    if not re.fullmatch(r"-?(\d{1,6}(\.\d{0,8})?|\.\d{1,8})", number):
        raise Fault(say.PERCENT_UNREADABLE.with_(value=text))
    value = Decimal(number)
    if fraction and number == number.strip("%") and "%" not in text:
        value *= 100
    if not 0 <= value <= 100:
        raise Fault(say.PERCENT_OUTSIDE.with_(value=text))
    return value


def parse_flag(text: str) -> bool:
    """Yes or no; anything else is refused."""
    answer = parse_wish(text)
    if answer is None:
        raise Fault(say.FLAG_UNREADABLE.with_(value=text))
    return answer


def parse_wish(text: str) -> bool | None:
    """Yes, no, or None when the text says neither. "Ja, gjerne" is yes; "nei, men …" is no."""
    words = _WORD.findall(text.lower())
    if not words:
        return None
    if words[0] in _NO:
        return False
    return True if words[0] in _YES else None


def parse_priority(text: str) -> int | None:
    """1 (highest) to 3, from figures or words; None when the text does not say."""
    if figure := re.search(r"(?<![\d.,])([1-3])(?:[.,]0+)?(?!\d)", text):
        return int(figure[1])
    words = set(_WORD.findall(text.lower()))
    for level, names in ((1, _HIGH), (3, _LOW), (2, _MIDDLE)):
        if words & names:
            return level
    return None


def parse_written_form(text: str) -> str | None:
    """ "nb" or "nn"; None for neutral and for what says neither."""
    word = text.lower()
    if word in ("b", "bm", "nb", "nob", "nb-no") or word.startswith("bok"):
        return "nb"
    return "nn" if word in ("n", "nn", "nno", "nyn", "nn-no") or word.startswith("nyno") else None


def parse_people(text: str) -> People:
    """How many, from "7", "ca 7", "32-37", "3 stk", "ti", "5 + 3"; the upper end, so that nobody lacks a seat."""
    if restored := re.fullmatch(r"\d{4}-(\d\d)-(\d\d)", text):
        # A spreadsheet takes "3-8" for the third of August.
        low, high = int(restored[2]), int(restored[1])
        if low < high:
            return People(high, low)
        raise Fault(say.PEOPLE_IS_DATE.with_(value=text))
    if re.match(r"\s*[-−]\s*\d", text):
        raise Fault(say.PEOPLE_TOO_FEW.with_(value=text))
    numbers = [math.ceil(_plain_number(found)) for found in _NUMBER.findall(text)]
    if len(numbers) > 1:
        numbers = [number for number in numbers if not 1990 <= number <= 2100] or numbers
    if not numbers:
        numbers = _numbers_in_words(text)
    if not numbers:
        return People(None, None)
    high = sum(numbers) if "+" in text.strip().rstrip("+") else max(numbers)
    if high < 1:
        raise Fault(say.PEOPLE_TOO_FEW.with_(value=text))
    if high > MOST_PEOPLE:
        raise Fault(say.PEOPLE_TOO_MANY.with_(value=text, limit=MOST_PEOPLE))
    return People(high, high if "+" in text else min(numbers))


def _plain_number(text: str) -> float:
    if re.fullmatch(r"\d{1,3}([ .]\d{3})+", text):
        return float(text.replace(" ", "").replace(".", ""))
    return float(text.replace(",", ".")[:15])


def _numbers_in_words(text: str) -> list[int]:
    numbers = []
    for word in _WORD.findall(text.lower()):
        if word in _NUMBER_WORDS:
            numbers.append(_NUMBER_WORDS[word])
            continue
        for tens, value in _NUMBER_WORDS.items():
            # "tjuefem" is twenty and five.
            if value >= 20 and word.startswith(tens) and 0 < _NUMBER_WORDS.get(word[len(tens) :], 0) < 10:
                numbers.append(value + _NUMBER_WORDS[word[len(tens) :]])
                break
    return numbers


def _from_digits(text: str, digits: str, form: DateFormat | None) -> date:
    if len(digits) == 8:
        year_first = 1900 <= int(digits[:4]) <= _LATEST and form is not DateFormat.DMY_COMPACT
        if year_first:
            return _day(text, int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        return _day(text, int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    if len(digits) == 6:
        return _day(text, _year(digits[4:]), int(digits[2:4]), int(digits[:2]))
    if len(digits) == 5 and 15_000 <= int(digits) <= 80_000:
        return date(1899, 12, 30) + timedelta(days=int(digits))
    raise Fault(say.DATE_UNREADABLE.with_(value=text))


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (1900 if year >= _PIVOT else 2000)


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise Fault(say.DATE_IMPOSSIBLE.with_(value=text)) from None
    if not _EARLIEST <= year <= _LATEST:
        raise Fault(say.DATE_UNLIKELY.with_(value=text))
    return found
