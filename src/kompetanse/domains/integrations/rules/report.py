"""The report that a payroll clerk opens in a spreadsheet: what became of each file, and every row left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import BinaryIO

import xlsxwriter

from kompetanse.domains.integrations.rules.values import neutralise_formula
from kompetanse.domains.integrations.types import FileReport, Said
from kompetanse.kernel.text_marker import N_

_SUMMARY = N_("Sammendrag")
_COUNTS = (N_("Lest"), N_("Nye"), N_("Endret"), N_("Uendret"), N_("Avvist"), N_("Avsluttet"))
_HEAD = (N_("Fil"), N_("Type"), N_("Kommune"), *_COUNTS, N_("Merknad"))
_REASON = (N_("Rad"), N_("Kolonne"), N_("Verdi"), N_("Hvorfor raden ikke er tatt inn"))
KIND_NAMES = {
    "org": N_("Organisasjon"),
    "hr": N_("Ansatte og stillinger"),
    "competence": N_("Kompetanse"),
    "needs": N_("Kompetansebehov"),
}


def write_report(
    out: BinaryIO, files: Iterable[FileReport], translate: Callable[[str], str], tell: Callable[[Said], str]
) -> None:
    """Write an .xlsx: a summary, and for each file with rejected rows a sheet with the original row beside the reason.

    Cells are text, never formulas. `translate` turns a message id into words, `tell` a sentence.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        summary = book.add_worksheet(translate(_SUMMARY)[:31])
        summary.set_column(0, 0, 34)
        summary.set_column(len(_HEAD) - 1, len(_HEAD) - 1, 60)
        summary.freeze_panes(1, 0)
        for place, word in enumerate(_HEAD):
            summary.write_string(0, place, translate(word), bold)
        names = {translate(_SUMMARY).lower()}
        for line, file in enumerate(files, 1):
            run, counts = file.run, file.run.counts
            kind = translate(KIND_NAMES[run.kind]) if run.kind else ""
            for place, text in enumerate((run.file_name, kind, run.municipality)):
                summary.write_string(line, place, neutralise_formula(text))
            numbers = (
                counts.read, counts.created, counts.changed, counts.unchanged, counts.rejected, counts.ended,
            )  # fmt: skip
            for place, number in enumerate(numbers, 3):
                summary.write_number(line, place, number)
            if file.failure:
                summary.write_string(line, len(_HEAD) - 1, neutralise_formula(tell(file.failure)), wrap)
            if not counts.rejected:
                continue
            sheet = book.add_worksheet(_sheet_name(run.file_name, names))
            sheet.freeze_panes(1, len(_REASON))
            sheet.set_column(3, 3, 70)
            for place, word in enumerate((*map(translate, _REASON), *file.headers)):
                sheet.write_string(0, place, neutralise_formula(word), bold)
            for down, rejection in enumerate(file.rejections, 1):
                sheet.write_number(down, 0, rejection.row)
                told = (rejection.column, rejection.value, tell(rejection.said))
                for place, text in enumerate((*told, *rejection.original), 1):
                    sheet.write_string(down, place, neutralise_formula(text)[:32_000], wrap if place == 3 else None)


def _sheet_name(file_name: str, taken: set[str]) -> str:
    """A name that Excel takes: short, without the signs it keeps for itself, and only once."""
    stem = re.sub(r"[\[\]:*?/\\']", " ", file_name.rsplit(".", 1)[0]).strip() or "fil"
    name, times = stem[:31], 1
    while name.lower() in taken:
        times += 1
        name = f"{stem[:26]} ({times})"
    taken.add(name.lower())
    return name
