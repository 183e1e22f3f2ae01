from __future__ import annotations

import itertools
import re

import pytest

from kompetanse.ui import maps
from kompetanse.ui.charts import Chart
from kompetanse.ui.maps import Spot

PLACES = [
    Spot("Kongsberg", 59.67, 9.65, 900, "59 %", "bad", ("59 %",), "/a?krav=1&kommune=2"),
    Spot("Flesberg", 59.85, 9.44, 90, "minst 26 av 30", "ok", ("minst 26 av 30",)),
    Spot("Flesberg ved siden av", 59.851, 9.441, 0, "færre enn 5", "neutral", ("færre enn 5",)),
    Spot("Nore & Uvdal", 60.2, 9.0, 225, "75 %", "warn", ("75 %",)),
]
KINDS = [("ok", "Få mangler"), ("warn", "Noen mangler"), ("bad", "Mange mangler"), ("neutral", "Vises ikke")]


def drawn(spots: list[Spot]) -> Chart:
    return maps.region_map("Dekning", spots, KINDS, ("Dekket",))


def circles(chart: Chart) -> list[tuple[float, float, float]]:
    found = re.findall(r'<circle class="f\d dot" cx="([\d.]+)" cy="(-?[\d.]+)" r="([\d.]+)"/>', chart.svg)
    return [(float(x), float(y), float(r)) for x, y, r in found]


class TestRegionMap:
    def test_lays_places_north_up_and_east_to_the_right(self) -> None:
        kongsberg, flesberg, nore = circles(drawn([PLACES[0], PLACES[1], PLACES[3]]))
        assert nore[1] < flesberg[1] < kongsberg[1]
        assert nore[0] < flesberg[0] < kongsberg[0]

    def test_shows_size_as_area(self) -> None:
        radii = [r for _x, _y, r in circles(drawn(PLACES))]
        assert radii[0] == maps.LARGEST
        assert radii[3] == pytest.approx(maps.LARGEST / 2)
        assert radii[2] == maps.SMALLEST

    def test_keeps_places_and_their_words_clear_of_each_other(self) -> None:
        for (ax, ay, ar), (bx, by, br) in itertools.combinations(circles(drawn(PLACES)), 2):
            assert (ax - bx) ** 2 + (ay - by) ** 2 > (ar + br) ** 2

    def test_names_each_place_with_its_figure_and_can_be_walked_by_keyboard(self) -> None:
        svg = str(drawn(PLACES).svg)
        assert '<a href="/a?krav=1&amp;kommune=2">' in svg
        assert 'aria-label="Nore &amp; Uvdal 75 %"' in svg
        assert 'role="group"' in svg

    def test_tells_kinds_apart_by_pattern_too(self) -> None:
        svg = str(drawn(PLACES).svg)
        for kind in ("warn", "bad", "neutral"):
            assert f'fill="url(#chart-dekning-{kind})"' in svg

    def test_has_the_figures_in_a_table_behind(self) -> None:
        chart = drawn(PLACES)
        assert chart.columns == ("", "Dekket")
        assert [cell.text for cell in chart.rows[0]] == ["Kongsberg", "59 %"]
        with pytest.raises(ValueError, match="one cell for each column"):
            maps.region_map("x", PLACES, KINDS, ())

    def test_stands_with_one_place_and_with_none(self) -> None:
        assert len(circles(drawn(PLACES[:1]))) == 1
        assert not circles(drawn([]))

    def test_leaves_a_whole_country_where_it_lies(self) -> None:
        many = [Spot(f"Sted {n}", 58 + n / 100, 5 + n % 7, n, "x", "ok", ("x",), "/") for n in range(maps.MOST + 1)]
        assert "<text" not in str(drawn(many).svg)
        assert 'aria-label="Sted 1 x"' in str(drawn(many).svg)
