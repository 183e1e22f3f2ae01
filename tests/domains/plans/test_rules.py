from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.plans import rules
from kompetanse.domains.plans.types import (
    AmountIsImpossible,
    MeasureIsIncomplete,
    MeasureIsOver,
    MeasureStatus,
    PlanIsOverFrame,
    QuarterIsImpossible,
    SeatsAreImpossible,
    TitleIsTooLong,
)

HARD = "\N{NO-BREAK SPACE}"


class TestRequireWithin:
    @given(st.integers(0, 10**12), st.integers(0, 10**12))
    def test_refuses_exactly_what_is_over(self, budget: int, limit: int) -> None:
        if budget <= limit:
            rules.require_within(budget, limit, 2027)
        else:
            with pytest.raises(PlanIsOverFrame):
                rules.require_within(budget, limit, 2027)

    def test_says_the_amounts_in_kroner(self) -> None:
        with pytest.raises(PlanIsOverFrame) as caught:
            rules.require_within(125_000_050, 100_000_000, 2027)

        assert f"koster 1{HARD}250{HARD}000,50 kroner" in str(caught.value)
        assert f"rammen er 1{HARD}000{HARD}000 kroner" in str(caught.value)
        assert f"250{HARD}000,50 kroner for mye" in str(caught.value)


class TestRequireSizes:
    @pytest.mark.parametrize(
        ("sizes", "error"),
        [
            ({"budget_ore": -1, "seats": 0, "quarter": None}, AmountIsImpossible),
            ({"budget_ore": 10**12, "seats": 0, "quarter": None}, AmountIsImpossible),
            ({"budget_ore": 0, "seats": -3, "quarter": None}, SeatsAreImpossible),
            ({"budget_ore": 0, "seats": 50_001, "quarter": None}, SeatsAreImpossible),
            ({"budget_ore": 0, "seats": 0, "quarter": 5}, QuarterIsImpossible),
            ({"budget_ore": 0, "seats": 0, "quarter": 0}, QuarterIsImpossible),
        ],
    )
    def test_refuses_what_no_region_has(self, sizes: dict[str, int], error: type[Exception]) -> None:
        with pytest.raises(error):
            rules.require_sizes(**sizes)


class TestCheckedTitle:
    @pytest.mark.parametrize(("text", "error"), [(" \n", MeasureIsIncomplete), ("x" * 201, TitleIsTooLong)])
    def test_refuses(self, text: str, error: type[Exception]) -> None:
        with pytest.raises(error):
            rules.checked_title(text)

    def test_is_one_line(self) -> None:
        assert rules.checked_title("  Kurs\n i\x00 vold ") == "Kurs i vold"


class TestRequireChangeable:
    @pytest.mark.parametrize("status", list(MeasureStatus))
    def test_what_is_over_stands(self, status: MeasureStatus) -> None:
        if status in (MeasureStatus.DONE, MeasureStatus.CANCELLED):
            with pytest.raises(MeasureIsOver, match="TILTAK-7"):
                rules.require_changeable(status, "TILTAK-7")
        else:
            rules.require_changeable(status, "TILTAK-7")
