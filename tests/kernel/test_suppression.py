"""Small numbers: what is told, that nothing small can be worked out from it, and that the attack is a real one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.kernel import suppression
from kompetanse.kernel.suppression import LEAST, REQUIRED, Published, Shown, publish, share

from .attack import ROW, Attacker, Count, World, compositions, counts_behind, counts_of, told, values_by_trying

TWO = ("held", "missing")
THREE = ("held", "expiring", "missing")
COLUMNS = ["Alta", "Bodø", "Eid", "Hol", "Lom", "Os", "Voss"]
SMALL_PART, SMALL_WHOLE = set(range(LEAST)), set(range(1, LEAST))

# Rows of each sort: few required everywhere, too few to hide the parts in, small parts in large cells, and all sorts.
NUMBERS = st.tuples(st.integers(1, 6))
FEW = st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(lambda count: 1 <= sum(count) <= 4)
CLOSED = st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda count: 5 <= sum(count) <= 9)
LARGE = st.tuples(st.integers(8, 12), st.integers(0, 5))
ANY = st.one_of(FEW, CLOSED, LARGE, LARGE.map(lambda count: count[::-1]), st.just((0, 0)))


def rows_of(counts: st.SearchStrategy[Count], least: int = 1) -> st.SearchStrategy[World]:
    return st.lists(counts, min_size=least, max_size=7).map(lambda found: dict(zip(COLUMNS, found, strict=False)))


SORTS = [((), NUMBERS), (TWO, FEW), (TWO, CLOSED), (TWO, LARGE), (TWO, ANY)]
ROWS = st.one_of(*[st.tuples(st.just(parts), rows_of(counts, 4)) for parts, counts in SORTS])


def protected(world: World, parts: tuple[str, ...], column: str) -> list[tuple[str, set[int]]]:
    """The measures of this column that nobody may narrow down, with all that each must still be able to be."""
    count = world[column]
    required = sum(count)
    found = [(REQUIRED, SMALL_WHOLE)] if 1 <= required < LEAST else []
    return found + [(part, SMALL_PART) for part, n in zip(parts, count, strict=False) if required and n < LEAST]


def leaks(
    worlds: list[World],
    parts: tuple[str, ...],
    *,
    columns: list[str] | None = None,
    insiders: list[str | None] | None = None,
    still: bool = False,
    staffing: bool = False,
) -> list[str]:
    """What the attacker narrows down, outside or with the knowledge of one of the municipalities."""
    days: list[Published[str, str]] = []
    for world in worlds:
        days.append(told(world, parts, days[-1] if days else None))
    found = []
    for inside in insiders if insiders is not None else [None, *worlds[0]]:
        known = {inside: [world[inside] for world in worlds]} if inside else {}
        posts = {column: [sum(world[column]) for world in worlds] for column in worlds[0]} if staffing else None
        attacker = Attacker(days, known, still=still, staffing=posts)
        for column in columns or list(worlds[0]):
            for day, world in enumerate(worlds):
                if column != inside:
                    for measure, must in protected(world, parts, column):
                        values = attacker.values(column, measure, day)
                        assert values, "the truth itself must be found, or the attacker is broken"
                        if staffing:
                            must = {n for n in must if n <= sum(world[column])} if measure != REQUIRED else set()
                        if not must <= values:
                            found.append(f"{inside} knows {column} {measure} on day {day}: {sorted(values)}")
    return found


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
            truth = {key: (sum(count), *count)[place] for key, count in chosen.items()}
            numbers = [(table.cell(*key, measure), n) for key, n in truth.items()]
            numbers.append((table.total(measure), sum(truth.values())))
            numbers += [
                (table.row_total(r, measure), sum(n for k, n in truth.items() if k[0] == r)) for r in table.rows
            ]
            numbers += [
                (table.column_total(c, measure), sum(n for k, n in truth.items() if k[1] == c)) for c in table.columns
            ]
            for shown, n in numbers:
                assert shown.least <= n <= shown.most
                assert shown.value is None or shown.value >= LEAST or not sum(map(sum, chosen.values())) or n == 0

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
                    truth = (sum(world[column]), *world[column])[place]
                    if value is not None and less is not None and sum(world[column]):
                        assert truth == value - less >= LEAST


class TestAttack:
    """Whatever is told, every small count may still be anything that is small: 1–4 required, none to 4 of a part."""

    @pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6])
    def test_all_tables_of_few_in_few_municipalities(self, size: int) -> None:
        columns = COLUMNS[:size]
        alike: dict[object, list[Count]] = {}
        for numbers in product(range(1, 5), repeat=size):
            table = told({column: (n,) for column, n in zip(columns, numbers, strict=True)}, ())
            alike.setdefault(table.row_total(ROW).value, []).append(numbers)
        assert len(alike) == {1: 1, 2: 1, 3: 1, 4: 1, 5: 3, 6: 6}[size]
        for worlds in alike.values():
            for one, other in product(range(size), repeat=2):
                known = {(world[one], world[other]) for world in worlds}
                for inside in {mine for mine, _ in known}:
                    assert one == other or {theirs for mine, theirs in known if mine == inside} == SMALL_WHOLE

    @given(ROWS, st.data())
    @settings(max_examples=60, deadline=None)
    def test_one_date(self, row: tuple[tuple[str, ...], World], data: st.DataObject) -> None:
        parts, world = row
        column = data.draw(st.sampled_from(sorted(world)))
        inside = data.draw(st.sampled_from([None, *sorted(world.keys() - {column})]))
        assert leaks([world], parts, columns=[column], insiders=[inside]) == []

    @pytest.mark.parametrize(
        ("parts", "world"),
        [
            ((), dict.fromkeys(COLUMNS, (3,))),
            (TWO, {**dict.fromkeys(COLUMNS[:4], (2, 1)), **dict.fromkeys(COLUMNS[4:], (1, 2))}),
            (TWO, dict.fromkeys(COLUMNS, (4, 3))),
            (TWO, {**dict.fromkeys(COLUMNS[:5], (20, 2)), "Os": (20, 0), "Voss": (3, 20)}),
        ],
    )
    def test_where_a_sum_is_told(self, parts: tuple[str, ...], world: World) -> None:
        assert told(world, parts).crowds
        assert leaks([world], parts) == []

    @given(st.sampled_from([((), NUMBERS), (TWO, LARGE)]), st.data())
    @settings(max_examples=30, deadline=None)
    def test_two_dates_together(
        self, sort: tuple[tuple[str, ...], st.SearchStrategy[Count]], data: st.DataObject
    ) -> None:
        parts, counts = sort
        size = data.draw(st.integers(3, 6))
        days = [
            dict(zip(COLUMNS, data.draw(st.lists(counts, min_size=size, max_size=size)), strict=False)) for _ in "12"
        ]
        column, inside = data.draw(st.permutations(sorted(days[0])))[:2]
        assert leaks(days, parts, columns=[column], insiders=[data.draw(st.sampled_from([None, inside]))]) == []

    @given(ROWS, st.data())
    @settings(max_examples=40, deadline=None)
    def test_one_who_has_a_list_of_all_posts(self, row: tuple[tuple[str, ...], World], data: st.DataObject) -> None:
        parts, world = row
        column = data.draw(st.sampled_from(sorted(world)))
        inside = data.draw(st.sampled_from([None, *sorted(world.keys() - {column})]))
        assert leaks([world], parts, columns=[column], insiders=[inside], staffing=True) == []

    @given(ROWS, st.data())
    @settings(max_examples=80, deadline=None)
    def test_the_difference_between_two_dates(self, row: tuple[tuple[str, ...], World], data: st.DataObject) -> None:
        """The attacker takes everybody for unchanged who is told alike, and looks at those who are not."""
        parts, world = row
        changed = data.draw(st.sets(st.sampled_from(sorted(world)), min_size=1, max_size=2))
        later = {**world, **{column: data.draw(ANY if parts else NUMBERS) for column in sorted(changed)}}
        one, other = told(world, parts), told(later, parts)
        if all(one.cells[ROW, column] != other.cells[ROW, column] for column in changed):
            column = data.draw(st.sampled_from(sorted(world)))
            inside = data.draw(st.sampled_from([None, *sorted(world.keys() - {column})]))
            assert leaks([world, later], parts, columns=[column], insiders=[inside], still=True) == []


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


class TestTheAttackIsStrong:
    """What is commonly done is broken by the same kind of attack, and so is this program with a part taken out."""

    def test_hiding_only_the_small_ones_is_broken_by_the_total(self) -> None:
        truth = {"Alta": (12,), "Bodø": (3,), "Eid": (9,)}

        def publisher(world: World) -> object:
            return [n if n >= LEAST else None for (n,) in world.values()], sum(n for (n,) in world.values())

        choices = {column: [(n,) for n in range(15)] for column in truth}
        assert values_by_trying(publisher, truth, choices)["Bodø"] == {(3,)}

    def test_hiding_only_the_small_part_is_broken_by_the_whole(self) -> None:
        def publisher(world: World) -> object:
            return [(sum(count), *[n if n >= LEAST else None for n in count]) for count in world.values()]

        assert values_by_trying(publisher, {"Os": (17, 3)}, {"Os": list(product(range(25), repeat=2))}) == {
            "Os": {(17, 3)}
        }

    def test_hiding_the_next_smallest_too_is_broken_by_knowing_that_it_is_not_small(self) -> None:
        truth = {"Alta": (12,), "Bodø": (1,), "Eid": (5,)}

        def publisher(world: World) -> object:
            hidden = sorted(world, key=lambda column: world[column])[:2]
            return {c: n for c, (n,) in world.items() if c not in hidden}, sum(n for (n,) in world.values())

        choices = {"Alta": [(12,)], "Bodø": [(n,) for n in range(1, 5)], "Eid": [(n,) for n in range(5, 15)]}
        assert values_by_trying(publisher, truth, choices) == {"Alta": {(12,)}, "Bodø": {(1,)}, "Eid": {(5,)}}

    def test_totals_rounded_down_narrow_what_exact_cells_leave(self) -> None:
        def publisher(world: World) -> object:
            return [n if n >= LEAST else None for (n,) in world.values()], sum(n for (n,) in world.values()) // 5 * 5

        choices = {column: [(n,) for n in range(15)] for column in ("Alta", "Bodø")}
        assert values_by_trying(publisher, {"Alta": (12,), "Bodø": (3,)}, choices)["Bodø"] == {(3,), (4,)}

    @pytest.fixture(autouse=True)
    def forget(self) -> Iterator[None]:
        counts_behind.cache_clear()
        yield
        counts_behind.cache_clear()

    def test_without_the_bar_of_a_crowd(self, monkeypatch: pytest.MonkeyPatch) -> None:
        world = {"Alta": (20, 2), "Bodø": (20, 1)}
        assert leaks([world], TWO) == []
        monkeypatch.setattr(suppression, "_told", lambda sums, rooms, places: sums)
        assert "None knows Alta missing on day 0: [0, 1, 2, 3]" in leaks([world], TWO)
        assert "Bodø knows Alta missing on day 0: [2]" in leaks([world], TWO)

    def test_with_a_bar_for_outsiders_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        world = {"Alta": (20, 4), "Bodø": (20, 1), "Eid": (20, 1)}
        real = suppression._told
        monkeypatch.setattr(suppression, "_told", lambda sums, rooms, places: real(sums, sorted(rooms)[-1:], places))
        assert leaks([world], TWO, insiders=[None]) == []
        assert leaks([world], TWO, insiders=["Alta"])

    @pytest.mark.parametrize(
        ("name", "value", "parts", "count"),
        [
            ("_roomy", lambda parts: 13, THREE, (3, 5, 5)),
            ("_CLEAR", LEAST, THREE, (5, 3, 6)),
        ],
    )
    def test_without_room_in_a_cell(
        self, name: str, value: object, parts: tuple[str, ...], count: Count, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert leaks([{"Os": count}], parts) == []
        counts_behind.cache_clear()
        monkeypatch.setattr(suppression, name, value)
        assert leaks([{"Os": count}], parts)

    def test_without_a_series(self, monkeypatch: pytest.MonkeyPatch) -> None:
        days = [dict.fromkeys(COLUMNS, (20, 2)), {**dict.fromkeys(COLUMNS, (20, 2)), "Os": (20, 4)}]
        assert leaks(days, TWO, columns=["Os"], still=True) == []
        real = suppression.publish
        monkeypatch.setattr(suppression, "publish", lambda counts, parts, before: real(counts, parts))
        assert "None knows Os missing on day 1: [2, 3, 4]" in leaks(days, TWO, columns=["Os"], still=True)
