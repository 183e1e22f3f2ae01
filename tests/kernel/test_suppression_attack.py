"""Nothing small can be worked out from what is told, and the attack that does not manage is a real one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.kernel import suppression
from kompetanse.kernel.suppression import LEAST

from .attack import ROW, SMALL_WHOLE, Count, World, counts_behind, leaks, told, values_by_trying
from .tables import ANY, COLUMNS, LARGE, NUMBERS, PURE_ROWS, ROWS, THREE, TWO


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

    @given(PURE_ROWS, st.data())
    @settings(max_examples=50, deadline=None)
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


class TestTheAttackIsStrong:
    """What is commonly done is broken by the same kind of attack, and so is this program with a part taken out."""

    def test_hiding_only_the_small_ones_is_broken_by_the_total(self) -> None:
        truth: World = {"Alta": (12,), "Bodø": (3,), "Eid": (9,)}

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
        truth: World = {"Alta": (12,), "Bodø": (1,), "Eid": (5,)}

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
        world: World = {"Alta": (20, 2), "Bodø": (20, 1)}
        assert leaks([world], TWO) == []
        monkeypatch.setattr(suppression, "_told", lambda sums, rooms, places: sums)
        assert "None knows Alta missing on day 0: [0, 1, 2, 3]" in leaks([world], TWO)
        assert "Bodø knows Alta missing on day 0: [2]" in leaks([world], TWO)

    def test_with_a_bar_for_outsiders_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        world: World = {"Alta": (20, 4), "Bodø": (20, 1), "Eid": (20, 1)}
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
        days: list[World] = [dict.fromkeys(COLUMNS, (20, 2)), {**dict.fromkeys(COLUMNS, (20, 2)), "Os": (20, 4)}]
        assert leaks(days, TWO, columns=["Os"], still=True) == []
        real = suppression.publish
        monkeypatch.setattr(suppression, "publish", lambda counts, parts, before: real(counts, parts))
        assert "None knows Os missing on day 1: [2, 3, 4]" in leaks(days, TWO, columns=["Os"], still=True)
