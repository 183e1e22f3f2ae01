"""Charts as pure functions: figures in, a `Chart` out. Drawn as SVG with the figures in a table behind.

Text keeps its own size whatever the width: bars are placed in per cent of the width and in pixels down.
Each series has a colour and a pattern. Nothing here is inline style or script.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from .formats import MONTHS, day, language, number

Show = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value in the table behind: its text and, where there are rows behind it, the way to them."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart. Show it with `{% chart it %}`."""

    kind: str
    title: str
    description: str
    svg: SafeString
    legend: tuple[tuple[str, SafeString], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `aim` is where it should reach, `url` the rows behind the figure."""

    label: str
    value: float
    aim: float | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar of several parts, in the order of the series."""

    label: str
    values: tuple[float, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something on a day of the year; `ring` 1–3 tells kinds apart by colour and place."""

    day: date
    label: str
    ring: int = 1
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A series over the same points in time; None is a point without a figure."""

    label: str
    values: tuple[float | None, ...]


def bars(title: str, items: Sequence[Bar], *, description: str = "", show: Show = number) -> Chart:
    """Lying bars, one under another: label above, figure at the end, a mark at the aim."""
    top = max((max(bar.value, bar.aim or 0) for bar in items), default=0) or 1
    parts = []
    for index, bar in enumerate(items):
        y = index * 46
        parts.append(
            f"{_label(bar.label, y)}"
            f'<text x="100%" y="{y + 14}" class="strong" text-anchor="end">{escape(show(bar.value))}</text>'
            f'<rect class="ground" x="0" y="{y + 21}" width="100%" height="12" rx="3"/>'
            f'<rect class="f1" x="0" y="{y + 21}" width="{_share(bar.value, top)}%" height="12" rx="3"/>'
        )
        if bar.aim is not None:
            x = _share(bar.aim, top)
            parts.append(f'<line class="mark" x1="{x}%" x2="{x}%" y1="{y + 17}" y2="{y + 37}"/>')
    with_aim = any(bar.aim is not None for bar in items)
    columns = ("", _("Verdi"), _("Mål")) if with_aim else ("", _("Verdi"))
    rows = [
        (
            Cell(bar.label),
            Cell(show(bar.value), bar.url),
            *([Cell("–" if bar.aim is None else show(bar.aim))] if with_aim else []),
        )
        for bar in items
    ]
    said = description or "; ".join(f"{bar.label}: {show(bar.value)}" for bar in items)
    legend = ((_("Streken viser målet"), _key('<line class="mark" x1="8" x2="8" y1="1" y2="15"/>')),)
    drawing = _fluid(title, said, len(items) * 46 - 8, parts)
    return Chart("bars", title, description, drawing, legend if with_aim else (), columns, tuple(rows))


def stacked(
    title: str, series: Sequence[str], items: Sequence[Stack], *, description: str = "", show: Show = number
) -> Chart:
    """Lying bars of up to six parts, all against the longest. Raises ValueError if a stack lacks a part."""
    if any(len(item.values) != len(series) for item in items) or not 1 <= len(series) <= 6:
        raise ValueError("every stack needs one value for each of one to six series")
    top = max((sum(item.values) for item in items), default=0) or 1
    name = _name(title)
    parts = [_patterns(name)]
    for index, item in enumerate(items):
        y = index * 48
        parts.append(
            f"{_label(item.label, y)}"
            f'<text x="100%" y="{y + 14}" class="strong" text-anchor="end">'
            f"{escape(show(sum(item.values)))}</text>"
            f'<rect class="ground" x="0" y="{y + 21}" width="100%" height="16" rx="3"/>'
        )
        at = 0.0
        for number_, value in enumerate(item.values, 1):
            width = _share(value, top)
            place = f'x="{_share(at, top)}%" y="{y + 21}" width="{width}%" height="16"'
            parts.append(f'<rect class="f{number_}" {place}/>')
            if number_ > 1 and width:
                parts.append(f'<rect fill="url(#{name}-{number_})" {place}/>')
            at += value
    legend = tuple((label, _swatch(name, number_)) for number_, label in enumerate(series, 1))
    rows = tuple(
        (
            Cell(item.label),
            *(Cell(show(value)) for value in item.values),
            Cell(show(sum(item.values)), item.url),
        )
        for item in items
    )
    said = description or "; ".join(
        f"{item.label}: " + ", ".join(f"{s} {show(v)}" for s, v in zip(series, item.values, strict=True))
        for item in items
    )
    drawing = _fluid(title, said, len(items) * 48 - 8, parts)
    return Chart("stacked", title, description, drawing, legend, ("", *series, _("Sum")), rows)


def trend(
    title: str,
    points: Sequence[str],
    lines: Sequence[Line],
    *,
    aim: float | None = None,
    description: str = "",
    show: Show = number,
) -> Chart:
    """One to three lines over the same points. Raises ValueError if a line has another number of points."""
    if any(len(line.values) != len(points) for line in lines) or not 1 <= len(lines) <= 3:
        raise ValueError("one to three lines, each with one value for each point")
    values = [value for line in lines for value in line.values if value is not None]
    top = max([*values, aim or 0], default=0) or 1
    height, floor = 200, 168

    def x(index: int) -> float:
        return round(4 + 90 * (index / max(len(points) - 1, 1)), 2)

    def y(value: float) -> float:
        return round(floor - (floor - 22) * value / top, 1)

    parts = [f'<line class="axis" x1="0" x2="100%" y1="{floor}" y2="{floor}"/>']
    every = math.ceil(len(points) / 6) or 1
    for index, point in enumerate(points):
        if index % every == 0:
            parts.append(
                f'<text class="soft" x="{x(index)}%" y="{floor + 20}" text-anchor="middle">{escape(point)}</text>'
            )
    if aim is not None:
        parts.append(
            f'<line class="aim" x1="0" x2="100%" y1="{y(aim)}" y2="{y(aim)}"/>'
            f'<text class="soft" x="0" y="{y(aim) - 6}">{escape(_("Mål"))} {escape(show(aim))}</text>'
        )
    for which, line in enumerate(lines, 1):
        known = [(index, value) for index, value in enumerate(line.values) if value is not None]
        for (a, av), (b, bv) in itertools.pairwise(known):
            if b == a + 1:
                parts.append(f'<line class="l{which}" x1="{x(a)}%" y1="{y(av)}" x2="{x(b)}%" y2="{y(bv)}"/>')
        parts.extend(_dot(which, x(index), y(value)) for index, value in known)
        if known:
            index, value = known[-1]
            parts.append(
                f'<text class="strong" x="{x(index)}%" y="{y(value) - 11}" text-anchor="middle">'
                f"{escape(show(value))}</text>"
            )
    legend = tuple((line.label, _key(_dot(which, 8, 8, ""))) for which, line in enumerate(lines, 1))
    rows = tuple(
        (
            Cell(point),
            *(Cell("–" if (at := line.values[index]) is None else show(at)) for line in lines),
        )
        for index, point in enumerate(points)
    )
    said = description or _("%(count)s punkter fra %(first)s til %(last)s.") % {
        "count": len(points),
        "first": points[0] if points else "–",
        "last": points[-1] if points else "–",
    }
    columns = ("", *(line.label for line in lines))
    drawing = _fluid(title, said, height, parts)
    return Chart("trend", title, description, drawing, legend if len(lines) > 1 else (), columns, rows)


def wheel(
    title: str,
    year: int,
    happenings: Sequence[Happening],
    *,
    rings: Sequence[str] = (),
    today: date | None = None,
    description: str = "",
) -> Chart:
    """The year as a wheel, January at the top, clockwise. Numbers in it are the rows of the table behind."""
    shown = sorted((it for it in happenings if it.day.year == year), key=lambda it: (it.day, it.label))
    months = MONTHS[language()]
    parts = []
    for month in range(12):
        start, end = _turn(month / 12), _turn((month + 1) / 12)
        now = " now" if today and today.year == year and today.month == month + 1 else ""
        odd = " odd" if month % 2 else ""
        parts.append(f'<path class="wheel-month{odd}{now}" d="{_sector(start, end, 128, 178)}"/>')
        tx, ty = _at(_turn((month + 0.5) / 12), 153)
        parts.append(
            f'<text x="{tx}" y="{ty + 5}" text-anchor="middle" class="soft">{escape(months[month][:3])}</text>'
        )
    used = max(len(rings), max((it.ring for it in shown), default=1))
    parts.extend(f'<circle cx="180" cy="180" r="{r}" fill="none" class="axis"/>' for r in (112, 86, 60)[:used])
    parts.append(f'<text x="180" y="188" text-anchor="middle" class="strong">{year}</text>')
    days = 366 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 365
    for index, it in enumerate(shown, 1):
        ring = min(max(it.ring, 1), 3)
        share = (it.day.timetuple().tm_yday - 0.5) / days
        cx, cy = _at(_turn(share), {1: 112, 2: 86, 3: 60}[ring])
        shape = (
            f'<circle class="f{ring} dot" cx="{cx}" cy="{cy}" r="11"/>'
            if ring == 1
            else f'<rect class="f{ring} dot" x="{cx - 10}" y="{cy - 10}" width="20" height="20" '
            f'rx="{3 if ring == 2 else 8}"/>'
        )
        parts.append(f'{shape}<text class="number n{ring}" x="{cx}" y="{cy + 4}" text-anchor="middle">{index}</text>')
    said = description or "; ".join(f"{day(it.day, 'bare')}: {it.label}" for it in shown)
    legend = tuple((label, _key(_ring_key(ring))) for ring, label in enumerate(rings[:3], 1))
    rows = tuple(
        (Cell(str(index)), Cell(day(it.day, "bare")), Cell(it.label, it.url)) for index, it in enumerate(shown, 1)
    )
    svg = _svg(title, said, 'viewBox="0 0 360 360"', parts)
    return Chart("wheel", title, description, svg, legend, (_("Nr."), _("Dag"), _("Hva")), rows)


def _label(text: str, y: int) -> str:
    """A bar's label, cut with an ellipsis before it meets the figure; the table behind has it whole."""
    return f'<foreignObject x="0" y="{y}" width="70%" height="20"><p class="cut">{escape(text)}</p></foreignObject>'


def _share(value: float, top: float) -> float:
    return round(100 * max(value, 0) / top, 2)


def _name(title: str) -> str:
    return f"chart-{slugify(title) or 'x'}"


def _svg(title: str, said: str, size: str, parts: Sequence[str]) -> SafeString:
    name = _name(title)
    return mark_safe(  # noqa: S308 - every text in the parts is escaped where it is placed
        f'<svg role="img" aria-labelledby="{name}-t {name}-d" {size}>'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(said)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _fluid(title: str, said: str, height: int, parts: Sequence[str]) -> SafeString:
    return _svg(title, said, f'width="100%" height="{max(height, 20)}"', parts)


def _key(shape: str) -> SafeString:
    return mark_safe(f'<svg aria-hidden="true" width="16" height="16">{shape}</svg>')  # noqa: S308 - our own


def _dot(which: int, x: float, y: float, unit: str = "%") -> str:
    if which == 1:
        return f'<circle class="f1 dot" cx="{x}{unit}" cy="{y}" r="5"/>'
    # A square around the same point: its corner is moved by a nested viewport, since x is in per cent.
    return (
        f'<svg x="{x}{unit}" y="{y}" overflow="visible" width="1" height="1">'
        f'<rect class="f{which} dot" x="-5" y="-5" width="10" height="10" rx="{1 if which == 2 else 4}"/></svg>'
    )


def _patterns(name: str) -> str:
    shapes = {
        2: '<path class="hatch" d="M-2 2 2-2M0 8 8 0M6 10 10 6"/>',
        3: '<circle class="spot" cx="4" cy="4" r="1.6"/>',
        4: '<path class="hatch" d="M0 4H8"/>',
        5: '<path class="hatch" d="M4 0V8"/>',
        6: '<path class="hatch" d="M0 0 8 8M0 8 8 0"/>',
    }
    return (
        "<defs>"
        + "".join(
            f'<pattern id="{name}-{number_}" width="8" height="8" patternUnits="userSpaceOnUse">{shape}</pattern>'
            for number_, shape in shapes.items()
        )
        + "</defs>"
    )


def _swatch(name: str, which: int) -> SafeString:
    box = f'<rect class="f{which}" width="16" height="16" rx="3"/>'
    over = f'<rect fill="url(#{name}-{which})" width="16" height="16" rx="3"/>' if which > 1 else ""
    return _key(box + over)


def _ring_key(ring: int) -> str:
    if ring == 1:
        return '<circle class="f1" cx="8" cy="8" r="8"/>'
    return f'<rect class="f{ring}" width="16" height="16" rx="{3 if ring == 2 else 6}"/>'


def _turn(share: float) -> float:
    return share * 2 * math.pi - math.pi / 2


def _at(angle: float, radius: float) -> tuple[float, float]:
    return round(180 + radius * math.cos(angle), 1), round(180 + radius * math.sin(angle), 1)


def _sector(start: float, end: float, inner: int, outer: int) -> str:
    (ax, ay), (bx, by) = _at(start, outer), _at(end, outer)
    (cx, cy), (dx, dy) = _at(end, inner), _at(start, inner)
    return f"M{ax} {ay}A{outer} {outer} 0 0 1 {bx} {by}L{cx} {cy}A{inner} {inner} 0 0 0 {dx} {dy}Z"
