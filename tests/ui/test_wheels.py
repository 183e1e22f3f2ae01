from __future__ import annotations

import itertools
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.ui import wheels
from kompetanse.ui.charts import Chart
from kompetanse.ui.wheels import Span

SPANS = [
    Span(date(2027, 5, 1), date(2027, 6, 15), "Behov & ønsker", "Over fristen", "bad", ("Kommunene",), "/a?x=1&y=2"),
    Span(date(2027, 3, 1), date(2027, 4, 30), "Kartlegging", "Ferdig", "ok", ("HR",), "/b"),
    Span(date(2026, 12, 1), date(2027, 1, 31), "Resultat", "I gang", "info", ("RKK",)),
    Span(date(2028, 1, 1), date(2028, 1, 31), "Neste år", "Ikke ennå", "neutral", ("RKK",)),
]
KINDS = [("bad", "Over fristen"), ("ok", "Ferdig"), ("info", "I gang")]


def drawn(spans: list[Span], today: date | None = None) -> Chart:
    return wheels.year_wheel("Året 2027", 2027, spans, KINDS, ("Hvem",), today=today)


class TestYearWheel:
    def test_has_what_the_year_touches_in_a_table_behind_in_order(self) -> None:
        rows = [[cell.text for cell in row] for row in drawn(SPANS).rows]
        assert [row[2] for row in rows] == ["Resultat", "Kartlegging", "Behov & ønsker"]
        assert rows[2][0] == "3"
        assert rows[2][3:] == ["Kommunene", "Over fristen"]
        assert drawn(SPANS).rows[1][2].url == "/b"

    def test_can_be_walked_by_keyboard_and_says_what_each_is(self) -> None:
        svg = str(drawn(SPANS).svg)
        assert 'role="group"' in svg
        assert '<a href="/a?x=1&amp;y=2" aria-label="3. Behov &amp; ønsker' in svg
        assert svg.count('role="img"') == 1  # what opens nothing is no link

    def test_late_is_told_without_colour(self) -> None:
        svg = str(drawn(SPANS).svg)
        assert ">3!<" in svg
        assert len(re.findall(r'fill="url\(#chart-\S+-bad\)"', svg)) == 1
        assert ">2<" in svg

    def test_marks_the_month_that_is(self) -> None:
        assert "wheel-month now" in str(drawn(SPANS, date(2027, 3, 3)).svg)
        assert "now" not in str(drawn(SPANS, date(2026, 3, 3)).svg)

    def test_a_whole_year_and_a_day_are_drawn(self) -> None:
        whole = Span(date(2027, 1, 1), date(2027, 12, 31), "Hele året", "I gang", "info", ("RKK",))
        one = Span(date(2027, 12, 31), date(2027, 12, 31), "Siste dag", "I gang", "info", ("RKK",))
        svg = str(drawn([whole, one]).svg)
        assert "nan" not in svg
        assert svg.count(" 0 1 1 ") == 2  # the long way round: the arc and its pattern

    def test_a_span_with_another_number_of_cells_is_a_fault(self) -> None:
        with pytest.raises(ValueError, match="one cell for each column"):
            drawn([Span(date(2027, 1, 1), date(2027, 1, 2), "x", "y")])

    @given(st.lists(st.tuples(st.dates(date(2027, 1, 1), date(2027, 12, 1)), st.integers(0, 120)), max_size=4))
    def test_four_that_lie_side_by_side_have_lanes_of_their_own(self, told: list[tuple[date, int]]) -> None:
        spans = [Span(start, start + timedelta(days=days), "x", "y") for start, days in sorted(told)]
        placed = list(zip(spans, wheels._lanes(spans), strict=True))
        for (one, lane), (other, its) in itertools.combinations(placed, 2):
            assert lane != its or one.end < other.start
