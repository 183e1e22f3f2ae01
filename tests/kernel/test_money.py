from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.kernel.money import Money


class TestSplit:
    @given(st.integers(0, 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
    def test_parts_sum_to_the_whole(self, ore: int, weights: list[int]) -> None:
        if sum(weights) == 0:
            with pytest.raises(ValueError, match="weights"):
                Money(ore).split(weights)
            return
        assert sum(part.ore for part in Money(ore).split(weights)) == ore

    @given(st.integers(0, 10**9), st.lists(st.integers(1, 1000), min_size=1, max_size=30))
    def test_no_part_is_a_whole_ore_from_its_share(self, ore: int, weights: list[int]) -> None:
        for part, weight in zip(Money(ore).split(weights), weights, strict=True):
            assert abs(part.ore * sum(weights) - ore * weight) < sum(weights)

    def test_gives_the_residue_to_the_largest_remainder(self) -> None:
        assert [part.ore for part in Money(100).split([1, 1, 1])] == [34, 33, 33]

    def test_refuses_negative_weights(self) -> None:
        with pytest.raises(ValueError, match="weights"):
            Money(100).split([2, -1])
