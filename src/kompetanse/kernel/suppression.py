"""Small numbers: what may be told of a table of people, so that no count of 1–4 of them can be worked out.

A table counts people by row (a requirement) × column (a municipality), divided into *parts* (held, expiring,
missing …) that together are what is `required`. What is told of a cell depends on that cell alone; every total,
filter, percentage and export is worked out from what is told, never from the counts. The one thing told besides
the cells is the sum of a *crowd*: the hidden cells of one row, where they are many enough to hide each other also
from a reader who knows one of them (each municipality knows its own). ADR 13 has the reasons and the proof.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

LEAST = 5
REQUIRED = "required"
_SMALL = LEAST - 1  # the largest count that is hidden
# What a lopsided cell's first large part must keep for certain: more than any part it could be confused with.
_CLEAR = LEAST + _SMALL

Row = TypeVar("Row", bound=Hashable)
Column = TypeVar("Column", bound=Hashable)


@dataclass(frozen=True, slots=True, order=True)
class Shown:
    """What is told of a count: it lies from `least` to `most`, both taken in. A list is sorted by this alone."""

    least: int
    most: int

    @property
    def value(self) -> int | None:
        """The count itself, where it is told."""
        return self.least if self.least == self.most else None

    @property
    def at_least(self) -> int | None:
        """For "minst n": the count is not told, but it is no small one."""
        return self.least if LEAST <= self.least < self.most else None

    @property
    def under(self) -> bool:
        """For "under 5": the count is small, perhaps none."""
        return self.least < self.most < LEAST

    @property
    def hidden(self) -> bool:
        """Nothing is told that is worth a number."""
        return self.least < self.most and self.least < LEAST


@dataclass(frozen=True, slots=True)
class Crowd(Generic[Column]):
    """Hidden cells of one row, and the sums over all of them that are told."""

    name: str
    members: frozenset[Column]
    sums: Mapping[str, int]


Cell = tuple[Shown, ...]  # required, then the parts in their order


@dataclass(frozen=True)
class Published(Generic[Row, Column]):
    """A table as it may be seen by those who must not see small numbers. Two are equal when they tell the same."""

    parts: tuple[str, ...]
    rows: frozenset[Row]
    columns: frozenset[Column]
    cells: Mapping[tuple[Row, Column], Cell]
    crowds: Mapping[Row, tuple[Crowd[Column], ...]]
    _lines: dict[object, Cell] = field(default_factory=dict, compare=False, repr=False)

    def cell(self, row: Row, column: Column, measure: str = REQUIRED) -> Shown:
        """One count. A cell that was not counted requires nobody."""
        if row not in self.rows or column not in self.columns:
            raise KeyError((row, column))
        return self._cell(row, column)[self._place(measure)]

    def row_total(self, row: Row, measure: str = REQUIRED) -> Shown:
        """All the columns of a row."""
        return self._row(row)[self._place(measure)]

    def column_total(self, column: Column, measure: str = REQUIRED) -> Shown:
        """All the rows of a column, from what its cells tell."""
        key = ("column", column)
        if key not in self._lines:
            self._lines[key] = _sum(len(self.parts), (self._cell(row, column) for row in self.rows))
        return self._lines[key][self._place(measure)]

    def total(self, measure: str = REQUIRED) -> Shown:
        """The whole table."""
        if "total" not in self._lines:
            self._lines["total"] = _sum(len(self.parts), map(self._row, self.rows))
        return self._lines["total"][self._place(measure)]

    def select(
        self, rows: Iterable[Row] | None = None, columns: Iterable[Column] | None = None
    ) -> Published[Row, Column]:
        """What a filter shows: these rows and columns, and the crowds that are wholly among them."""
        chosen = self.rows if rows is None else self.rows & frozenset(rows)
        across = self.columns if columns is None else self.columns & frozenset(columns)
        whole = {
            row: kept
            for row in chosen
            if (kept := tuple(crowd for crowd in self.crowds.get(row, ()) if crowd.members <= across))
        }
        cells = {key: cell for key, cell in self.cells.items() if key[0] in chosen and key[1] in across}
        return Published(self.parts, chosen, across, cells, whole)

    def _place(self, measure: str) -> int:
        return 0 if measure == REQUIRED else 1 + self.parts.index(measure)

    def _cell(self, row: Row, column: Column) -> Cell:
        return self.cells.get((row, column)) or (_NONE,) * (1 + len(self.parts))

    def _row(self, row: Row) -> Cell:
        if ("row", row) not in self._lines:
            crowds = self.crowds.get(row, ())
            line = [self._cell(row, column) for column in self.columns]
            surer = [self._surer(row, crowd) for crowd in crowds]
            self._lines[("row", row)] = _sum(len(self.parts), [*line, *surer])
        return self._lines[("row", row)]

    def _surer(self, row: Row, crowd: Crowd[Column]) -> Cell:
        """What a crowd's sums add to what its cells tell one by one: as much below as they take away above."""
        cells = [self._cell(row, column) for column in crowd.members]
        found = []
        for place, measure in enumerate((REQUIRED, *self.parts)):
            told = crowd.sums.get(measure)
            if told is None:
                found.append(_NONE)
            else:
                least, most = sum(cell[place].least for cell in cells), sum(cell[place].most for cell in cells)
                found.append(Shown(told - least, told - most))
        return tuple(found)


_NONE = Shown(0, 0)


def publish(
    counts: Mapping[tuple[Row, Column], Mapping[str, int]],
    parts: Sequence[str] = (),
    before: Published[Row, Column] | None = None,
) -> Published[Row, Column]:
    """What may be told of `counts`, whatever their order. Rows and columns are the finest that any filter offers.

    `parts` make up what is required and are two or more, what most people are in first; without parts each cell
    has `required` alone. A column is all that one reader knows from their own work. `before` is the table that was
    told last: without one a series starts. Within a series no new sum of a crowd is told, and an old one only as long
    as its members are the same and nothing else that is told of them changes: two sums never differ by somebody in
    particular. Raises ValueError when the parts do not make up what is required, or are others than before.
    """
    parts = tuple(parts)
    if len(parts) == 1 or REQUIRED in parts or len(set(parts)) < len(parts):
        raise ValueError("the parts are none, or two or more different")
    if before is not None and before.parts != parts:
        raise ValueError("the parts must be those of the table before")
    cells: dict[tuple[Row, Column], Cell] = {}
    hidden: dict[tuple[Row, str], dict[Column, tuple[int, ...]]] = {}
    seen: dict[tuple[int, ...], tuple[Cell, list[str]]] = {}
    for (row, column), measured in counts.items():
        count = _count(measured, parts)
        if count not in seen:
            cell = _cell(count)
            seen[count] = cell, _crowds(cell, parts)
        cells[row, column], names = seen[count]
        for name in names:
            hidden.setdefault((row, name), {})[column] = count
    kept = _kept(before, cells) if before else None
    crowds: dict[Row, list[Crowd[Column]]] = {}
    for (row, name), members in sorted(hidden.items(), key=lambda item: item[0][1]):
        sums = _sums(name, list(members.values()), parts)
        if kept is not None:
            old = kept.get((row, name))
            sums = {m: n for m, n in sums.items() if m in old.sums} if old and old.members == members.keys() else {}
        if sums:
            crowds.setdefault(row, []).append(Crowd(name, frozenset(members), sums))
    return Published(
        parts,
        frozenset(row for row, _ in counts),
        frozenset(column for _, column in counts),
        cells,
        {row: tuple(found) for row, found in crowds.items()},
    )


def _kept(
    before: Published[Row, Column], cells: Mapping[tuple[Row, Column], Cell]
) -> dict[tuple[Row, str], Crowd[Column]]:
    """The crowds of the table before where no change is seen in any member, in this row or another."""
    nobody = (_NONE,) * (1 + len(before.parts))
    moved = {
        key[1] for key in before.cells.keys() | cells.keys() if before.cells.get(key, nobody) != cells.get(key, nobody)
    }
    return {
        (row, crowd.name): crowd
        for row, crowds in before.crowds.items()
        for crowd in crowds
        if not crowd.members & moved
    }


def share(part: Shown, whole: Shown) -> int | None:
    """Whole per cent, where both numbers are told. From anything less it would tell more than they do."""
    return part.value * 100 // whole.value if part.value is not None and whole.value else None


def _count(measured: Mapping[str, int], parts: tuple[str, ...]) -> tuple[int, ...]:
    """Required, then the parts."""
    found = tuple(measured.get(part, 0) for part in parts)
    whole = sum(found)
    required = measured.get(REQUIRED, whole)
    counted = sum(part in measured for part in parts) + (REQUIRED in measured)
    if required < 0 or (found and (min(found) < 0 or whole != required)) or counted != len(measured):
        raise ValueError("the parts make up what is required, and nothing else is counted")
    return required, *found


def _cell(count: tuple[int, ...]) -> Cell:
    """What is told of one cell, which is decided by that cell alone.

    Nobody required: said as it is, since whom a requirement is put to is no secret. Fewer than five required: only
    that. Too few for the parts to hide in: only how many are required. Else the large parts are told and the small
    ones are "under 5", but the first large part is told as a lower bound, so that it takes up whatever the small
    ones are.
    """
    required, *found = count
    if not required:
        return (_NONE,) * len(count)
    if required < LEAST:
        return (Shown(1, _SMALL), *[Shown(0, _SMALL)] * len(found))
    whole = Shown(required, required)
    closed = (whole, *[Shown(0, required)] * len(found))
    if required < _roomy(len(found)):
        return closed
    large = [place for place, part in enumerate(found) if part >= LEAST]
    told = [Shown(part, part) if part >= LEAST else Shown(0, _SMALL) for part in found]
    if len(large) < len(found):
        most = required - sum(found[place] for place in large[1:])
        least = most - _SMALL * (len(found) - len(large))
        if len(large) > 1 and least < _CLEAR:
            return closed
        told[large[0]] = Shown(least, most)
    return whole, *told


def _roomy(parts: int) -> int:
    """How many must be required before the parts are told: every part but one may be small, and one is surely not."""
    return _SMALL * (parts - 1) + LEAST + 1 if parts else LEAST


def _crowds(cell: Cell, parts: tuple[str, ...]) -> list[str]:
    """The crowds that a cell is in. Told by what is told of the cell, so that belonging tells nothing more."""
    required = cell[0]
    if required.value is None:
        return ["small"]
    if not required.value:
        return []
    if required.value < _roomy(len(parts)):
        return ["closed"] if parts else []
    return [f"under {part}" for part, shown in zip(parts, cell[1:], strict=True) if shown.under]


def _sums(name: str, members: list[tuple[int, ...]], parts: tuple[str, ...]) -> dict[str, int]:
    """The sums over a crowd that may be told, by measure."""
    sums = dict(zip((REQUIRED, *parts), map(sum, zip(*members, strict=True)), strict=True))
    required, rest = sums[REQUIRED], parts[1:]
    if name == "small":
        # One of each cell's people is known to be there: the others are what hides.
        spare = {REQUIRED: required - len(members)}
        if not _told(spare, [_SMALL - 1] * len(members), (_SMALL - 1) * len(members)):
            return {}
        told = _told({part: sums[part] for part in rest}, [_SMALL] * len(members), required)
        return {REQUIRED: required, **told}
    if name == "closed":
        return _told({part: sums[part] for part in rest}, [count[0] for count in members], required)
    part = name.removeprefix("under ")
    return _told({part: sums[part]}, [_SMALL] * len(members), _SMALL * len(members))


def _told(sums: dict[str, int], rooms: Collection[int], places: int) -> dict[str, int]:
    """Which sums of a crowd are told: those that outnumber its two largest members, if the rest does so as well.

    `rooms` is how many each member could hold at most, `places` how many all of them hold. A reader may know one
    member; then any other member may still hold anything from none to all that it has room for.
    """
    bar = max(LEAST, sum(sorted(rooms)[-2:]) + 1)
    large = {measure: count for measure, count in sums.items() if count >= bar}
    return large if places - sum(large.values()) >= bar else {}


def _sum(parts: int, cells: Iterable[Cell]) -> Cell:
    """Cells added up, with what follows from the parts making up the whole."""
    least, most = [0] * (1 + parts), [0] * (1 + parts)
    for cell in cells:
        for place, shown in enumerate(cell):
            least[place] += shown.least
            most[place] += shown.most
    if parts:
        low, high = sum(least[1:]), sum(most[1:])
        found = [Shown(max(least[0], low), min(most[0], high))]
        for place in range(1, 1 + parts):
            lower = max(least[place], found[0].least - (high - most[place]))
            upper = min(most[place], found[0].most - (low - least[place]))
            found.append(Shown(lower, upper))
        return tuple(found)
    return (Shown(least[0], most[0]),)
