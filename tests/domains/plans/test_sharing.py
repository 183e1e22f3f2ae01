from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.plans.rules.sharing import share_out, usable_key
from kompetanse.domains.plans.types.money import Base, BaseIsMissing, NobodyTakesPart, SharingKey

BASES = st.lists(
    st.tuples(st.integers(1, 200_000), st.integers(0, 500)), min_size=1, max_size=30
).map(lambda found: [Base(place, people, seats) for place, (people, seats) in enumerate(found)])  # fmt: skip
COSTS = st.integers(0, 100_000_000_000)


class TestShareOut:
    @given(COSTS, st.sampled_from(SharingKey), BASES, st.integers(0, 10_000_000))
    def test_the_parts_sum_to_the_cost_and_the_residue_is_what_did_not_divide(
        self, cost: int, key: SharingKey, bases: list[Base], fixed: int
    ) -> None:
        shares = share_out(cost, usable_key(key, bases), bases, fixed)

        assert shares.total_ore == cost
        assert [it for it, _ in shares.parts] == [base.municipality_id for base in bases]
        assert all(ore >= 0 for _, ore in shares.parts)
        # At most one øre each of what did not divide, and two where there are two sums.
        assert len(shares.residue_to) <= shares.residue_ore <= 2 * len(bases)
        assert bool(shares.residue_ore) == bool(shares.residue_to)

    @given(COSTS, st.sampled_from([SharingKey.EQUAL, SharingKey.INHABITANTS]), BASES)
    def test_nobody_is_an_ore_from_their_exact_part(self, cost: int, key: SharingKey, bases: list[Base]) -> None:
        weights = [1 if key is SharingKey.EQUAL else base.inhabitants or 0 for base in bases]

        for weight, (_, ore) in zip(weights, share_out(cost, key, bases).parts, strict=True):
            assert abs(ore * sum(weights) - cost * weight) < sum(weights)

    @given(COSTS, BASES, st.integers(0, 10_000_000))
    def test_who_takes_more_seats_never_pays_less(self, cost: int, bases: list[Base], fixed: int) -> None:
        key = SharingKey.FIXED_AND_SEATS
        if usable_key(key, bases) is not key:
            return
        parts = share_out(cost, key, bases, fixed).parts
        paid = sorted((base.seats or 0, ore) for base, (_, ore) in zip(bases, parts, strict=True))

        # Two sums are rounded, so an øre each may go the other way.
        assert all(later >= earlier - 2 for (seats, earlier), (more, later) in pairwise(paid) if more > seats)

    def test_the_residue_is_told(self) -> None:
        shares = share_out(100, SharingKey.EQUAL, [Base(it, 10, None) for it in (7, 8, 9)])

        assert shares.parts == ((7, 34), (8, 33), (9, 33))
        assert (shares.residue_ore, shares.residue_to) == (1, (7,))

    def test_a_fixed_sum_and_the_rest_by_seats(self) -> None:
        bases = [Base(1, None, 3), Base(2, None, 1)]

        assert share_out(10_000, SharingKey.FIXED_AND_SEATS, bases, 1_000).parts == ((1, 7_000), (2, 3_000))
        assert share_out(1_000, SharingKey.FIXED_AND_SEATS, bases, 1_000).parts == ((1, 500), (2, 500))

    def test_what_is_not_known_is_said(self) -> None:
        with pytest.raises(BaseIsMissing):
            share_out(100, SharingKey.INHABITANTS, [Base(1, None, 1), Base(2, 50, 1)])
        with pytest.raises(BaseIsMissing):
            share_out(100, SharingKey.SEATS, [Base(1, 50, 0)])
        with pytest.raises(NobodyTakesPart):
            share_out(100, SharingKey.EQUAL, [])
        assert usable_key(SharingKey.SEATS, [Base(1, 50, None)]) is SharingKey.INHABITANTS
        assert usable_key(SharingKey.SEATS, [Base(1, None, None)]) is SharingKey.EQUAL
