"""Documents that everybody can read: tagged PDF (PDF/UA-1) in the reader's written form.

The template is Typst markup of our own; what people have written reaches it as data and never as markup:

    #let data = json(bytes(sys.inputs.data))

Texts in the data are shown with `#data.title`, which Typst does not interpret.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import zipfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typst
import xlsxwriter

LANGUAGES = ("nb", "nn")
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
ZIP = "application/zip"
TABLES = Path(__file__).parent / "tables.typ"
Value = str | int


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a document. Whole numbers stand to the right; `note` comes under the heading."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Value]]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A document of facts and tables, for paper (PDF) and for reckoning further (xlsx). All texts are translated."""

    title: str
    lead: str
    issuer: str
    facts: Sequence[tuple[str, str]]
    tables: Sequence[Table]


def render_pdf(template: Path, data: dict[str, Any], *, language: str = "nb") -> bytes:
    """Render a Typst template with `data` (what JSON can hold) in `nb` or `nn`; gives the PDF's bytes.

    The template must set the document's title and language (from `sys.inputs.language`): PDF/UA-1 demands it.
    Any other language is met with bokmål. Raises typst.TypstError where the template is at fault.
    """
    form = language if language in LANGUAGES else "nb"
    inputs = {"data": json.dumps(data, ensure_ascii=False, default=str), "language": form}
    made: bytes = typst.compile(
        str(template), root=str(template.parent), sys_inputs=inputs, format="pdf",
        pdf_standards="ua-1", ignore_system_fonts=True,
    )  # fmt: skip
    return made


def render_pdfs(template: Path, many: Iterable[dict[str, Any]], *, languages: Iterable[str]) -> list[bytes]:
    """As many documents as there are data, each in its own written form. Typst works outside Python's lock."""
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as workers:
        return list(workers.map(lambda data, form: render_pdf(template, data, language=form), many, languages))


def zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    """The files as one archive. Names that meet are told apart by a number."""
    out, taken = io.BytesIO(), set[str]()
    with zipfile.ZipFile(out, "w") as archive:  # PDFs are packed already
        for name, content in files:
            stem, dot, ending = name.rpartition(".")
            numbered = (f"{stem} {number}{dot}{ending}" for number in itertools.count(2))
            free = next(one for one in itertools.chain([name], numbered) if one not in taken)
            taken.add(free)
            archive.writestr(free, content)
    return out.getvalue()


def report_pdf(report: Report, *, language: str = "nb") -> bytes:
    """The report as a tagged PDF on lying A4, with repeated table heads and page numbers."""
    return render_pdf(TABLES, asdict(report), language=language)


def report_xlsx(report: Report) -> bytes:
    """The report as a workbook: the facts on the first sheet, a sheet for each table. Texts are never formulas."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        first = book.add_worksheet(_sheet_name(report.title, 0))
        first.set_column(0, 0, 40)
        first.set_column(1, 1, 70)
        for down, (term, words) in enumerate([(report.title, report.lead), *report.facts]):
            first.write_string(down, 0, term, bold)
            first.write_string(down, 1, words, wrap)
        for number, table in enumerate(report.tables, 1):
            sheet = book.add_worksheet(_sheet_name(table.title, number))
            sheet.freeze_panes(1, 1)
            sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.head) - 1)
            for place, word in enumerate(table.head):
                sheet.write_string(0, place, word, bold)
                sheet.set_column(place, place, _width(table, place))
            for down, row in enumerate(table.rows, 1):
                for place, value in enumerate(row):
                    if isinstance(value, int):
                        sheet.write_number(down, place, value)
                    else:
                        sheet.write_string(down, place, value, wrap)
    return out.getvalue()


def table_csv(table: Table) -> bytes:
    """The table as Norwegian spreadsheets read it: semicolons, UTF-8 with its mark. Texts are never formulas."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([_plain(word) for word in table.head])
    writer.writerows([[_plain(value) for value in row] for row in table.rows])
    return out.getvalue().encode("utf-8-sig")


def _plain(value: Value) -> Value:
    """A text that a spreadsheet would take for a formula begins with an apostrophe instead."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _width(table: Table, place: int) -> int:
    longest = max((len(str(row[place])) for row in table.rows), default=0)
    return max(10, min(60, max(longest, len(table.head[place])) + 2))


def _sheet_name(title: str, number: int) -> str:
    """What a workbook accepts: 31 letters, none of the forbidden, and no two alike."""
    name = "".join(" " if letter in "[]:*?/\\" else letter for letter in title).strip("' ")
    return f"{number} {name}"[:31] if number else name[:31]
