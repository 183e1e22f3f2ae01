"""Single values as people and systems write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.integrations.rules import clean, is_identity_number, neutralise_formula
from kompetanse.domains.integrations.rules.shapes import decide_date_format, is_fraction_column
from kompetanse.domains.integrations.rules.values import (
    Fault,
    parse_code,
    parse_date,
    parse_end,
    parse_flag,
    parse_identity,
    parse_people,
    parse_percent,
    parse_priority,
    parse_wish,
    parse_written_form,
)
from kompetanse.domains.integrations.types import DateFormat


def identity(day: int, month: int, year: int, serial: int) -> str | None:
    """An identity number with its control digits, None where none exists."""
    digits = f"{day:02}{month:02}{year % 100:02}{serial:03}"
    first = -sum(a * int(b) for a, b in zip((3, 7, 6, 1, 8, 9, 4, 5, 2), digits, strict=True)) % 11
    digits += str(first)
    second = (
        -sum(a * int(b) for a, b in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), digits, strict=True)) % 11 if first < 10 else 10
    )
    return None if 10 in (first, second) else f"{digits}{second}"


@given(
    st.dates(date(1940, 1, 1), date(1999, 12, 31)),
    st.integers(0, 499),
    st.sampled_from((0, 40)),
    st.sampled_from((0, 40, 65, 80)),
)
def test_every_sort_of_identity_number_is_known(born: date, serial: int, day: int, month: int) -> None:
    number = identity(born.day + day, born.month + month, born.year, serial)
    if number is None:
        return
    assert is_identity_number(number)
    assert parse_identity(f"{number[:6]} {number[6:]}") == number
    if number.startswith("0"):
        assert parse_identity(number[1:]) == number
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert not is_identity_number(wrong)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12345678901", "identity_invalid"),
        ("1234567", "identity_length"),
        ("ukjent", "identity_not_digits"),
        ("2,0897647908E+10", "rounded_by_spreadsheet"),
        (str(identity(31, 2, 80, 100) or identity(31, 2, 80, 101)), "identity_date"),
    ],
)
def test_wrong_identity_numbers_say_what_is_wrong_without_repeating_them(text: str, code: str) -> None:
    with pytest.raises(Fault) as caught:
        parse_identity(text)
    assert caught.value.said.code == code
    assert text not in caught.value.said.text() or code == "rounded_by_spreadsheet"


@given(
    st.dates(date(1965, 1, 1), date(2064, 12, 31)),
    st.sampled_from(
        (
            "%d.%m.%Y",
            "%Y-%m-%d",
            "%d.%m.%y",
            "%d/%m/%Y",
            "%Y%m%d",
            "%d-%m-%Y",
            "%Y/%m/%d",
            "%d.%m.%Y 00:00:00",
            "%Y-%m-%dT12:30:00Z",
        )
    ),
)
def test_a_date_survives_every_way_of_writing_it(day: date, style: str) -> None:
    text = day.strftime(style)
    assert parse_date(text, decide_date_format({text})) == day


@given(st.sets(st.dates(date(1990, 1, 1), date(2030, 1, 1)), min_size=12, max_size=40))
def test_month_first_is_seen_from_the_whole_column(days: set[date]) -> None:
    american = {day.strftime("%m/%d/%Y") for day in days}
    if decide_date_format(american) is DateFormat.MDY:
        assert {parse_date(text, DateFormat.MDY) for text in american} == days
    else:
        assert sum(day.day > 12 for day in days) <= 0.2 * len(days)
    assert decide_date_format({day.strftime("%d/%m/%Y") for day in days}) is DateFormat.DMY_SLASH


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31.02.2020", "date_impossible"),
        ("29.02.2023", "date_impossible"),
        ("2020-13-01", "date_impossible"),
        ("20200231", "date_impossible"),
        ("01.01.0202", "date_unlikely"),
        ("snart", "date_unreadable"),
        ("42", "date_unreadable"),
    ],
)
@pytest.mark.parametrize("form", [None, *DateFormat])
def test_dates_that_do_not_hold(text: str, code: str, form: DateFormat | None) -> None:
    if code == "date_impossible" and text == "20200231" and form is DateFormat.DMY_COMPACT:
        pytest.skip("another reading")
    with pytest.raises(Fault) as caught:
        parse_date(text, form)
    assert caught.value.said.code == code


def test_other_dates() -> None:
    assert parse_date("12. mars 2024") == date(2024, 3, 12)
    assert parse_date("45000", DateFormat.SERIAL) == date(2023, 3, 15)
    assert parse_date("27112020", DateFormat.DMY_COMPACT) == date(2020, 11, 27)
    assert parse_end("31.12.9999") is None
    assert parse_end("evig") is None
    assert parse_end("31.12.2026") == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "high", "low"),
    [
        ("7", 7, 7), ("7.0", 7, 7), ("ca 7", 7, 7), ("32-37", 37, 32), ("32 – 37", 37, 32), ("3 stk", 3, 3),
        ("ti", 10, 10), ("tjuefem", 25, 25), ("ti til tolv", 12, 10), ("10 (i 2027)", 10, 10), ("5 + 3", 8, 8),
        ("20+", 20, 20), ("1 200", 1200, 1200), ("2027-08-03", 8, 3), ("alle", None, None), ("6,5", 7, 7),
    ],
)  # fmt: skip
def test_how_many(text: str, high: int | None, low: int | None) -> None:
    assert parse_people(text) == (high, low)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-5", "people_too_few"),
        ("0", "people_too_few"),
        ("10001", "people_too_many"),
        ("9" * 99, "people_too_many"),
        ("2027-03-08", "people_is_date"),
    ],
)
def test_how_many_refused(text: str, code: str) -> None:
    with pytest.raises(Fault) as caught:
        parse_people(text)
    assert caught.value.said.code == code


def test_percent() -> None:
    assert parse_percent("40,5") == parse_percent("40.5 %") == Decimal("40.5")
    assert parse_percent("0,405", fraction=True) == Decimal("40.5")
    for text in ("hundre", "101", "-1", "NaN", "1e9"):
        with pytest.raises(Fault):
            parse_percent(text)
    assert is_fraction_column({"1", "0,5"})
    assert not is_fraction_column({"1", "50"})


def test_answers() -> None:
    assert [parse_wish(text) for text in ("Ja", "nei", "gjerne", "x", "1", "kanskje", "Ja, i lag")] == [
        True,
        False,
        True,
        True,
        True,
        None,
        True,
    ]
    assert [parse_flag(text) for text in ("J", "n", "TRUE", "0")] == [True, False, True, False]
    assert [parse_priority(text) for text in ("1", "2.0", "høg", "Middels", "låg", "P1", "4", "?")] == [
        1,
        2,
        1,
        2,
        3,
        1,
        None,
        None,
    ]
    assert [parse_written_form(text) for text in ("Bokmål", "nynorsk", "nøytral")] == ["nb", "nn", None]
    assert [parse_code(text) for text in ("007", "10001.0", '="0042"', "'0042")] == ["007", "10001", "0042", "0042"]


def test_text_is_cleaned() -> None:
    assert clean("  Åse\u00a0 \u200bLie\x07\t ") == "Åse Lie"
    assert clean("A\u030ase") == "Åse"


@given(st.text())
def test_cleaned_text_is_printable_and_stays(text: str) -> None:
    once = clean(text)
    assert once.isprintable()
    assert clean(once) == once


@given(st.text())
def test_nothing_exported_is_a_formula(text: str) -> None:
    safe = neutralise_formula(text)
    assert safe.removeprefix("'") == text.removeprefix("'") or safe == "'" + text
    assert not (safe[:1] in ("=", "@") and len(safe) > 0)
    assert neutralise_formula("-5") == "-5"
    assert neutralise_formula("=cmd()") == "'=cmd()"
    assert neutralise_formula("+cmd|x") == "'+cmd|x"
