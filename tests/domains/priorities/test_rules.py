from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.domains.priorities import rules
from kompetanse.domains.priorities.types import (
    HEAVIEST,
    Agreement,
    Criterion,
    CriterionIsNotScored,
    Facts,
    MoveHasNoReason,
    NothingCounts,
    OrderInput,
    OrderIsNotWhole,
    PeopleClass,
    ScoreIsOutOfRange,
    TextIsTooLong,
    WeightIsOutOfRange,
)

TWELFTHS = [Fraction(n, 12) for n in range(3 * 12 + 1)]
SCALE = st.sampled_from(TWELFTHS)  # drawing an index is many times cheaper than building a fraction
ROW = st.fixed_dictionaries(dict.fromkeys(Criterion, SCALE))
WEIGHTS = st.fixed_dictionaries({criterion: st.integers(0, HEAVIEST) for criterion in Criterion}).filter(
    lambda weights: any(weights.values())
)
VALUES = st.dictionaries(st.integers(1, 99), ROW, min_size=2, max_size=7)
often = settings(max_examples=100, deadline=None)
seldom = settings(max_examples=25, deadline=None)  # each draws a thousand weights

Values = dict[int, dict[Criterion, Fraction]]
Weights = dict[Criterion, int]


def plain(**values: float | Fraction) -> dict[Criterion, Fraction]:
    return {criterion: Fraction(values.get(criterion.value, 0)) for criterion in Criterion}


def keys(values: Values, weights: Weights) -> list[int]:
    return [standing.key for standing in rules.rank(values, weights)]


class TestRank:
    @often
    @given(VALUES, WEIGHTS)
    def test_what_each_criterion_gives_sums_to_the_score_on_the_scale(self, values: Values, weights: Weights) -> None:
        for standing in rules.rank(values, weights):
            assert sum(standing.parts.values()) == standing.score
            assert 0 <= standing.score <= 3

    @often
    @given(VALUES, WEIGHTS, st.integers(2, 9))
    def test_weights_count_only_against_each_other(self, values: Values, weights: Weights, times: int) -> None:
        heavier = {criterion: points * times for criterion, points in weights.items()}
        assert rules.rank(values, heavier) == rules.rank(values, weights)

    @often
    @given(VALUES, WEIGHTS, st.randoms(use_true_random=False))
    def test_the_order_they_are_told_in_does_not_matter(
        self, values: Values, weights: Weights, dice: random.Random
    ) -> None:
        told = list(values.items())
        dice.shuffle(told)
        assert rules.rank(dict(told), dict(reversed(weights.items()))) == rules.rank(values, weights)

    @often
    @given(VALUES, WEIGHTS, st.data())
    def test_what_is_scored_higher_never_falls(self, values: Values, weights: Weights, data: st.DataObject) -> None:
        key, criterion = data.draw(st.sampled_from(sorted(values))), data.draw(st.sampled_from(list(Criterion)))
        more = data.draw(st.sampled_from([step for step in TWELFTHS if step >= values[key][criterion]]))
        better = values | {key: values[key] | {criterion: more}}
        assert keys(better, weights).index(key) <= keys(values, weights).index(key)

    def test_those_that_weigh_the_same_stand_by_their_number(self) -> None:
        assert keys({7: plain(risk=2), 3: plain(risk=2), 5: plain(risk=3)}, {Criterion.RISK: 1}) == [5, 3, 7]


class TestCloseCalls:
    @often
    @given(VALUES, WEIGHTS)
    def test_the_lower_passes_just_beyond_and_not_just_before(self, values: Values, weights: Weights) -> None:
        order = rules.rank(values, weights)
        for swap in rules.close_calls(order, values, weights):
            if (criterion := swap.criterion) is None:
                continue
            both = (swap.upper, swap.lower)
            pair = {key: values[key] for key in both}

            def lead(
                weight: Fraction, pair: Values = pair, criterion: Criterion = criterion, both: tuple[int, int] = both
            ) -> Fraction:
                moved: dict[Criterion, Fraction] = {it: Fraction(n) for it, n in weights.items()} | {criterion: weight}
                upper, lower = (sum(points * pair[key][it] for it, points in moved.items()) for key in both)
                return Fraction(upper) - Fraction(lower)

            away = swap.needed - swap.weight
            assert lead(swap.needed) == 0
            assert lead(swap.weight + away * Fraction(9, 10)) >= 0
            if away:
                assert lead(swap.weight + away * Fraction(101, 100)) < 0

    @often
    @given(VALUES, WEIGHTS)
    def test_no_other_single_weight_needs_less(self, values: Values, weights: Weights) -> None:
        for swap in rules.close_calls(rules.rank(values, weights), values, weights):
            ahead = sum(weights[it] * (values[swap.upper][it] - values[swap.lower][it]) for it in Criterion)
            for criterion in Criterion:
                gap = values[swap.upper][criterion] - values[swap.lower][criterion]
                if weights[criterion] and gap and 0 < (needed := weights[criterion] - ahead / gap) < HEAVIEST:
                    assert swap.criterion is not None
                    assert abs(swap.needed - swap.weight) <= abs(needed - weights[criterion])

    def test_tells_which_weight_and_how_much(self) -> None:
        values = {1: plain(risk=3, cost=1), 2: plain(risk=1, cost=3)}
        [swap] = rules.close_calls(
            rules.rank(values, {Criterion.RISK: 3, Criterion.COST: 2}), values, {Criterion.RISK: 3, Criterion.COST: 2}
        )
        assert (swap.upper, swap.lower, swap.criterion) == (1, 2, Criterion.COST)
        assert (swap.weight, swap.needed) == (2, Fraction(3))

    def test_tells_only_of_weights_that_can_be_given(self) -> None:
        values, weights = (
            {1: plain(risk=3), 2: plain(risk=1, cost=Fraction(1, 10))},
            {Criterion.RISK: 5, Criterion.COST: 1},
        )
        assert [it.criterion for it in rules.close_calls(rules.rank(values, weights), values, weights)] == [
            Criterion.RISK
        ]
        only = {1: plain(risk=3, goal=3), 2: plain(risk=3, cost=1)}
        weights = {Criterion.RISK: 1, Criterion.GOAL: 5, Criterion.COST: 1}
        [swap] = rules.close_calls(rules.rank(only, weights), only, weights)
        assert (swap.criterion, swap.needed) == (Criterion.GOAL, Fraction(1, 3))

    def test_nothing_lifts_what_is_worse_in_everything(self) -> None:
        values, weights = {1: plain(risk=3, cost=2), 2: plain(risk=1, cost=1)}, {Criterion.RISK: 3, Criterion.COST: 1}
        assert [it.criterion for it in rules.close_calls(rules.rank(values, weights), values, weights)] == [None]


class TestSteadiness:
    @seldom
    @given(VALUES, WEIGHTS, st.integers(2, 9), st.randoms(use_true_random=False))
    def test_is_the_same_for_all_who_ask_however_they_ask(
        self, values: Values, weights: Weights, times: int, dice: random.Random
    ) -> None:
        told = list(values.items())
        dice.shuffle(told)
        heavier = {criterion: points * times for criterion, points in weights.items()}
        assert rules.steadiness(dict(told), heavier, top=2) == rules.steadiness(values, weights, top=2)

    @seldom
    @given(VALUES, WEIGHTS)
    def test_the_last_line_holds_all_and_a_lone_criterion_moves_nothing(self, values: Values, weights: Weights) -> None:
        found = rules.steadiness(values, weights, top=len(values))
        assert {kept.top for kept in found.values()} == {rules.DRAWS}
        alone = rules.steadiness(values, {Criterion.RISK: 4}, top=1)
        assert {(kept.place, kept.top) for kept in alone.values()} == {(rules.DRAWS, rules.DRAWS)}

    def test_tells_a_close_race_from_a_clear_one(self) -> None:
        values = {1: plain(risk=3, cost=3), 2: plain(risk=2), 3: plain(cost=Fraction(21, 10))}
        found = rules.steadiness(values, {Criterion.RISK: 5, Criterion.COST: 5}, top=1)
        assert found[1].place == rules.DRAWS
        assert 300 < found[2].place < 700
        assert found[2].top == rules.DRAWS

    def test_gives_these_figures_whatever_the_machine(self) -> None:
        values = {1: plain(risk=3), 2: plain(cost=3), 3: plain(goal=2)}
        found = rules.steadiness(values, {Criterion.RISK: 5, Criterion.COST: 4, Criterion.GOAL: 4}, top=1)
        assert {key: (kept.place, kept.top) for key, kept in found.items()} == FIGURES


FIGURES = {1: (642, 642), 2: (518, 688), 3: (756, 954)}


class TestReading:
    def test_a_count_under_five_tells_the_same_whatever_it_is(self) -> None:
        seen = {rules.facts_of([(1, 12, True), (1, 3, False), (2, few, False)]) for few in (None, 1, 2, 3, 4)}
        assert seen == {Facts(municipalities=2, statutory=1, people_told=15, hidden=1)}

    def test_shares_of_one_municipality_are_added_before_they_are_called_small(self) -> None:
        assert rules.facts_of([(1, 3, False), (1, 2, False)]) == Facts(1, 0, 5, 0)

    @pytest.mark.parametrize(
        ("told", "hidden", "size"),
        [(0, 4, PeopleClass.FEW), (0, 5, PeopleClass.SOME), (29, 0, PeopleClass.SOME), (30, 0, PeopleClass.MANY),
         (100, 0, PeopleClass.MOST)],
    )  # fmt: skip
    def test_sizes(self, told: int, hidden: int, size: PeopleClass) -> None:
        assert rules.people_class(Facts(7, 0, told, hidden)) is size

    @given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 5000), st.integers(0, 60), st.integers(0, 60))
    def test_what_is_read_is_on_the_scale(
        self, municipalities: int, statutory: int, told: int, hidden: int, members: int
    ) -> None:
        facts = Facts(municipalities, min(statutory, municipalities), told, min(hidden, municipalities))
        assert all(0 <= value <= 3 for value in rules.read_scores(facts, members=members).values())


class TestDisputes:
    def test_shows_the_ends_and_who_stands_there_the_furthest_apart_first(self) -> None:
        found = rules.disputes({
            (1, Criterion.GOAL): {10: 1, 11: 2},
            (2, Criterion.RISK): {10: 0, 11: 3, 12: 3},
            (2, Criterion.COST): {10: 3, 11: 1},
            (3, Criterion.COST): {10: 2},
        })  # fmt: skip
        assert [(it.key, it.criterion, it.agreement, it.at_low, it.at_high) for it in found] == [
            (2, Criterion.RISK, Agreement.APART, (10,), (11, 12)),
            (2, Criterion.COST, Agreement.SPREAD, (11,), (10,)),
            (1, Criterion.GOAL, Agreement.AGREED, (10,), (11,)),
        ]
        spread = rules.spread_by_criterion(found)
        assert [(it.criterion, it.agreed, it.spread, it.apart) for it in spread] == [
            (Criterion.GOAL, 1, 0, 0), (Criterion.COST, 0, 1, 0), (Criterion.RISK, 0, 0, 1),
        ]  # fmt: skip

    @given(
        st.dictionaries(
            st.tuples(st.integers(1, 5), st.sampled_from(list(Criterion))),
            st.dictionaries(st.integers(1, 9), st.integers(0, 3), min_size=2, max_size=6),
            max_size=8,
        ),
        st.randoms(use_true_random=False),
    )
    def test_is_the_same_in_whatever_order_they_spoke(
        self, voices: dict[tuple[int, Criterion], Mapping[int, int]], dice: random.Random
    ) -> None:
        told = list(voices.items())
        dice.shuffle(told)
        assert rules.disputes(dict(told)) == rules.disputes(voices)


class TestOrder:
    def test_one_pool_moved_to_the_front_needs_one_reason(self) -> None:
        moved = [OrderInput(3, "  Haster  "), OrderInput(1), OrderInput(2)]
        titles = {1: "HMS", 2: "Excel", 3: "Demens"}
        assert rules.check_order(moved, [1, 2, 3], titles)[0] == OrderInput(3, "Haster")
        with pytest.raises(MoveHasNoReason, match="«Demens»"):
            rules.check_order([OrderInput(3), OrderInput(1), OrderInput(2)], [1, 2, 3], titles)

    @given(st.permutations(range(6)), st.sets(st.integers(0, 5)))
    def test_those_without_a_reason_stand_as_they_were_ranked(self, order: list[int], explained: set[int]) -> None:
        lines = [OrderInput(key, "Derfor" if key in explained else "") for key in order]
        rest = [key for key in order if key not in explained]
        titles = {key: str(key) for key in order}
        if rest == sorted(rest):
            assert [line.pool_id for line in rules.check_order(lines, range(6), titles)] == list(order)
        else:
            with pytest.raises(MoveHasNoReason):
                rules.check_order(lines, range(6), titles)

    def test_refuses_what_is_not_the_whole_list_and_what_is_too_long(self) -> None:
        for order in ([OrderInput(1)], [OrderInput(1), OrderInput(1)], [OrderInput(1), OrderInput(9)]):
            with pytest.raises(OrderIsNotWhole):
                rules.check_order(order, [1, 2], {})
        with pytest.raises(TextIsTooLong):
            rules.check_order([OrderInput(2, "x" * 1_000_000), OrderInput(1)], [1, 2], {})


class TestWeighing:
    def test_refuses_what_is_no_weight(self) -> None:
        for wrong in (-3, 11, 40_000):
            with pytest.raises(WeightIsOutOfRange):
                rules.check_weights({Criterion.RISK: wrong})
        with pytest.raises(NothingCounts):
            rules.check_weights({Criterion.RISK: 0})

    def test_refuses_scores_off_the_scale_and_of_what_is_read_or_does_not_count(self) -> None:
        for wrong in (-1, 4, None):
            with pytest.raises(ScoreIsOutOfRange):
                rules.check_score(Criterion.RISK, wrong, {Criterion.RISK: 1})
        for criterion in (Criterion.PEOPLE, Criterion.COST):
            with pytest.raises(CriterionIsNotScored):
                rules.check_score(criterion, 1, {Criterion.PEOPLE: 5, Criterion.COST: 0})


class TestWhy:
    def test_tells_what_lifts_and_what_holds_back(self) -> None:
        facts, small = Facts(7, 5, 120, 0), Facts(1, 0, 0, 1)
        values = dict(rules.read_scores(facts, members=7)) | {
            Criterion.GOAL: Fraction(1), Criterion.COST: Fraction(0), Criterion.FUNDING: Fraction(0),
            Criterion.CAPACITY: Fraction(0), Criterion.RISK: Fraction(1),
        }  # fmt: skip
        weights = {Criterion.STATUTORY: 5, Criterion.PEOPLE: 3, Criterion.COST: 2, Criterion.RISK: 1}
        [standing] = rules.rank({1: values}, weights)
        said = rules.why(standing, values, facts, members=7, others=[small])
        assert [words.text() for words in said] == [
            "lovpålagt for 5 av 7 kommuner", "flest folk", "trekkes ned: koster mye per person",
        ]  # fmt: skip
