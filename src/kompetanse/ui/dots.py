"""A dot plot: who stands where on a short scale. How many at each step is the number in the dot; who, in the table.

The same `Chart` as the others: shown with `{% chart it %}`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from .charts import Cell, Chart

_ROW = 66  # pixels from one row to the next
_EDGE = 6.0  # per cent of the width beside the outermost steps


@dataclass(frozen=True, slots=True)
class DotRow:
    """One line: for each step of the scale, the names of those who stand there."""

    label: str
    steps: tuple[tuple[str, ...], ...]


def dots(title: str, scale: Sequence[str], items: Sequence[DotRow], *, description: str = "") -> Chart:
    """Lines of dots, one under another. Raises ValueError if a row has another number of steps than the scale."""
    if len(scale) < 2 or any(len(item.steps) != len(scale) for item in items):
        raise ValueError("every row needs one group of names for each of at least two steps")
    parts = []
    for index, item in enumerate(items):
        y = index * _ROW
        parts.append(
            f'<foreignObject x="0" y="{y}" width="100%" height="20"><p class="cut">{escape(item.label)}</p>'
            f"</foreignObject>"
            f'<line class="axis" x1="{_at(0, len(scale))}%" x2="{_at(len(scale) - 1, len(scale))}%" '
            f'y1="{y + 40}" y2="{y + 40}"/>'
        )
        for step, names in enumerate(item.steps):
            x = _at(step, len(scale))
            if names:
                parts.append(
                    f'<circle class="f1 dot" cx="{x}%" cy="{y + 40}" r="12"/>'
                    f'<text class="number n1" x="{x}%" y="{y + 45}" text-anchor="middle">{len(names)}</text>'
                )
            else:
                parts.append(f'<circle class="f6 dot" cx="{x}%" cy="{y + 40}" r="3"/>')
    rows = tuple((Cell(item.label), *(Cell(", ".join(names) or "–") for names in item.steps)) for item in items)
    said = description or "; ".join(
        f"{item.label}: " + ", ".join(f"{step} {len(names)}" for step, names in zip(scale, item.steps, strict=True))
        for item in items
    )
    name = f"chart-{slugify(title) or 'x'}"
    svg = mark_safe(  # noqa: S308 - every text in the parts is escaped where it is placed
        f'<svg role="img" aria-labelledby="{name}-t {name}-d" width="100%" height="{max(len(items) * _ROW - 8, 20)}">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(said)}</desc>{"".join(parts)}</svg>'
    )
    return Chart("dots", title, description, svg, (), ("", *scale), rows)


def _at(step: int, steps: int) -> float:
    return round(_EDGE + (100 - 2 * _EDGE) * step / (steps - 1), 2)
