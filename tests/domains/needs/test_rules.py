from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.domains.needs.rules import Wording
from kompetanse.domains.needs.rules.assembling import keep_pools
from kompetanse.domains.needs.rules.causes import read_reason
from kompetanse.domains.needs.rules.placing import paths_by_name, place
from kompetanse.domains.needs.rules.ranking import check_ranking
from kompetanse.domains.needs.rules.recognising import identity, recognise
from kompetanse.domains.needs.rules.reporting import check_people, check_text
from kompetanse.domains.needs.rules.teaching import taught, teach_apart, teach_together
from kompetanse.domains.needs.types import (
    Cause,
    NeedHasNoTitle,
    NeedKind,
    PeopleOutOfRange,
    PoolOutcome,
    RankInput,
    RankIsMissing,
    RankIsTaken,
    ReasonIsMissing,
    TextIsTooLong,
)


class TestReadReason:
    @pytest.mark.parametrize(
        ("reason", "cause", "kind"),
        [
            ("Rekruttering er vanskelig", Cause.RECRUITMENT, NeedKind.RECRUIT),
            ("Vanskeleg å få tak i folk", Cause.RECRUITMENT, NeedKind.RECRUIT),
            ("Omstilling", Cause.REORGANISATION, NeedKind.LEARN),
            ("Vi må utnytte kompetansen bedre", Cause.REORGANISATION, NeedKind.MOBILISE),
            ("Tilsyn påpekte mangel", Cause.INSPECTION, NeedKind.LEARN),
            ("Krav i forskrift", Cause.LAW, NeedKind.LEARN),
            ("Lovpålagd", Cause.LAW, NeedKind.LEARN),
            ("Må fornyast kvart år", Cause.RENEWAL, NeedKind.LEARN),
            ("Ynske frå tilsette", Cause.WISH, NeedKind.LEARN),
            ("Noe helt annet", Cause.OTHER, NeedKind.LEARN),
            ("  ", Cause.NONE, NeedKind.LEARN),
        ],
    )
    def test_sorts_by_the_table(self, reason: str, cause: Cause, kind: NeedKind) -> None:
        assert (read_reason(reason).cause, read_reason(reason).kind) == (cause, kind)


class TestPlace:
    UNITS = paths_by_name(
        [("Kommunen", (1,)), ("Skole", (1, 2)), ("Nedre skole", (1, 2, 3)), ("Nedre  SKOLE", (1, 2, 4)),
         ("Hjem", (1, 5)), ("Team", (1, 5, 6)), ("Team", (1, 2, 7)), ("Øy", (8,)), ("Øy", (9,))]
    )  # fmt: skip

    def test_finds_a_unit_by_its_name_whatever_the_case(self) -> None:
        assert place("hjem ", self.UNITS) == 5

    def test_gives_the_lowest_unit_above_all_of_the_name(self) -> None:
        assert place("Nedre skole", self.UNITS) == 2
        assert place("Team", self.UNITS) == 1

    def test_gives_none_where_nothing_has_the_name_or_is_above_all(self) -> None:
        assert place("Ukjent", self.UNITS) is None
        assert place("Øy", self.UNITS) is None


WORD = st.sampled_from(["a", "b", "c"])
ROW = st.tuples(WORD, WORD, WORD, WORD)


class TestRecognise:
    @given(st.lists(ROW, max_size=12))
    def test_knows_every_row_of_the_same_file_again_in_order(self, rows: list[tuple[str, str, str, str]]) -> None:
        known = dict(enumerate(rows, start=100))

        assert recognise(rows, known) == list(known)

    @given(st.lists(ROW, max_size=12), st.lists(ROW, max_size=12))
    def test_tells_of_no_need_twice(
        self, rows: list[tuple[str, str, str, str]], before: list[tuple[str, str, str, str]]
    ) -> None:
        found = [match for match in recognise(rows, dict(enumerate(before))) if match is not None]

        assert len(found) == len(set(found))

    def test_knows_an_edited_row_again_by_the_other_three(self) -> None:
        known = {1: identity("Palliasjon", "Heimtun", "Sykepleier", "vår"), 2: identity("HMS", "Heimtun", "", "")}
        rows = [identity("Palliasjon", "Heimtun", "Sykepleier", "HØST"), identity("Ny", "Annet", "x", "y")]

        assert recognise(rows, known) == [1, None]
        assert recognise(rows, known, exact=True) == [None, None]

    def test_lets_an_exact_row_go_before_an_edited_one(self) -> None:
        known = {1: identity("A", "E", "", "vår")}

        assert recognise([identity("A", "E", "", "høst"), identity("A", "E", "", "vår")], known) == [None, 1]


class TestKeepPools:
    @given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.lists(st.integers(0, 3), min_size=1, max_size=12))
    def test_uses_no_pool_twice_and_keeps_equal_groups(self, new: list[int], old: list[int]) -> None:
        groups = _groups(new)
        standing = dict(enumerate(_groups(old), start=50))

        kept = keep_pools(groups, standing)

        used = [pool for pool in kept if pool is not None]
        assert len(used) == len(set(used))
        for pool, members in standing.items():
            if members in groups:
                assert kept[groups.index(members)] == pool

    def test_goes_on_as_the_group_that_holds_most(self) -> None:
        assert keep_pools([frozenset({1, 2, 9}), frozenset({3})], {7: frozenset({1, 2, 3})}) == [7, None]


def _groups(labels: list[int]) -> list[frozenset[int]]:
    return [frozenset(i for i, it in enumerate(labels) if it == label) for label in sorted(set(labels))]


A, B, C = Wording("Velferdsteknologi"), Wording("Trygghetsalarmer"), Wording("Digitalt tilsyn")


class TestTeaching:
    def test_remembers_a_group_as_the_same(self) -> None:
        lessons = dict.fromkeys(teach_together([A, B, C], {}).same, True)

        assert len(taught(lessons).same) == 2
        assert taught(lessons).different == frozenset()

    def test_forgets_that_two_differ_when_they_are_put_together(self) -> None:
        lessons = dict.fromkeys(teach_apart([A], [B, C], {}).different, False)

        forgotten = teach_together([A, B], lessons).forget

        assert {frozenset(pair) for pair in forgotten} == {frozenset({A, B})}

    def test_forgets_that_two_are_the_same_when_they_are_set_apart(self) -> None:
        lessons = dict.fromkeys(teach_together([A, B], {}).same, True)

        teaching = teach_apart([A], [B], lessons)

        assert set(teaching.forget) == set(lessons)
        assert set(teaching.different) == set(lessons)

    def test_learns_nothing_from_equal_wordings_set_apart(self) -> None:
        assert teach_apart([A], [Wording("velferdsteknologi!")], {}).different == ()


class TestChecks:
    @pytest.mark.parametrize("people", [-3, 0, 10_001, 40_000])
    def test_refuses_numbers_no_municipality_has(self, people: int) -> None:
        with pytest.raises(PeopleOutOfRange, match="fra 1 til 10 000"):
            check_people(people)

    def test_takes_numbers_within_and_none(self) -> None:
        assert [check_people(people) for people in (1, 10_000, None)] == [1, 10_000, None]

    def test_refuses_an_empty_title_and_a_very_long_one(self) -> None:
        with pytest.raises(NeedHasNoTitle):
            check_text("title", " \t")
        with pytest.raises(TextIsTooLong, match="høyst 200 tegn"):
            check_text("title", "x" * 1_000_000)

    def test_leaves_markup_as_text_and_takes_away_what_cannot_be_shown(self) -> None:
        assert check_text("title", "<b>HMS</b>\x00\n kurs") == "<b>HMS</b> kurs"


TITLES = {1: "HMS", 2: "Palliasjon", 3: "Excel"}
FIRST, LATER, NO = PoolOutcome.PRIORITISED, PoolOutcome.DEFERRED, PoolOutcome.REJECTED


class TestCheckRanking:
    def test_closes_up_the_places_and_puts_the_rest_last(self) -> None:
        lines = check_ranking(
            [RankInput(3, None, LATER, "Nei"), RankInput(1, 9, FIRST), RankInput(2, 4, FIRST)], TITLES
        )

        assert [(line.pool_id, line.rank) for line in lines] == [(2, 1), (1, 2), (3, None)]

    @pytest.mark.parametrize(
        ("ranking", "error"),
        [
            ([RankInput(1, None, FIRST)], RankIsMissing),
            ([RankInput(1, 0, FIRST)], RankIsMissing),
            ([RankInput(1, 1, FIRST), RankInput(2, 1, FIRST)], RankIsTaken),
            ([RankInput(1, None, NO, " ")], ReasonIsMissing),
        ],
    )
    def test_refuses_a_list_that_does_not_say_what_it_means(
        self, ranking: list[RankInput], error: type[Exception]
    ) -> None:
        with pytest.raises(error):
            check_ranking(ranking, TITLES)

    @settings(max_examples=50)
    @given(st.permutations([1, 2, 3]), st.lists(st.integers(1, 99), min_size=3, max_size=3, unique=True))
    def test_keeps_the_order_given(self, pools: list[int], ranks: list[int]) -> None:
        lines = check_ranking([RankInput(p, r, FIRST) for p, r in zip(pools, ranks, strict=True)], TITLES)

        assert [line.pool_id for line in lines] == [p for _, p in sorted(zip(ranks, pools, strict=True))]
        assert [line.rank for line in lines] == [1, 2, 3]
