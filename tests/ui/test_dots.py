from __future__ import annotations

import pytest

from kompetanse.ui.dots import DotRow, dots


def test_tells_how_many_in_the_dot_and_who_in_the_table() -> None:
    chart = dots("Hvor", ["0", "1"], [DotRow("HMS <b>", (("Tinn", "Rollag"), ()))])
    assert ">2</text>" in chart.svg
    assert "HMS &lt;b&gt;" in chart.svg
    assert [[cell.text for cell in row] for row in chart.rows] == [["HMS <b>", "Tinn, Rollag", "–"]]


def test_refuses_a_row_that_does_not_fit_the_scale() -> None:
    with pytest.raises(ValueError, match="every row"):
        dots("Hvor", ["0", "1"], [DotRow("HMS", ((),))])
