"""Small numbers: what is told of cells, totals, filters and dates. `test_suppression_attack` tries to get behind it."""

from __future__ import annotations

import random
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.kernel import suppression
from kompetanse.kernel.suppression import LEAST, REQUIRED, Shown, publish, share

from .attack import ROW, SMALL_PART, SMALL_WHOLE, Count, World, compositions, counts_of, told
from .tables import ANY, COLUMNS, ROWS, THREE, TWO, rows_of


class TestCell:
    @pytest.mark.parametrize(
        ("count", "expected"),
        [
            ((0, 0, 0), [(0, 0)] * 4),
            ((1, 0, 2), [(1, 4), (0, 4), (0, 4), (0, 4)]),
            ((9, 0, 4), [(13, 13), (0, 13), (0, 13), (0, 13)]),
            ((17, 0, 3), [(20, 20), (12, 20), (0, 4), (0, 4)]),
            ((17, 6, 3), [(26, 26), (16, 20), (6, 6), (0, 4)]),
            ((17, 6, 5), [(28, 28), (17, 17), (6, 6), (5, 5)]),
            # Everybody lacks it, or nobody: neither is told of each one of them.
            ((0, 0, 30), [(30, 30), (0, 4), (0, 4), (22, 30)]),
            ((30, 0, 0), [(30, 30), (22, 30), (0, 4), (0, 4)]),
            ((7, 0, 93), [(100, 100), (0, 100), (0, 100), (0, 100)]),
        ],
    )
    def test_tells(self, count: Count, expected: list[tuple[int, int]]) -> None:
        cell = told({"Os": count}, THREE).cells[ROW, "Os"]
        assert [(shown.least, shown.most) for shown in cell] == expected

    @pytest.mark.parametrize(("parts", "largest"), [(2, 30), (3, 26), (4, 25)])
    def test_hides_every_small_part_whatever_the_count(self, parts: int, largest: int) -> None:
        """All counts there are: those told alike still leave every small one anything from none to four."""
        alike: dict[suppression.Cell, list[Count]] = {}
        for required in range(1, largest + 1):
            for count in compositions(required, parts):
                alike.setdefault(suppression._cell((required, *count)), []).append((required, *count))
        for cell, counts in alike.items():
            for place, shown in enumerate(cell):
                values = {count[place] for count in counts}
                assert shown.least <= min(values)
                assert max(values) <= shown.most
                if min(values) < LEAST:
                    assert values >= (SMALL_PART if place else SMALL_WHOLE), (cell, place)

    def test_says_what_it_tells(self) -> None:
        assert (Shown(7, 7).value, Shown(7, 7).at_least, Shown(7, 7).under, Shown(7, 7).hidden) == (
            7,
            None,
            False,
            False,
        )
        assert (Shown(0, 4).value, Shown(0, 4).at_least, Shown(0, 4).under, Shown(0, 4).hidden) == (
            None,
            None,
            True,
            True,
        )
        assert (Shown(6, 9).value, Shown(6, 9).at_least, Shown(6, 9).under, Shown(6, 9).hidden) == (
            None,
            6,
            False,
            False,
        )
        assert (Shown(0, 9).value, Shown(0, 9).at_least, Shown(0, 9).under, Shown(0, 9).hidden) == (
            None,
            None,
            False,
            True,
        )


class TestTotals:
    def test_the_region_sees_what_seven_small_ones_need_together(self) -> None:
        table = told(dict.fromkeys(COLUMNS, (1, 2)), TWO)
        assert [table.row_total(ROW, measure).value for measure in (REQUIRED, *TWO)] == [21, None, None]
        table = told({**dict.fromkeys(COLUMNS[:4], (2, 1)), **dict.fromkeys(COLUMNS[4:], (1, 2))}, TWO)
        assert [table.row_total(ROW, measure).value for measure in (REQUIRED, *TWO)] == [21, 11, 10]

    def test_small_parts_of_large_cells_are_told_together(self) -> None:
        table = told(dict.fromkeys(COLUMNS, (20, 2)), TWO)
        assert [table.row_total(ROW, measure).value for measure in (REQUIRED, *TWO)] == [154, 140, 14]
        assert table.total("missing").value == 14
        assert table.column_total("Os").value == 22
        assert table.column_total("Os", "missing").under

    def test_a_filter_that_leaves_one_out_loses_the_sum(self) -> None:
        table = told(dict.fromkeys(COLUMNS, (20, 2)), TWO)
        some = table.select(columns=COLUMNS[:-1])
        assert some.row_total(ROW).value == 132
        assert some.row_total(ROW, "missing").value is None
        assert some.row_total(ROW, "held").at_least == 108
        with pytest.raises(KeyError):
            some.cell(ROW, COLUMNS[-1])

    def test_per_cent_only_of_what_is_told(self) -> None:
        table = told({**dict.fromkeys(COLUMNS, (20, 2)), "Os": (18, 6)}, TWO)
        assert share(table.cell(ROW, "Os", "missing"), table.cell(ROW, "Os")) == 25
        assert share(table.cell(ROW, "Alta", "missing"), table.cell(ROW, "Alta")) is None
        assert share(table.cell(ROW, "Alta", "held"), table.cell(ROW, "Alta")) is None
        assert share(Shown(0, 0), Shown(0, 0)) is None

    def test_the_small_are_sorted_alike(self) -> None:
        table = told({"Os": (20, 4), "Eid": (30, 0), "Hol": (20, 7)}, TWO)
        shown = {column: table.cell(ROW, column, "missing") for column in ("Os", "Eid", "Hol")}
        assert shown["Os"] == shown["Eid"] < shown["Hol"]

    def test_what_is_not_counted_requires_nobody(self) -> None:
        table = publish({("a", "Os"): {REQUIRED: 7}, ("b", "Eid"): {REQUIRED: 8}})
        assert table.cell("a", "Eid").value == 0
        assert table.total().value == 15

    @given(st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from(COLUMNS)), ANY, min_size=1), st.data())
    def test_every_number_holds_the_truth_and_none_that_is_told_is_small(
        self, counts: dict[tuple[str, str], Count], data: st.DataObject
    ) -> None:
        named = {key: dict(zip(TWO, count, strict=True)) for key, count in counts.items()}
        rows = data.draw(st.sets(st.sampled_from("abc")))
        columns = data.draw(st.sets(st.sampled_from(COLUMNS)))
        table = publish(named, TWO).select(rows, columns)
        chosen = {key: count for key, count in counts.items() if key[0] in rows and key[1] in columns}
        for place, measure in enumerate((REQUIRED, *TWO)):
            numbers = [(table.cell(*key, measure), [key]) for key in chosen]
            numbers += [(table.total(measure), list(chosen))]
            numbers += [(table.row_total(row, measure), [k for k in chosen if k[0] == row]) for row in table.rows]
            numbers += [(table.column_total(c, measure), [k for k in chosen if k[1] == c]) for c in table.columns]
            for shown, keys in numbers:
                required = sum(sum(chosen[key]) for key in keys)
                assert shown.least <= sum((sum(chosen[key]), *chosen[key])[place] for key in keys) <= shown.most
                assert shown.value is None or shown.value >= LEAST or not required

    @given(ROWS)
    @settings(max_examples=40)
    def test_no_two_filters_differ_by_a_small_number(self, row: tuple[tuple[str, ...], World]) -> None:
        parts, world = row
        table = told(world, parts)
        filters = list(chain.from_iterable(combinations(world, size) for size in range(1, len(world) + 1)))
        for place, measure in enumerate((REQUIRED, *parts)):
            values = {frozenset(f): table.select(columns=f).row_total(ROW, measure).value for f in filters}
            for chosen, value in values.items():
                for column in chosen:
                    less = values.get(chosen - {column})
                    required = sum(world[column])
                    if value is not None and less is not None and required:
                        assert value - less == (required, *world[column])[place] >= LEAST


class TestSeries:
    FIRST = dict.fromkeys(COLUMNS, (20, 2))

    def test_a_sum_is_told_again_while_nothing_is_seen_to_change(self) -> None:
        later = {**self.FIRST, "Os": (19, 3)}
        assert told(later, TWO, told(self.FIRST, TWO)).row_total(ROW, "missing").value == 15

    @pytest.mark.parametrize("os", [(20, 3), (21, 2), (16, 6), (4, 0), (0, 0)])
    def test_a_sum_is_no_longer_told_when_a_member_is_seen_to_change(self, os: Count) -> None:
        later = told({**self.FIRST, "Os": os}, TWO, told(self.FIRST, TWO))
        assert later.row_total(ROW, "missing").value is None
        # Nor when all is as it was: the change in between has pointed at somebody.
        assert told(self.FIRST, TWO, later).row_total(ROW, "missing").value is None
        assert told(self.FIRST, TWO).row_total(ROW, "missing").value == 14

    def test_a_change_in_another_row_points_as_well(self) -> None:
        counts = counts_of(self.FIRST, TWO)
        other = {("andre", "Os"): {"held": 30, "missing": 9}}
        more = {("andre", "Os"): {"held": 31, "missing": 9}}
        first = publish({**counts, **other}, TWO)
        assert publish({**counts, **other}, TWO, first).row_total(ROW, "missing").value == 14
        assert publish({**counts, **more}, TWO, first).row_total(ROW, "missing").value is None

    def test_no_new_sum_within_a_series(self) -> None:
        first = told(dict.fromkeys(COLUMNS, (21, 1)), TWO)
        assert first.row_total(ROW, "missing").value is None
        assert told(self.FIRST, TWO, first).row_total(ROW, "missing").value is None

    def test_nor_a_new_sum_of_a_crowd_that_has_another_told(self) -> None:
        first = told(dict.fromkeys(COLUMNS, (2, 1)), TWO)
        later = {**dict.fromkeys(COLUMNS[:4], (2, 1)), **dict.fromkeys(COLUMNS[4:], (1, 2))}
        assert told(later, TWO).row_total(ROW, "missing").value == 10
        again = told(later, TWO, first)
        assert (again.row_total(ROW).value, again.row_total(ROW, "missing").value) == (21, None)


class TestPublish:
    @given(rows_of(ANY), st.randoms(use_true_random=False))
    def test_the_order_does_not_matter(self, world: World, chance: random.Random) -> None:
        counts = list(counts_of(world, TWO).items())
        shuffled = counts[:]
        chance.shuffle(shuffled)
        assert publish(dict(counts), TWO) == publish(dict(shuffled), TWO)

    @pytest.mark.parametrize(
        ("count", "parts"),
        [
            ({"held": 5, "missing": -1}, TWO),
            ({"held": 5, "missing": 1, REQUIRED: 7}, TWO),
            ({"held": 5, "expiring": 1}, TWO),
            ({REQUIRED: -1}, ()),
            ({"held": 5}, ("held",)),
            ({"held": 5}, ("held", "held")),
            ({REQUIRED: 5}, (REQUIRED, "held")),
        ],
    )
    def test_refuses_parts_that_do_not_make_up_the_whole(self, count: dict[str, int], parts: tuple[str, ...]) -> None:
        with pytest.raises(ValueError, match="parts"):
            publish({(ROW, "Os"): count}, parts)

    def test_refuses_other_parts_than_before(self) -> None:
        with pytest.raises(ValueError, match="before"):
            told({"Os": (7, 7)}, TWO, told({"Os": (7,)}, ()))
