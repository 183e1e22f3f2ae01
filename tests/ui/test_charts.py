"""Charts draw what they are given, say it in words, and keep the figures in a table behind."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.ui import charts
from kompetanse.ui.matrix import MatrixCell, MatrixRow, matrix


def parsed(chart: charts.Chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart.svg)


def widths(chart: charts.Chart, css: str) -> list[float]:
    found = parsed(chart).findall(f".//rect[@class='{css}']")
    return [float(rect.attrib["width"].rstrip("%")) for rect in found]


def test_bars_are_drawn_against_the_longest_and_named_for_a_screen_reader() -> None:
    chart = charts.bars("Dekning", [charts.Bar("Nord", 50, url="/nord/"), charts.Bar("Sør", 100)])
    svg = parsed(chart)
    assert widths(chart, "f1") == [50.0, 100.0]
    assert svg.attrib["role"] == "img"
    ids = svg.attrib["aria-labelledby"].split()
    assert [svg.find(f".//*[@id='{name}']").text for name in ids] == ["Dekning", "Nord: 50; Sør: 100"]  # type: ignore[union-attr]
    assert chart.rows[0] == (charts.Cell("Nord"), charts.Cell("50", "/nord/"))
    assert chart.columns == ("", "Verdi")


def test_a_bar_may_reach_short_of_its_aim() -> None:
    chart = charts.bars("Dekning", [charts.Bar("Nord", 40, aim=80)])
    assert widths(chart, "f1") == [50.0]
    assert parsed(chart).find(".//line[@class='mark']").attrib["x1"] == "100.0%"  # type: ignore[union-attr]
    assert chart.rows[0][-1].text == "80"


def test_bars_of_nothing_are_still_a_picture() -> None:
    assert charts.bars("Tomt", []).rows == ()
    assert widths(charts.bars("Null", [charts.Bar("Nord", 0)]), "f1") == [0.0]


@given(st.lists(st.tuples(*[st.integers(0, 1000)] * 3), min_size=1, max_size=8))
def test_the_parts_of_a_stack_fill_its_share_of_the_longest(values: list[tuple[int, int, int]]) -> None:
    items = [charts.Stack(f"Enhet {index}", parts) for index, parts in enumerate(values)]
    chart = charts.stacked("Behov", ["A", "B", "C"], items)
    top = max(sum(parts) for parts in values) or 1
    drawn = zip(*(widths(chart, f"f{which}") for which in (1, 2, 3)), strict=True)
    for parts, shares in zip(values, drawn, strict=True):
        assert sum(shares) == pytest.approx(100 * sum(parts) / top, abs=0.05)
    assert [row[-1].text.replace("\xa0", "") for row in chart.rows] == [str(sum(parts)) for parts in values]


def test_a_stack_must_have_all_its_parts() -> None:
    with pytest.raises(ValueError, match="one value for each"):
        charts.stacked("Behov", ["A", "B"], [charts.Stack("Nord", (1,))])


def test_series_after_the_first_have_a_pattern_besides_the_colour() -> None:
    chart = charts.stacked("Behov", ["A", "B"], [charts.Stack("Nord", (1, 2))])
    assert 'fill="url(#chart-behov-2)"' in chart.svg
    assert 'id="chart-behov-2"' in chart.svg
    assert "url(#" not in chart.legend[0][1]
    assert "url(#chart-behov-2)" in chart.legend[1][1]


def test_a_line_is_broken_where_a_figure_is_missing() -> None:
    whole = charts.trend("Tall", ["jan", "feb", "mar"], [charts.Line("2027", (1, 2, 3))])
    broken = charts.trend("Tall", ["jan", "feb", "mar"], [charts.Line("2027", (1, None, 3))])
    assert len(parsed(whole).findall(".//line[@class='l1']")) == 2
    assert parsed(broken).findall(".//line[@class='l1']") == []
    assert [row[1].text for row in broken.rows] == ["1", "–", "3"]


def test_a_line_must_have_a_figure_for_each_point() -> None:
    with pytest.raises(ValueError, match="one value for each point"):
        charts.trend("Tall", ["jan", "feb"], [charts.Line("2027", (1,))])


def test_the_wheel_places_days_clockwise_from_the_top_and_leaves_other_years_out() -> None:
    chart = charts.wheel(
        "Året",
        2027,
        [
            charts.Happening(date(2027, 10, 1), "Høst"),
            charts.Happening(date(2027, 4, 1), "Vår", ring=2, url="/v/"),
            charts.Happening(date(2026, 4, 1), "I fjor"),
        ],
        today=date(2027, 3, 8),
    )
    assert [(row[0].text, row[2]) for row in chart.rows] == [
        ("1", charts.Cell("Vår", "/v/")),
        ("2", charts.Cell("Høst")),
    ]
    spring, autumn = (
        next(text for text in parsed(chart).findall(".//text") if text.text == number) for number in ("1", "2")
    )
    assert float(spring.attrib["x"]) > 180 > float(autumn.attrib["x"])
    assert len(re.findall(r"wheel-month[^\"]* now", chart.svg)) == 1


@pytest.mark.parametrize("hostile", ["<script>", '"><img src=x>', "A & B"])
def test_texts_are_escaped(hostile: str) -> None:
    drawn = [
        charts.bars(hostile, [charts.Bar(hostile, 1)]),
        charts.stacked("t", [hostile], [charts.Stack(hostile, (1,))]),
        charts.trend("t", [hostile], [charts.Line(hostile, (1,))], description=hostile),
        charts.wheel(hostile, 2027, [charts.Happening(date(2027, 1, 1), hostile)]),
    ]
    for chart in drawn:
        assert hostile in "".join(parsed(chart).itertext())
    table = matrix(hostile, hostile, [hostile], [MatrixRow(hostile, (MatrixCell(hostile, url=hostile),), hostile)])
    assert hostile in "".join(ElementTree.fromstring(table.table).itertext())


def test_nothing_is_styled_or_scripted_inline() -> None:
    chart = charts.stacked("Behov", ["A", "B"], [charts.Stack("Nord", (1, 2))])
    assert " style=" not in chart.svg
    assert "<style" not in chart.svg
    assert " on" not in re.sub(r">[^<]*<", "><", chart.svg)


def test_a_matrix_cell_has_shape_text_and_a_word_for_the_ear() -> None:
    cell = MatrixCell("18/21", "warn", "tre mangler", "/rader/")
    made = matrix("Krav", "Enhet", ["Legemidler", "Brann"], [MatrixRow("Sør", (cell, MatrixCell("–")))])
    root = ElementTree.fromstring(made.table)
    first, second = root.findall("./tbody/tr/td")
    assert first.attrib["data-kind"] == "warn"
    assert first.find(".//use").attrib["href"].endswith("#warning")  # type: ignore[union-attr]
    assert "".join(first.itertext()) == "18/21 tre mangler"
    assert first.find("a").attrib["href"] == "/rader/"  # type: ignore[union-attr]
    assert second.find(".//use") is None
    assert [th.attrib["scope"] for th in root.iter("th")] == ["col", "col", "col", "row"]


def test_a_matrix_row_must_have_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        matrix("Krav", "Enhet", ["A", "B"], [MatrixRow("Sør", (MatrixCell("1"),))])
