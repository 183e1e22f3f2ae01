"""What the forum is told of the region's gap: which series a table belongs to, and what follows from told numbers.

Nothing here sees a true count, apart from `told_of`, which hands them to the kernel and gives back what may be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from kompetanse.kernel.suppression import REQUIRED, Crowd, Published, Shown, publish

Told = Published[int, int]  # requirement × municipality

# What most people are in stands first: it takes up the slack of the small ones. On leave and dispensed are counted
# with what is held (ADR 13): a part of their own would cost four more people in every cell before anything is told.
HELD, EXPIRING, MISSING = "held", "expiring", "missing"
PARTS = (HELD, EXPIRING, MISSING)
# Between the last table of one series and the first of the next: long enough that "nobody else has changed" is no
# sensible guess.
REST = 30
SEVERAL, MANY = 10, 30  # whole per cent of those required who surely lack it


def half_year(day: date) -> date:
    """The first day of the half-year that a day is in."""
    return date(day.year, 1 if day.month < 7 else 7, 1)


def next_half_year(start: date) -> date:
    return date(start.year, 7, 1) if start.month == 1 else date(start.year + 1, 1, 1)


def series_of(day: date, last: date | None) -> date | None:
    """The series of a table published on this day, where `last` is that of the table before. None: not now.

    A series is a half-year, by its first day. In its last days nothing more is published, and where it has no table
    the one made then opens the next series.
    """
    now = half_year(day)
    coming = next_half_year(now)
    if last is not None and last > now:
        return last
    if (coming - day).days >= REST:
        return now
    return None if last == now else coming


def told_of(
    people: Mapping[tuple[int, int], Mapping[str, int]],
    requirements: Iterable[int],
    municipalities: Iterable[int],
    before: Told | None,
) -> Told:
    """The table as it may be told. Every requirement and municipality has its place, also where nobody is required."""
    columns = sorted(municipalities)
    nobody = dict.fromkeys(PARTS, 0)
    counts = {
        (row, column): people.get((row, column), nobody) for row in sorted(set(requirements)) for column in columns
    }
    return publish(counts, PARTS, before)


def packed(table: Told) -> dict[str, Any]:
    """A told table as JSON can keep it: for each requirement its cells (least and most of each measure) and crowds."""
    rows: dict[str, Any] = {str(row): {"cells": {}, "crowds": []} for row in sorted(table.rows)}
    for (row, column), cell in sorted(table.cells.items()):
        if cell[0].most:
            rows[str(row)]["cells"][str(column)] = [bound for shown in cell for bound in (shown.least, shown.most)]
    for row, crowds in table.crowds.items():
        rows[str(row)]["crowds"] = [
            {"name": crowd.name, "members": sorted(crowd.members), "sums": dict(crowd.sums)} for crowd in crowds
        ]
    return {"parts": list(table.parts), "columns": sorted(table.columns), "rows": rows}


def unpacked(kept: Mapping[str, Any]) -> Told:
    """A told table as it was published."""
    rows = {int(row): told for row, told in kept["rows"].items()}
    parts = tuple(kept["parts"])
    nobody = (Shown(0, 0),) * (1 + len(parts))
    cells = {(row, column): nobody for row in rows for column in kept["columns"]}
    for row, told in rows.items():
        for column, bounds in told["cells"].items():
            cells[row, int(column)] = tuple(
                Shown(least, most) for least, most in zip(bounds[::2], bounds[1::2], strict=True)
            )
    crowds = {
        row: tuple(Crowd(one["name"], frozenset(one["members"]), one["sums"]) for one in told["crowds"])
        for row, told in rows.items()
        if told["crowds"]
    }
    return Published(parts, frozenset(rows), frozenset(kept["columns"]), cells, crowds)


class Grade(StrEnum):
    """How a cell stands, by what surely lacks."""

    NOBODY = "nobody"  # required of nobody
    FEW = "few"  # required of so few that nothing more is told
    HIDDEN = "hidden"  # how many it is required of is told, and not how they stand
    COVERED = "covered"
    PARTLY = "partly"
    POORLY = "poorly"


class Line:
    """What is told of one cell or one total, and what follows from it."""

    __slots__ = ("covered", "expiring", "held", "missing", "required")

    def __init__(self, required: Shown, held: Shown, expiring: Shown, missing: Shown) -> None:
        self.required, self.held, self.expiring, self.missing = required, held, expiring, missing
        # Those who hold it are those who do not lack it: two ways to reckon, both from what is told.
        self.covered = Shown(
            max(held.least + expiring.least, required.least - missing.most),
            min(held.most + expiring.most, required.most - missing.least),
        )

    @property
    def grade(self) -> Grade:
        if not self.required.most:
            return Grade.NOBODY
        if self.required.under:
            return Grade.FEW
        if self.lacking >= SEVERAL:
            return Grade.PARTLY if self.lacking < MANY else Grade.POORLY
        # That few surely lack it says little where most may.
        return Grade.COVERED if self.covered.least * 2 >= self.required.most else Grade.HIDDEN

    @property
    def lacking(self) -> int:
        """Whole per cent of those required who surely lack it: what lists are sorted by."""
        return self.missing.least * 100 // self.required.most if self.required.most else 0

    @property
    def surely(self) -> int | None:
        """Whole per cent of those required who surely are covered; the share itself where both numbers are told."""
        if self.required.most == 0 or self.grade in (Grade.FEW, Grade.HIDDEN):
            return None
        return self.covered.least * 100 // self.required.most


def cell_of(table: Told, row: int, column: int) -> Line:
    """One requirement in one municipality."""
    return Line(*(table.cell(row, column, measure) for measure in (REQUIRED, *PARTS)))


def row_of(table: Told, row: int) -> Line:
    """One requirement in all the municipalities of the table."""
    return Line(*(table.row_total(row, measure) for measure in (REQUIRED, *PARTS)))


def column_of(table: Told, column: int) -> Line:
    """One municipality over all the requirements of the table."""
    return Line(*(table.column_total(column, measure) for measure in (REQUIRED, *PARTS)))


def total_of(table: Told) -> Line:
    return Line(*(table.total(measure) for measure in (REQUIRED, *PARTS)))
