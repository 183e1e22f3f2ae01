"""One who attacks what is told of small numbers: knows the program, one column of the truth, and up to two dates.

The attacker looks for *worlds*: counts that would have been told in exactly the same way. A value that no world has
is ruled out. A world found is proved by publishing it again and comparing all that is told, so nothing is taken for
safe that is not; a world that the search overlooks makes a test fail, never pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any

from kompetanse.kernel import suppression
from kompetanse.kernel.suppression import LEAST, REQUIRED, Cell, Published

Count = tuple[int, ...]  # the parts, or what is required where there are none
World = dict[str, Count]  # one row: column → count
Chain = Any  # (column, what it was date by date, the columns before it), or None
ROW = "krav"
BITS = 24  # room for one sum in a row of them
SMALL_PART, SMALL_WHOLE = set(range(LEAST)), set(range(1, LEAST))  # what a small count must still be able to be


def counts_of(world: Mapping[str, Count], parts: tuple[str, ...]) -> dict[tuple[str, str], dict[str, int]]:
    return {
        (ROW, column): dict(zip(parts, count, strict=True)) if parts else {REQUIRED: count[0]}
        for column, count in world.items()
    }


def told(
    world: Mapping[str, Count], parts: tuple[str, ...], before: Published[str, str] | None = None
) -> Published[str, str]:
    return suppression.publish(counts_of(world, parts), parts, before)


def compositions(total: int, places: int) -> Iterator[Count]:
    if places == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, places - 1):
            yield first, *rest


@cache
def counts_behind(cell: Cell, parts: tuple[str, ...]) -> list[Count]:
    """Every count that is told as this cell is, when the cell stands alone."""
    return [
        count
        for total in range(cell[0].least, cell[0].most + 1)
        for count in compositions(total, len(parts) or 1)
        if told({"en": count}, parts).cells[ROW, "en"] == cell
    ]


class Attacker:
    """Holds what is told of one row on one or more dates, and whole columns known from inside.

    `still` is the assumption that a column told alike on all dates has not changed in between: differencing.
    `staffing` is how many are required in each column, from a list of posts, date by date.
    """

    def __init__(
        self,
        days: Sequence[Published[str, str]],
        inside: Mapping[str, Sequence[Count]],
        *,
        still: bool = False,
        staffing: Mapping[str, Sequence[int]] | None = None,
    ) -> None:
        self.days = days
        self.parts = days[0].parts
        self.inside = inside
        self.still = still
        self.staffing = staffing
        self.columns = sorted(set.union(*(set(day.columns) for day in days)))

    def values(self, column: str, measure: str, day: int) -> set[int]:
        """Every value that this count may still have."""
        found: set[int] = set()
        names = self._crowds()
        places, told_sums = self._told(names)
        around = self._reach([other for other in self.columns if other != column], names)
        hopeless: set[int] = set()
        for mine in self._histories(column):
            value, step = self._value(mine[day], measure), self._step(mine, column, names)
            for sums, worlds in around.items():
                if value in found:
                    break
                whole = sums + step
                if whole in hopeless or whole & places != told_sums:
                    continue
                if self._proved((column, mine, worlds)):
                    found.add(value)
                else:
                    hopeless.add(whole)
        return found

    def _value(self, count: Count, measure: str) -> int:
        return sum(count) if measure == REQUIRED else count[self.parts.index(measure)]

    def _histories(self, column: str) -> list[tuple[Count, ...]]:
        """What a column may have been, date by date."""
        if column in self.inside:
            return [tuple(self.inside[column])]
        cells = [day.cells[ROW, column] for day in self.days]
        behind = [counts_behind(cell, self.parts) for cell in cells]
        if self.staffing:
            totals = self.staffing[column]
            behind = [[c for c in counts if sum(c) == total] for counts, total in zip(behind, totals, strict=True)]
        if self.still and len(set(cells)) == 1:
            return [(count,) * len(cells) for count in behind[0]]
        return list(product(*behind))

    def _crowds(self) -> list[tuple[int, str]]:
        return sorted(
            {(day, name) for day in range(len(self.days)) for c in self.columns for name in self._names(day, c)}
        )

    def _told(self, names: list[tuple[int, str]]) -> tuple[int, int]:
        """Where in a row of sums those stand that are told, and what they are."""
        measures = (REQUIRED, *self.parts)
        places = sums = 0
        for day, table in enumerate(self.days):
            for crowd in table.crowds.get(ROW, ()):
                for measure, told_sum in crowd.sums.items():
                    place = BITS * (names.index((day, crowd.name)) * len(measures) + measures.index(measure))
                    places |= ((1 << BITS) - 1) << place
                    sums |= told_sum << place
        return places, sums

    def _reach(self, columns: list[str], names: list[tuple[int, str]]) -> dict[int, Chain]:
        """One world for each way in which the sums over these columns can come out.

        What may be told beyond the cells are sums over crowds. Which crowds a column is in is told by its cell, so it
        is enough to keep, crowd by crowd, what the members add up to.
        """
        reach: dict[int, Chain] = {0: None}
        for column in columns:
            steps = {self._step(history, column, names): history for history in self._histories(column)}
            further: dict[int, Chain] = {}
            for sums, worlds in reach.items():
                for step, history in steps.items():
                    further.setdefault(sums + step, (column, history, worlds))
            reach = further
        return reach

    def _names(self, day: int, column: str) -> list[str]:
        return suppression._crowds(self.days[day].cells[ROW, column], self.parts)

    def _step(self, history: tuple[Count, ...], column: str, names: list[tuple[int, str]]) -> int:
        """What a column adds to each sum: a row of numbers side by side in one, so that rows are added as one is."""
        found: list[int] = []
        for day, name in names:
            counted = (sum(history[day]), *(history[day] if self.parts else ()))
            part = name.removeprefix("under ")
            if name not in self._names(day, column):
                counted = (0,) * len(counted)
            elif part in self.parts:  # only this part of the cell is in the crowd
                counted = tuple(n if m == part else 0 for m, n in zip((REQUIRED, *self.parts), counted, strict=True))
            found.extend(counted)
        return sum(number << place * BITS for place, number in enumerate(found))

    def _proved(self, worlds: Chain) -> bool:
        """These counts would have been told in the same way, on every date."""
        histories: dict[str, tuple[Count, ...]] = {}
        while worlds:
            column, history, worlds = worlds
            histories[column] = history
        before = None
        for place, day in enumerate(self.days):
            again = told({column: history[place] for column, history in histories.items()}, self.parts, before)
            if again != day:
                return False
            before = day
        return True


def values_by_trying(
    publisher: Callable[[World], object], truth: World, choices: Mapping[str, Sequence[Count]]
) -> dict[str, set[Count]]:
    """By trying every world there is: the counts that each column may have, when this is how the truth is told."""
    seen = publisher(truth)
    found: dict[str, set[Count]] = {column: set() for column in truth}
    for combined in product(*(choices[column] for column in truth)):
        world = dict(zip(truth, combined, strict=True))
        if publisher(world) == seen:
            for column, count in world.items():
                found[column].add(count)
    return found


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
