"""Files opened into rows: whatever the delimiter, encoding or sheet, and wherever the header stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kompetanse.domains.integrations.rules import sentences as say
from kompetanse.domains.integrations.rules.content import is_workbook, text_form
from kompetanse.domains.integrations.rules.delimited import choose_delimiter, read_delimited
from kompetanse.domains.integrations.rules.words import complete_kinds, fold, header_strength
from kompetanse.domains.integrations.rules.workbook import Workbook
from kompetanse.domains.integrations.types import Limits, SkippedRow

Rows = Iterator[tuple[int, list[str]]]

_SUM_WORD = r"(sum|delsum|totalt?|totalsum|subtotal|grand total|i alt|til\s?sam+[ea]n|antall?|tal)"
_SUM = re.compile(
    rf"{_SUM_WORD}([\s:=.]|{_SUM_WORD}|på|av|deltak\w*|person\w*|ansatte?|tilsette?|rade?r|linje\w*|post\w*|behov|kurs|"
    r"enhet\w*|eining\w*|kommunen?|stk|\d)*",
    re.IGNORECASE,
)
_SUM_BEGINS = frozenset(("sum", "del", "tot", "sub", "gra", "i a", "til", "ant", "tal"))
_NUMERIC = re.compile(r"[-+]?[\d\s.,%]+")
_RULE = re.compile(r"[-=_*.~#\s]+")
_NOTE = re.compile(
    r"\W*(merk|nb|obs|kilde|kjelde|utskrift|rapport|side \d|generert|eksportert|skrev|skriv|oppdatert|dato|uttrekk|"
    r"forklaring|kommentar|slutt på|\*|©|sum|antall?\b|total)",
    re.IGNORECASE,
)
_MOST_NOTES = 50
_MOST_SKIPPED = 200


@dataclass(frozen=True, slots=True)
class _Header:
    row: int
    cells: tuple[str, ...]
    strength: int


class Table:
    """A file as rows under a header. It can be iterated any number of times, and keeps no rows between.

    Iterating gives `(row, cells)` for rows with data: `row` as a person counts it, `cells` as they stand in the file,
    filled up to the header's width. What is passed over below the header stands in `skipped` after a full iteration.
    """

    def __init__(
        self,
        *,
        file: str,
        sheet: str | None,
        encoding: str | None,
        delimiter: str | None,
        header: _Header,
        rows: Callable[[], Rows],
        limits: Limits,
    ) -> None:
        self.file, self.sheet, self.encoding, self.delimiter = file, sheet, encoding, delimiter
        self.header_row = header.row
        self.headers = _distinct(header.cells)
        self.limits = limits
        self.skipped: tuple[SkippedRow, ...] = ()
        self._rows = rows
        self._header_cells = [cell.strip() for cell in header.cells]

    def __iter__(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        for count, (row, cells) in enumerate(self._data(), 1):
            if count > self.limits.rows:
                raise say.TooManyRows(limit=self.limits.rows)
            yield row, cells

    def _data(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Rows with data. Lonely cells wait until it is known whether more follows, for notes stand last."""
        width = len(self.headers)
        half = max(2, width // 2)
        skipped: list[SkippedRow] = []
        waiting: list[tuple[int, tuple[str, ...], bool]] = []
        before = self.header_row
        for row, cells in self._rows():
            if row <= self.header_row or not "".join(cells).strip():
                continue
            if len(cells) < width:
                cells = cells + [""] * (width - len(cells))
            elif len(cells) > width:
                cells = _without_blank_tail(cells, width)
            gap, before = row - before > 1, row
            filled = len(cells) - cells.count("")
            first = cells[0]
            if (
                filled <= half
                or first[:3].lower() in _SUM_BEGINS
                or not first[:1].isalnum()
                or first == self._header_cells[0]
            ):
                if self._is_no_data(cells):
                    skipped.append(_skip(row, cells))
                    continue
                if width >= 3 and sum(1 for cell in cells if cell.strip()) == 1:
                    waiting.append((row, tuple(cells), gap))
                    if len(waiting) > _MOST_NOTES:
                        yield waiting.pop(0)[:2]
                    continue
            if waiting:
                for lonely in waiting:
                    yield lonely[:2]
                waiting.clear()
            yield row, tuple(cells)
        noted = False
        for row, lonely_cells, gap in waiting:
            text = next(cell for cell in lonely_cells if cell.strip())
            noted = noted or gap or len(text) > 100 or _NOTE.match(text) is not None
            if noted:
                skipped.append(_skip(row, lonely_cells))
            else:
                yield row, lonely_cells
        self.skipped = tuple(skipped[:_MOST_SKIPPED])

    def _is_no_data(self, cells: Sequence[str]) -> bool:
        """A sum, a line of dashes, or the header once more."""
        filled = [cell.strip() for cell in cells if cell.strip()]
        if all(_RULE.fullmatch(cell) for cell in filled):
            return True
        if _SUM.fullmatch(filled[0]) and all(_NUMERIC.fullmatch(cell) for cell in filled[1:]):
            return True
        return [cell.strip() for cell in cells[: len(self._header_cells)]] == self._header_cells


def open_table(
    path: Path, *, limits: Limits | None = None, sheet: str | None = None, known_headers: Collection[str] = ()
) -> Table:
    """A delimited text file or an .xlsx as a table, judged by its content and not by its name.

    `sheet` chooses among a workbook's sheets; `known_headers` are headers that a municipality has mapped before.
    Raises an UnreadableFile, with a sentence for the person who sent the file.
    """
    limits = limits or Limits()
    known = frozenset(map(fold, known_headers))
    if is_workbook(path, limits):
        return _open_workbook(path, limits, sheet, known)
    form = text_form(path, limits)
    delimiter = choose_delimiter(path, form, header_strength)

    def rows() -> Rows:
        return read_delimited(path, form, delimiter, limits)

    header, first = _find_header(rows(), limits, known)
    if header is None:
        raise say.NoKnownHeader(words=_shown(first))
    table = Table(
        file=path.name, sheet=None, encoding=form.encoding, delimiter=delimiter, header=header, rows=rows, limits=limits
    )
    if form.lines > limits.rows:
        for _ in table:
            pass
    return table


def _open_workbook(path: Path, limits: Limits, sheet: str | None, known: frozenset[str]) -> Table:
    book = Workbook(path, limits)
    if sheet is not None and sheet not in book.sheets:
        raise say.NoSuchSheet(sheet=sheet, sheets=", ".join(book.sheets[:20]))
    found: dict[str, _Header] = {}
    first_rows: list[Sequence[str]] = []
    for name in [sheet] if sheet is not None else book.sheets:
        header, first = _find_header(book.rows(name), limits, known)
        first_rows = first_rows or first
        if header:
            found[name] = header
    if not found:
        if not first_rows:
            raise say.EmptyFile(file=path.name)
        raise say.NoKnownHeader(words=_shown(first_rows))
    chosen = _only_sheet(book, found)

    def rows() -> Rows:
        return book.rows(chosen)

    return Table(
        file=path.name, sheet=chosen, encoding=None, delimiter=None, header=found[chosen], rows=rows, limits=limits
    )


def _only_sheet(book: Workbook, found: dict[str, _Header]) -> str:
    """The one sheet that is meant; those with rows before empty forms, whole headers before parts of one."""
    names = list(found)
    whole = [name for name in names if complete_kinds(found[name].cells)]
    names = whole or names
    if len(names) > 1:
        names = [name for name in names if _has_rows(book, name, found[name].row)] or names
    if len(names) > 1:
        raise say.ChooseSheet(sheets=", ".join(names[:10]) + (" …" if len(names) > 10 else ""))
    return names[0]


def _has_rows(book: Workbook, name: str, header: int) -> bool:
    return any(row > header and any(cells) for row, cells in islice(book.rows(name), 60))


def _find_header(rows: Rows, limits: Limits, known: frozenset[str]) -> tuple[_Header | None, list[Sequence[str]]]:
    """The row with most known words among the first, and the first rows that hold something."""
    first = [
        (row, cells)
        for row, cells in islice(rows, limits.header_search)
        if row <= limits.header_search and any(cell.strip() for cell in cells)
    ]
    shown: list[Sequence[str]] = [cells for _, cells in first[:3]]
    for near in (False, True):
        best = None
        for row, cells in first:
            words = tuple(" ".join(cell.split()) for cell in cells)
            strength = max(header_strength(words, near), sum(fold(word) in known for word in words if word))
            if strength and (best is None or strength > best.strength):
                best = _Header(row, words, strength)
        if best and best.strength >= 2:
            return best, shown
    # One known word is a header only in the first row that has several cells; further down it is a value.
    several = next((row for row, cells in first if sum(1 for cell in cells if cell.strip()) > 1), None)
    return (best if best and best.row == several else None), shown


def _distinct(cells: Sequence[str]) -> tuple[str, ...]:
    """Headers told apart: blanks are named by their place, repetitions by a number."""
    trimmed = list(cells)
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    seen: set[str] = set()
    headers = []
    for place, cell in enumerate(trimmed, 1):
        header = name = cell or f"Kolonne {place}"
        times = 1
        while header in seen:
            times += 1
            header = f"{name} ({times})"
        seen.add(header)
        headers.append(header)
    return tuple(headers)


def _without_blank_tail(cells: list[str], width: int) -> list[str]:
    last = len(cells)
    while last > width and not cells[last - 1].strip():
        last -= 1
    return cells[:last]


def _skip(row: int, cells: Sequence[str]) -> SkippedRow:
    return SkippedRow(row, " ".join(cell.strip() for cell in cells if cell.strip())[:200])


def _shown(rows: Sequence[Sequence[str]]) -> str:
    """The first words of the first rows, for a person who wonders which file this was."""
    words = [" ".join(cell.split())[:30] for cells in rows for cell in cells[:8] if cell.strip()]
    printable = ["".join(sign for sign in word if sign.isprintable()) for word in words[:8]]
    return ", ".join(f"«{word}»" for word in printable if word) or "«»"
