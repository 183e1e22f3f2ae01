"""Teams, ratios and the municipality as such: properties, and the cases people ask about."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.competence.rules.collective import (
    SOON,
    Ending,
    Member,
    Until,
    Why,
    first_ending,
    judge_part,
    judge_ratio,
    judge_team,
    posts_needed,
    worst,
)
from kompetanse.domains.competence.types.collective import CollectiveState

TODAY = date(2027, 3, 15)
LONG = Until(TODAY + timedelta(days=2000), Ending.EVIDENCE)
MET, RISK, NOT, UNKNOWN = (
    CollectiveState.MET, CollectiveState.AT_RISK, CollectiveState.NOT_MET, CollectiveState.UNKNOWN,
)  # fmt: skip
UNTILS = st.one_of(
    st.just(Until()),
    st.builds(Until, st.integers(0, 400).map(lambda n: TODAY + timedelta(days=n)), st.sampled_from(list(Ending))),
)
SHARES = st.integers(0, 10000).map(lambda n: Fraction(n, 10000))
MEMBERS = st.lists(st.builds(Member, st.booleans(), st.booleans(), st.booleans(), SHARES, UNTILS), max_size=8)
PARTS = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 30)), max_size=4)


class TestPostsNeeded:
    @pytest.mark.parametrize(
        ("under3", "over3", "posts"),
        [(7, 14, 2), (8, 14, 3), (7, 15, 3), (0, 0, 0), (1, 0, 1), (4, 6, 1), (4, 7, 2), (9, 18, 3), (21, 42, 6)],
    )
    def test_one_more_child_than_fits_asks_for_a_whole_post(self, under3: int, over3: int, posts: int) -> None:
        assert posts_needed([(under3, 7), (over3, 14)]) == posts

    @given(PARTS)
    def test_is_the_least_whole_number_that_is_enough(self, parts: list[tuple[int, int]]) -> None:
        total = sum(Fraction(n, per) for n, per in parts)
        assert total <= posts_needed(parts) < total + 1

    @given(st.integers(0, 10**6), st.integers(1, 997))
    def test_never_falls_for_rounding(self, fits: int, per: int) -> None:
        assert posts_needed([(fits * per, per)]) == fits
        assert posts_needed([(fits * per + 1, per)]) == fits + 1


class TestTeam:
    def test_somebody_holds_it(self) -> None:
        assert judge_team([Member(True, until=LONG), Member(False)], 1, TODAY).state is MET

    def test_nobody_holds_it(self) -> None:
        it = judge_team([Member(False), Member(False)], 1, TODAY)
        assert (it.state, it.why, it.missing) == (NOT, Why.NOBODY, Fraction(1))

    def test_a_dispensation_is_no_competence(self) -> None:
        assert judge_team([Member(False, dispensed=True)], 1, TODAY).state is NOT

    def test_the_only_one_is_on_leave(self) -> None:
        it = judge_team([Member(True, away=True, until=LONG)], 1, TODAY)
        assert (it.state, it.why) == (RISK, Why.AWAY)

    @pytest.mark.parametrize(("days", "state"), [(0, RISK), (90, RISK), (91, MET)])
    def test_the_last_one_runs_out_within_ninety_days(self, days: int, state: CollectiveState) -> None:
        soon = Until(TODAY + timedelta(days=days), Ending.EVIDENCE)
        it = judge_team([Member(True, until=soon)], 1, TODAY)
        assert it.state is state
        assert judge_team([Member(True, until=soon), Member(True, until=LONG)], 1, TODAY).state is MET

    @given(MEMBERS, st.integers(1, 4))
    def test_by_the_plainest_reading(self, members: list[Member], needed: int) -> None:
        def present(day: date) -> int:
            return sum(1 for it in members if it.holds and not it.away and it.until.day >= day)

        it = judge_team(members, needed, TODAY)
        away = sum(1 for it in members if it.holds and it.away)
        if present(TODAY) + away < needed:
            assert it.state is NOT
        elif present(TODAY) < needed or present(TODAY + SOON + timedelta(days=1)) < needed:
            assert it.state is RISK
        else:
            assert it.state is MET

    @given(MEMBERS, st.integers(1, 4))
    def test_one_more_who_holds_it_never_makes_it_worse(self, members: list[Member], needed: int) -> None:
        order = [NOT, RISK, MET]
        before, after = judge_team(members, needed, TODAY), judge_team([*members, Member(True)], needed, TODAY)
        assert order.index(after.state) >= order.index(before.state)


class TestRatio:
    PARTS = ((7, 7), (14, 14))

    def test_is_filled_by_shares_of_posts(self) -> None:
        people = [Member(True, share=Fraction(8, 10)), Member(True, share=Fraction(12, 10))]
        assert judge_ratio(self.PARTS, people, TODAY).state is MET
        it = judge_ratio(self.PARTS, [people[0], Member(True)], TODAY)
        assert (it.state, it.missing) == (NOT, Fraction(2, 10))

    def test_a_dispensation_fills_the_post_and_is_told_apart(self) -> None:
        it = judge_ratio(self.PARTS, [Member(True), Member(False, dispensed=True)], TODAY)
        assert (it.state, it.why, it.held, it.dispensed) == (MET, Why.DISPENSED, Fraction(1), Fraction(1))

    def test_leave_fills_nothing(self) -> None:
        it = judge_ratio(self.PARTS, [Member(True), Member(True, away=True)], TODAY)
        assert (it.state, it.missing) == (NOT, Fraction(1))

    def test_what_nobody_has_counted_is_not_known(self) -> None:
        it = judge_ratio(((7, 7), (None, 14)), [Member(True)] * 9, TODAY)
        assert (it.state, it.why) == (UNKNOWN, Why.UNCOUNTED)
        assert judge_ratio((), [], TODAY).state is UNKNOWN

    def test_no_children_ask_for_nobody(self) -> None:
        assert judge_ratio(((0, 7), (0, 14)), [], TODAY).state is MET

    def test_says_on_which_day_it_falls_below(self) -> None:
        soon = Until(TODAY + timedelta(days=10), Ending.POST)
        sooner = Until(TODAY + timedelta(days=5), Ending.LEAVE)
        it = judge_ratio(self.PARTS, [Member(True)] * 2 + [Member(True, until=soon)], TODAY)
        assert it.state is MET
        it = judge_ratio(self.PARTS, [Member(True), Member(True, until=soon), Member(True, until=sooner)], TODAY)
        assert (it.state, it.until) == (RISK, soon)

    @given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 30)), min_size=1, max_size=3), MEMBERS)
    def test_by_the_plainest_reading(self, parts: list[tuple[int, int]], members: list[Member]) -> None:
        def filled(day: date) -> Fraction:
            people = [m for m in members if not m.away and (m.holds or m.dispensed) and m.until.day >= day]
            return sum((m.share for m in people), Fraction(0))

        needed = ceil(sum(Fraction(n, per) for n, per in parts))
        it = judge_ratio(parts, members, TODAY)
        assert it.needed == needed
        if filled(TODAY) < needed:
            assert it.state is NOT
            assert it.missing == needed - filled(TODAY)
        else:
            falls = needed > 0 and filled(TODAY + SOON + timedelta(days=1)) < needed
            assert it.state is (RISK if falls else MET)
            assert it.missing == 0


class TestPart:
    def test_a_post_or_an_arrangement_is_enough(self) -> None:
        assert judge_part(1, 0, Until(), [], TODAY).state is MET
        it = judge_part(0, 0, Until(), [Until()], TODAY)
        assert (it.state, it.why) == (MET, Why.ARRANGED)

    def test_neither(self) -> None:
        assert judge_part(0, 0, Until(), [], TODAY).state is NOT

    def test_on_leave(self) -> None:
        assert judge_part(0, 2, Until(), [], TODAY).state is RISK

    def test_ends_soon_unless_something_else_lasts(self) -> None:
        soon = Until(TODAY + timedelta(days=30), Ending.ARRANGEMENT)
        assert judge_part(0, 0, Until(), [soon], TODAY).state is RISK
        assert judge_part(0, 0, Until(), [soon, LONG], TODAY).state is MET
        assert judge_part(1, 0, LONG, [soon], TODAY).state is MET


class TestEnding:
    def test_is_the_first_that_comes(self) -> None:
        day = TODAY + timedelta(days=50)
        found = first_ending(ends=day, last_day=None, leaving=TODAY + timedelta(days=10))
        assert found == Until(TODAY + timedelta(days=9), Ending.LEAVE)
        assert first_ending(ends=None, last_day=None, leaving=None) == Until()
        assert first_ending(ends=day, last_day=day, leaving=None, dispensed=True).ending is Ending.DISPENSATION

    def test_the_worst_place_speaks_for_the_whole(self) -> None:
        assert worst([MET, RISK, NOT]) is NOT
        assert worst([MET, UNKNOWN, RISK]) is UNKNOWN
        assert worst([]) is MET
