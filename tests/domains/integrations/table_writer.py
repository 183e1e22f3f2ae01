"""Small tables written in many dialects, made rather than kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped,unused-ignore]

Cell = str | int | float | date | Decimal | None

DATE_STYLES = {
    "dd.mm.yyyy": "%d.%m.%Y",
    "yyyy-mm-dd": "%Y-%m-%d",
    "dd.mm.yy": "%d.%m.%y",
    "dd/mm/yyyy": "%d/%m/%Y",
    "yyyymmdd": "%Y%m%d",
    "excel": "",
}


def written(cell: Cell, date_style: str, decimal_mark: str) -> str:
    """A cell as a municipality's system would write it."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        if date_style == "excel":
            return str((cell - date(1899, 12, 30)).days)
        return cell.strftime(DATE_STYLES[date_style])
    if isinstance(cell, Decimal):
        return str(cell).replace(".", decimal_mark)
    return str(cell)


def write_text(
    path: Path,
    rows: Sequence[Sequence[Cell]],
    *,
    delimiter: str = ";",
    encoding: str = "utf-8",
    newline: str = "\r\n",
    date_style: str = "dd.mm.yyyy",
    decimal_mark: str = ",",
) -> Path:
    """The rows as a delimited text file."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline)
    for row in rows:
        writer.writerow([written(cell, date_style, decimal_mark) for cell in row])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_workbook(path: Path, sheets: dict[str, Sequence[Sequence[Cell]]]) -> Path:
    """The sheets as an .xlsx with real numbers and dates."""
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, day)
                elif isinstance(cell, int | float | Decimal):
                    sheet.write_number(at, column, float(cell))
                elif cell:
                    sheet.write_string(at, column, cell)
    book.close()
    return path
