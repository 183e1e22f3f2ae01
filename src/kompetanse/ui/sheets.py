"""The same list as a spreadsheet: what `{% exports %}` links to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

import xlsxwriter

from .formats import day
from .replies import Reply

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would calculate

Value = str | int | date | None


def export(kind: str, name: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> Reply | None:
    """The file asked for by `?format=`, named after the list; None where no file is asked for."""
    if kind == "xlsx":
        return Reply.file(_xlsx(headings, rows), filename=f"{name}.xlsx", content_type=XLSX)
    if kind == "csv":
        return Reply.file(_csv(headings, rows), filename=f"{name}.csv", content_type="text/csv; charset=utf-8")
    return None


def _xlsx(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        dated = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headings) - 1, 22)
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading, bold)
        for line, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, place, value, dated)
                elif isinstance(value, int):
                    sheet.write_number(line, place, value)
                elif value:
                    sheet.write_string(line, place, value)
    return out.getvalue()


def _csv(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """With the mark and the semicolons by which Norwegian spreadsheets know it; never a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_text(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _text(value: Value) -> str:
    if isinstance(value, date):
        return day(value, "short")
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text
