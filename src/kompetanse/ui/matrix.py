"""The matrix: what stands down against what stands across, a shape, a colour and a figure in each cell.

It is drawn as a table, not as a picture: a screen reader walks it cell by cell, and each cell can be a link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .icons import STATUS_ICONS, icon


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """`kind` is ok, warn, bad, info or neutral; `said` is what a screen reader adds to the text.

    `more` are links under the text, (label, address): what can be done about it.
    """

    text: str
    kind: str = "neutral"
    said: str = ""
    url: str = ""
    more: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MatrixRow:
    label: str
    cells: tuple[MatrixCell, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A drawn matrix. Show it with `{% matrix it %}`."""

    title: str
    table: SafeString


def matrix(title: str, corner: str, columns: Sequence[str], rows: Sequence[MatrixRow], *, note: str = "") -> Matrix:
    """Raises ValueError if a row has another number of cells than there are columns."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    signs = {kind: icon(name) for kind, name in STATUS_ICONS.items()}
    lines = []
    for row in rows:
        if len(row.cells) != len(columns):
            raise ValueError(f"{row.label}: {len(row.cells)} cells for {len(columns)} columns")
        label = f'<a href="{escape(row.url)}">{escape(row.label)}</a>' if row.url else escape(row.label)
        pairs = zip(columns, row.cells, strict=True)
        cells = "".join(_cell(cell, signs, f"{row.label}, {column}") for column, cell in pairs)
        lines.append(f'<tr><th scope="row">{label}</th>{cells}</tr>')
    small = f" <small>{escape(note)}</small>" if note else ""
    table = (
        f'<table class="matrix"><caption>{escape(title)}{small}</caption>'
        f'<thead><tr><th scope="col">{escape(corner)}</th>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table>'
    )
    return Matrix(title, mark_safe(table))  # noqa: S308 - every text is escaped where it is placed


def _cell(cell: MatrixCell, signs: dict[str, SafeString], where: str) -> str:
    said = f'<span class="ds-sr-only"> {escape(cell.said)}</span>' if cell.said else ""
    sign = "" if cell.kind == "neutral" else signs[cell.kind]
    inner = f"{sign}{escape(cell.text)}{said}"
    if cell.url:
        inner = f'<a href="{escape(cell.url)}">{inner}</a>'
    else:
        inner = f"<span>{inner}</span>"
    for label, url in cell.more:
        whose = f'<span class="ds-sr-only">: {escape(where)}</span>'
        inner += f'<a href="{escape(url)}"><small>{escape(label)}{whose}</small></a>'
    return f'<td data-kind="{cell.kind}">{inner}</td>'
