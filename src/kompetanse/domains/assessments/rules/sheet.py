"""A workbook of plain tables: text is text and never a formula. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import xlsxwriter

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, its heads and its rows."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Value]]


def write_book(out: BinaryIO, sheets: Iterable[Sheet]) -> None:
    """Write the tables as an .xlsx, a sheet for each."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for told in sheets:
            sheet = book.add_worksheet(told.name[:31])
            sheet.set_column(0, len(told.heads) - 1, 24)
            sheet.freeze_panes(1, 0)
            for place, head in enumerate(told.heads):
                sheet.write_string(0, place, head, bold)
            for line, row in enumerate(told.rows, 1):
                for place, value in enumerate(row):
                    if isinstance(value, int):
                        sheet.write_number(line, place, value)
                    elif value:
                        sheet.write_string(line, place, value)
