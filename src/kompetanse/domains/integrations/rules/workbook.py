"""Excel workbooks (.xlsx), read a row at a time with bounded memory.

The usual readers lay out a whole sheet in memory, so that two cells in opposite corners cost hundreds of gigabytes and
end the process; and they give an empty text for a formula that failed. Here rows are streamed from the XML instead.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from xml.parsers import expat

from kompetanse.domains.integrations.rules import sentences as say
from kompetanse.domains.integrations.types import Limits

_CHUNK = 1 << 16
# A formula whose answer was never saved reads like Excel's own failures (#REF!, #DIV/0!).
NO_ANSWER = "#FORMEL!"
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
_BUILT_IN_PERCENT = frozenset({9, 10})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_Attributes = dict[str, str]


class Workbook:
    """An opened .xlsx. `sheets` are the names in order, hidden ones last; `rows(name)` streams one of them.

    Raises an UnreadableFile for a bomb, an encrypted, broken or foreign archive.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path, self._limits = path, limits
        self._check_directory()
        self._date_1904 = False
        self._parts: dict[str, str] = {}
        self._formats: list[str] = []
        self._strings: list[str] | None = None
        self._read_workbook()
        self.sheets = tuple(self._parts)
        if not self.sheets:
            raise say.CorruptWorkbook()
        if len(self.sheets) > limits.sheets:
            raise say.TooManySheets(found=len(self.sheets), limit=limits.sheets)

    def rows(self, sheet: str) -> Iterator[tuple[int, list[str]]]:
        """The sheet's rows as text with their numbers; rows that hold nothing may be left out."""
        if self._strings is None:
            self._strings = self._read_strings()
        reader = _SheetReader(self._strings, self._formats, self._date_1904, self._limits)
        for _ in self._parse(self._parts[sheet], reader.start, reader.end, reader.text):
            yield from reader.take()

    def _check_directory(self) -> None:
        """Judge the archive by its own directory before anything in it is unpacked."""
        try:
            with zipfile.ZipFile(self._path) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError):
            raise say.CorruptWorkbook() from None
        names = {entry.filename for entry in entries}
        size = sum(entry.file_size for entry in entries)
        packed = max(1, self._path.stat().st_size)
        if len(entries) > self._limits.zip_entries or size > self._limits.unzipped:
            raise say.ZipBomb()
        if size > 20_000_000 and size / packed > self._limits.zip_ratio:
            raise say.ZipBomb()
        if any(entry.flag_bits & 1 for entry in entries):
            raise say.EncryptedWorkbook()
        if "xl/workbook.bin" in names:
            raise say.OldWorkbook(what=".xlsb")
        if "content.xml" in names and "mimetype" in names:
            raise say.OldWorkbook(what=".ods")
        if "word/document.xml" in names or "ppt/presentation.xml" in names:
            raise say.NotATable(what=say.A_DOCUMENT)
        if "[Content_Types].xml" not in names:
            raise say.NotATable(what=say.AN_ARCHIVE)

    def _parse(
        self,
        part: str,
        start: Callable[[str, _Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> Iterator[None]:
        """Run a part of the archive through an XML parser, pausing after each chunk.

        What is unpacked is counted, for a directory may lie about sizes.
        """
        parser = expat.ParserCreate(namespace_separator="|")
        parser.buffer_text = True
        local = _LocalNames()
        parser.StartElementHandler = lambda name, attributes: start(local[name], attributes)
        if end:
            parser.EndElementHandler = lambda name: end(local[name])
        if text:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        unpacked = 0
        try:
            with zipfile.ZipFile(self._path) as archive, archive.open(part) as file:
                while chunk := file.read(_CHUNK):
                    unpacked += len(chunk)
                    if unpacked > self._limits.unzipped:
                        raise say.ZipBomb()
                    parser.Parse(chunk, False)
                    yield
                parser.Parse(b"", True)
                yield
        except KeyError:
            raise say.CorruptWorkbook() from None
        except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
            raise say.CorruptWorkbook() from None

    def _read_workbook(self) -> None:
        targets: dict[str, tuple[str, str]] = {}

        def relation(name: str, attributes: _Attributes) -> None:
            if name == "Relationship":
                sort = attributes.get("Type", "").rpartition("/")[2]
                targets[attributes.get("Id", "")] = (sort, attributes.get("Target", ""))

        self._run("_rels/.rels", relation)
        book = next((target for sort, target in targets.values() if sort == "officeDocument"), "xl/workbook.xml")
        book = book.lstrip("/")
        folder, name = posixpath.split(book)
        targets.clear()
        self._run(f"{folder}/_rels/{name}.rels", relation)
        parts = {key: (sort, _part_path(folder, target)) for key, (sort, target) in targets.items()}
        found: list[tuple[bool, str, str]] = []

        def sheet(name: str, attributes: _Attributes) -> None:
            if name == "sheet":
                key = next((value for label, value in attributes.items() if label.endswith("|id")), "")
                sort, part = parts.get(key, ("", ""))
                if sort == "worksheet":
                    found.append((attributes.get("state", "visible") != "visible", attributes.get("name", ""), part))
            elif name == "workbookPr":
                self._date_1904 = attributes.get("date1904") in ("1", "true")

        self._run(book, sheet)
        self._parts = {name: part for _, name, part in sorted(found, key=lambda entry: entry[0])}
        self._other = {sort: part for sort, part in parts.values() if sort in ("sharedStrings", "styles")}
        if "styles" in self._other:
            self._formats = self._read_formats(self._other["styles"])

    def _run(self, part: str, start: Callable[[str, _Attributes], None]) -> None:
        for _ in self._parse(part, start):
            pass

    def _read_formats(self, part: str) -> list[str]:
        """For each cell style: "date", "percent" or "" for a plain number."""
        own: dict[int, str] = {}
        formats: list[str] = []
        inside = False

        def start(name: str, attributes: _Attributes) -> None:
            nonlocal inside
            if name == "numFmt":
                own[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
            elif name == "cellXfs":
                inside = True
            elif name == "xf" and inside:
                number = int(attributes.get("numFmtId", "0"))
                formats.append(_format_sort(number, own.get(number)))

        def end(name: str) -> None:
            nonlocal inside
            inside = inside and name != "cellXfs"

        for _ in self._parse(part, start, end):
            pass
        return formats

    def _read_strings(self) -> list[str]:
        if "sharedStrings" not in self._other:
            return []
        strings: list[str] = []
        piece: list[str] = []
        reading = phonetic = False
        size = 0

        def start(name: str, attributes: _Attributes) -> None:
            nonlocal reading, phonetic
            reading = name == "t" and not phonetic
            phonetic = phonetic or name == "rPh"

        def end(name: str) -> None:
            nonlocal reading, phonetic, size
            reading = False
            if name == "rPh":
                phonetic = False
            elif name == "si":
                text = "".join(piece)
                size += len(text) + 50  # what Python keeps beside the letters
                if size > self._limits.shared_strings:
                    raise say.ZipBomb()
                strings.append(text)
                piece.clear()

        def text(data: str) -> None:
            if reading:
                piece.append(data)

        for _ in self._parse(self._other["sharedStrings"], start, end, text):
            pass
        return strings


class _SheetReader:
    """Gathers the rows of one sheet from the parser's calls."""

    def __init__(self, strings: list[str], formats: list[str], date_1904: bool, limits: Limits) -> None:
        self._strings, self._formats, self._limits = strings, formats, limits
        self._epoch = datetime(1904, 1, 1) if date_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - a calendar day
        self._done: list[tuple[int, list[str]]] = []
        self._row = self._last = self._count = 0
        self._cells: list[str] = []
        self._column = 0
        self._type = self._style = ""
        self._reading = self._formula = self._phonetic = False
        self._text: list[str] = []

    def take(self) -> list[tuple[int, list[str]]]:
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: _Attributes) -> None:
        if name == "c":
            reference = attributes.get("r")
            self._column = _column_number(reference) if reference else len(self._cells) + 1
            self._type = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            self._formula = False
            self._text.clear()
        elif name in ("v", "t"):
            self._reading = not self._phonetic
        elif name == "f":
            self._formula = True
        elif name == "row":
            number = attributes.get("r")
            self._row = int(number) if number else self._last + 1
            if self._row <= self._last:
                raise say.CorruptWorkbook()
            self._last = self._row
            self._cells = []
        elif name == "rPh":
            self._phonetic = True

    def text(self, data: str) -> None:
        if self._reading:
            self._text.append(data)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._reading = False
        elif name == "c":
            value = self._value("".join(self._text))
            if value:
                if self._column > self._limits.columns:
                    raise say.TooWide(row=self._row, found=self._column, limit=self._limits.columns)
                missing = self._column - 1 - len(self._cells)
                if missing > 0:
                    self._cells.extend([""] * missing)
                self._cells.append(value)
            elif self._column == len(self._cells) + 1 and self._column <= self._limits.columns:
                self._cells.append("")
        elif name == "row":
            self._count += 1
            if self._count > self._limits.lines:
                raise say.TooManyRows(limit=self._limits.rows)
            self._done.append((self._row, self._cells))
        elif name == "rPh":
            self._phonetic = False

    def _value(self, raw: str) -> str:
        """A cell as sensible text: 7.0 is "7", a date "2027-03-01", a percentage "40.5 %"."""
        sort = self._type
        if sort == "s":
            index = int(raw) if raw else -1
            return self._strings[index] if 0 <= index < len(self._strings) else ""
        if not raw:
            # An empty text is an answer; no answer at all is a formula nobody has calculated.
            return NO_ANSWER if self._formula and sort != "str" else ""
        if sort in ("str", "inlineStr", "e"):
            return raw
        if sort == "b":
            return "ja" if raw == "1" else "nei"
        if sort == "d":
            return raw.removesuffix("T00:00:00")
        style = int(self._style) if self._style else 0
        form = self._formats[style] if style < len(self._formats) else ""
        return self._number(raw, form)

    def _number(self, raw: str, form: str) -> str:
        if not form and raw.isdigit():
            return raw
        number = float(raw)
        if form == "date" and 1 <= number < 2_958_466:
            moment = self._epoch + timedelta(days=number)
            if number == int(number):
                return moment.date().isoformat()
            return (moment + timedelta(milliseconds=500)).replace(microsecond=0).isoformat(sep=" ")
        if form == "percent":
            return f"{number * 100:.10g} %"
        if number == int(number) and abs(number) < 1e15:
            return str(int(number))
        return f"{number:.15g}"


class _LocalNames(dict[str, str]):
    """Element names without their namespace, worked out once each."""

    def __missing__(self, name: str) -> str:
        self[name] = name.rpartition("|")[2]
        return self[name]


def _refuse_doctype(*_: object) -> None:
    """No workbook has a document type; one that does wants entities expanded."""
    raise say.CorruptWorkbook()


def _part_path(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _format_sort(number: int, code: str | None) -> str:
    if code is None:
        return "date" if number in _BUILT_IN_DATES else "percent" if number in _BUILT_IN_PERCENT else ""
    bare = _QUOTED.sub("", code).lower().partition(";")[0]
    if "%" in bare:
        return "percent"
    # å and j are the year and the day in Norwegian and other local formats.
    return "date" if re.search(r"[dyåj]|h|mmm|m{1,2}[./-]", bare) and "general" not in bare else ""


def _column_number(reference: str) -> int:
    """ "C7" is 3."""
    column = 0
    for sign in reference:
        if not "A" <= sign <= "Z":
            break
        column = column * 26 + ord(sign) - 64
    return column
