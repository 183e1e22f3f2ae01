"""Text files with a delimiter between the columns, read a row at a time."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kompetanse.domains.integrations.rules import sentences as say
from kompetanse.domains.integrations.rules.content import TextForm
from kompetanse.domains.integrations.types import Limits

DELIMITERS = (";", "\t", ",", "|")
_END = "\x1eend of file\x1e"
_SAMPLE_CHARACTERS = 120_000


def choose_delimiter(path: Path, form: TextForm, header_strength: Callable[[Sequence[str]], int]) -> str:
    """The delimiter that makes the most sense of the file's beginning.

    A header with many known words weighs most; after that, rows of equal width. `header_strength` counts the known
    words of a row.
    """
    with path.open(encoding=form.encoding, errors=form.errors, newline="") as file:
        text = file.read(_SAMPLE_CHARACTERS)
    first = text[:8].lower()
    if first.startswith("sep=") and len(text) > 4 and text[4] in DELIMITERS:
        return text[4]
    if len(text) == _SAMPLE_CHARACTERS:
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1]

    def sense(delimiter: str) -> tuple[int, float]:
        try:
            rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
        except csv.Error:
            return 0, 0.0
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            return 0, 0.0
        width, times = widths.most_common(1)[0]
        return max(header_strength(row) for row in rows[:60]), times / len(rows) * min(width, 20)

    return max(DELIMITERS, key=sense)


def read_delimited(path: Path, form: TextForm, delimiter: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Every row of the file, blank ones too, with its number counted from 1.

    Raises an UnreadableFile for a quote that never closes, a field that never ends, and too many columns or lines.
    """
    feed = _Lines(path, form)
    reader = csv.reader(feed, delimiter=delimiter)
    row = 0
    before = 0
    try:
        for cells in reader:
            if len(cells) == 1 and cells[0] == _END:
                return
            row += 1
            if reader.line_num - before > 1 and _swallowed(cells, delimiter):
                raise say.UnclosedQuote(row=row)
            before = reader.line_num
            if len(cells) > limits.columns:
                raise say.TooWide(row=row, found=len(cells), limit=limits.columns)
            if row > limits.lines:
                raise say.TooManyRows(limit=limits.rows)
            yield row, cells
    except csv.Error:
        raise say.LineTooLong(row=row + 1) from None


class _Lines:
    """The file's lines, and after them a line of our own that tells an open quote from a sound ending."""

    def __init__(self, path: Path, form: TextForm) -> None:
        self._path, self._form = path, form

    def __iter__(self) -> Iterator[str]:
        with self._path.open(encoding=self._form.encoding, errors=self._form.errors, newline="") as file:
            last = "\n"
            for line in file:
                last = _untwice(line) if "Ã" in line else line
                if "\x1a" in last:  # the end mark of old DOS files
                    last = last.replace("\x1a", "")
                yield last
            if not last.endswith(("\n", "\r")):
                yield "\n"
        yield _END


def _untwice(line: str) -> str:
    """A line that was encoded twice on its way, put right; any other line unchanged."""
    try:
        return line.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return line


def _swallowed(cells: Sequence[str], delimiter: str) -> bool:
    """Whether a field over several lines holds whole rows, or the end of the file: a stray quote ate them."""
    if _END in cells[-1]:
        return True
    breaks = max(cell.count("\n") for cell in cells)
    marks = max(cell.count(delimiter) for cell in cells)
    return breaks > 0 and marks >= breaks * max(2, len(cells) // 2)
