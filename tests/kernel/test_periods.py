from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.kernel.periods import Period, add_months

days = st.dates(date(2000, 1, 1), date(2050, 1, 1))


class TestPeriod:
    @given(days, days, days, days)
    def test_overlaps_exactly_when_some_day_is_in_both(self, a: date, b: date, c: date, d: date) -> None:
        one, other = Period(*sorted((a, b))), Period(*sorted((c, d)))
        shared = [day for day in (one.start, other.start) if day and day in one and day in other]
        if a != b and c != d:
            assert one.overlaps(other) == bool(shared)

    def test_the_end_is_out(self) -> None:
        period = Period(date(2027, 1, 1), date(2027, 2, 1))
        assert date(2027, 1, 31) in period
        assert date(2027, 2, 1) not in period

    def test_refuses_to_end_before_it_starts(self) -> None:
        with pytest.raises(ValueError, match="before"):
            Period(date(2027, 2, 1), date(2027, 1, 1))


class TestAddMonths:
    @pytest.mark.parametrize(
        ("day", "months", "expected"),
        [
            (date(2027, 1, 31), 1, date(2027, 2, 28)),
            (date(2028, 1, 31), 1, date(2028, 2, 29)),
            (date(2027, 11, 15), 12, date(2028, 11, 15)),
            (date(2027, 3, 31), -1, date(2027, 2, 28)),
        ],
    )
    def test_keeps_the_day_or_takes_the_last(self, day: date, months: int, expected: date) -> None:
        assert add_months(day, months) == expected

    @given(days, st.integers(0, 240))
    def test_never_goes_past_the_month(self, day: date, months: int) -> None:
        later = add_months(day, months)
        assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
