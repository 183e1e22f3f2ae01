"""The year as a wheel of spans: January at the top, clockwise, each span an arc with its number.

The same `Chart` as the others: shown with `{% chart it %}`, with its rows in a table behind. How a span stands is
told by colour, pattern and word; what is late has an exclamation mark besides.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from .charts import Cell, Chart
from .formats import MONTHS, day, language

MIDDLE = 180.0
OUTER, MONTH = 178.0, 28.0  # the ring of months: where it ends and how wide it is
LANE, GAP, MOST = 24.0, 3.0, 4  # how wide an arc's lane is, the air between lanes, how many there is room for
ROOM = 20  # days that a number needs in the innermost lane
# Colour of a kind; the same kinds as a matrix has.
FILLS = {"ok": "f1", "info": "f4", "warn": "f2", "bad": "f5", "neutral": "f6"}
PATTERNS = {
    "info": '<path class="hatch" d="M0 4H8"/>',
    "warn": '<circle class="spot" cx="4" cy="4" r="1.6"/>',
    "bad": '<path class="hatch" d="M-2 2 2-2M0 8 8 0M6 10 10 6"/>',
    "neutral": '<path class="hatch" d="M4 0V8"/>',
}


@dataclass(frozen=True, slots=True)
class Span:
    """Something from a day to a day, both with. `text` says how it stands; `cells` are more for the table behind."""

    start: date
    end: date
    label: str
    text: str
    kind: str = "neutral"
    cells: tuple[str, ...] = ()
    url: str = ""


def year_wheel(
    title: str,
    year: int,
    spans: Sequence[Span],
    kinds: Sequence[tuple[str, str]],
    columns: Sequence[str] = (),
    *,
    today: date | None = None,
    description: str = "",
) -> Chart:
    """`kinds` are those in use with their words; `columns` name the spans' cells.

    Spans that lie side by side have lanes of their own, the first outermost. Raises ValueError if a span has another
    number of cells than there are columns.
    """
    if any(len(span.cells) != len(columns) for span in spans):
        raise ValueError("every span needs one cell for each column")
    shown = sorted((span for span in spans if span.start.year <= year <= span.end.year), key=_order)
    name = f"chart-{slugify(title) or 'x'}"
    parts = _months(year, today)
    for number, (span, lane) in enumerate(zip(shown, _lanes(shown), strict=True), 1):
        parts.append(_arc(name, year, number, span, lane))
    parts.append(f'<text x="180" y="187" text-anchor="middle" class="strong">{year}</text>')
    said = description or "; ".join(f"{_period(span)}: {span.label}, {span.text}" for span in shown)
    rows = tuple(
        (
            Cell(str(number)),
            Cell(_period(span)),
            Cell(span.label, span.url),
            *(Cell(text) for text in span.cells),
            Cell(span.text),
        )
        for number, span in enumerate(shown, 1)
    )
    legend = tuple((word, _swatch(name, kind)) for kind, word in kinds)
    heads = (_("Nr."), _("Når"), _("Hva"), *columns, _("Status"))
    return Chart("year", title, description, _drawn(name, title, said, parts), legend, heads, rows)


def _order(span: Span) -> tuple[date, date, str]:
    return span.start, span.end, span.label


def _period(span: Span) -> str:
    if span.start == span.end:
        return day(span.start, "bare")
    return f"{day(span.start, 'bare')} – {day(span.end, 'bare')}"


def _lanes(spans: Sequence[Span]) -> list[int]:
    """The lane of each span, in their order: the outermost that is free; the innermost where none is."""
    taken: list[date] = []
    lanes = []
    for span in spans:
        end = max(span.end, span.start + timedelta(days=ROOM))
        lane = next((place for place, until in enumerate(taken) if until < span.start), None)
        if lane is None and len(taken) < MOST:
            taken.append(end)
            lane = len(taken) - 1
        elif lane is None:
            lane = MOST - 1
        taken[lane] = max(taken[lane], end)
        lanes.append(lane)
    return lanes


def _share(year: int, value: date) -> float:
    first, last = date(year, 1, 1), date(year + 1, 1, 1)
    return min(max((value - first).days / (last - first).days, 0.0), 1.0)


def _at(share: float, radius: float) -> tuple[float, float]:
    angle = share * 2 * math.pi - math.pi / 2
    return round(MIDDLE + radius * math.cos(angle), 1), round(MIDDLE + radius * math.sin(angle), 1)


def _sector(start: float, end: float, inner: float, outer: float) -> str:
    """The outline of a part of a ring. A whole turn is drawn as nearly one."""
    end = min(end, start + 0.9999)
    wide = int(end - start > 0.5)
    (ax, ay), (bx, by) = _at(start, outer), _at(end, outer)
    (cx, cy), (dx, dy) = _at(end, inner), _at(start, inner)
    return f"M{ax} {ay}A{outer} {outer} 0 {wide} 1 {bx} {by}L{cx} {cy}A{inner} {inner} 0 {wide} 0 {dx} {dy}Z"


def _months(year: int, today: date | None) -> list[str]:
    parts = []
    for month, word in enumerate(MONTHS[language()]):
        now = " now" if today and (today.year, today.month) == (year, month + 1) else ""
        odd = " odd" if month % 2 else ""
        parts.append(
            f'<path class="wheel-month{odd}{now}" d="{_sector(month / 12, (month + 1) / 12, OUTER - MONTH, OUTER)}"/>'
        )
        x, y = _at((month + 0.5) / 12, OUTER - MONTH / 2)
        parts.append(f'<text x="{x}" y="{y + 5:.1f}" text-anchor="middle" class="soft">{escape(word[:3])}</text>')
    if today and today.year == year:
        (ax, ay), (bx, by) = _at(_share(year, today), 34), _at(_share(year, today), OUTER)
        parts.append(f'<line class="mark" x1="{ax}" y1="{ay}" x2="{bx}" y2="{by}"/>')
    return parts


def _arc(name: str, year: int, number: int, span: Span, lane: int) -> str:
    """The arc with its number in the middle of it, which opens the span where there is something to open."""
    outer = OUTER - MONTH - GAP - lane * (LANE + GAP)
    start, end = _share(year, span.start), _share(year, span.end + timedelta(days=1))
    outline = _sector(start, end, outer - LANE, outer)
    shape = f'<path class="{FILLS[span.kind]} dot" d="{outline}"/>'
    if span.kind in PATTERNS:
        shape += f'<path fill="url(#{name}-{span.kind})" d="{outline}"/>'
    x, y = _at((start + end) / 2, outer - LANE / 2)
    mark = "!" if span.kind == "bad" else ""
    shape += (
        f'<circle fill="#fff" class="axis" cx="{x}" cy="{y}" r="11"/>'
        f'<text class="number n2" x="{x}" y="{y + 4:.1f}" text-anchor="middle">{number}{mark}</text>'
    )
    words = escape(f"{number}. {span.label}, {_period(span)}, {span.text}")
    if span.url:
        return f'<a href="{escape(span.url)}" aria-label="{words}">{shape}</a>'
    return f'<g role="img" aria-label="{words}">{shape}</g>'


def _drawn(name: str, title: str, said: str, parts: Sequence[str]) -> SafeString:
    patterns = "".join(
        f'<pattern id="{name}-{kind}" width="8" height="8" patternUnits="userSpaceOnUse">{shape}</pattern>'
        for kind, shape in PATTERNS.items()
    )
    return mark_safe(  # noqa: S308 - every text in the parts is escaped where it is placed
        f'<svg role="group" aria-labelledby="{name}-t {name}-d" width="416" viewBox="0 0 360 360">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(said)}</desc>'
        f"<defs>{patterns}</defs>{''.join(parts)}</svg>"
    )


def _swatch(name: str, kind: str) -> SafeString:
    over = f'<rect fill="url(#{name}-{kind})" width="16" height="16" rx="3"/>' if kind in PATTERNS else ""
    return mark_safe(  # noqa: S308 - our own
        '<svg aria-hidden="true" width="16" height="16">'
        f'<rect class="{FILLS[kind]}" width="16" height="16" rx="3"/>{over}</svg>'
    )
