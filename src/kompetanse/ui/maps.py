"""A map without outside map data: places as circles, laid out by latitude and longitude and pushed clear of each other.

The same `Chart` as the others: shown with `{% chart it %}`, with its figures in a table behind.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from .charts import Cell, Chart

WIDTH = 320.0
LARGEST, SMALLEST = 30.0, 8.0  # radii
LABEL, LETTER = 34.0, 7.4  # height of the two lines under a circle; about the width of a letter
ROUNDS = 300
MOST = 60  # more places than this stand where they are, with their names in the table alone

# Colour and pattern of a kind; the same four kinds as a matrix has.
FILLS = {"ok": "f1", "warn": "f2", "bad": "f5", "neutral": "f6"}
PATTERNS = {
    "warn": '<circle class="spot" cx="4" cy="4" r="1.6"/>',
    "bad": '<path class="hatch" d="M-2 2 2-2M0 8 8 0M6 10 10 6"/>',
    "neutral": '<path class="hatch" d="M0 4H8"/>',
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: `size` is what the circle's area tells, `kind` ok, warn, bad or neutral, `text` its figure in words.

    `cells` are its figures in the table behind, `url` what it opens.
    """

    label: str
    latitude: float
    longitude: float
    size: float
    text: str
    kind: str = "neutral"
    cells: tuple[str, ...] = ()
    url: str = ""


@dataclass(slots=True)
class _Placed:
    spot: Spot
    x: float
    y: float
    radius: float

    @property
    def half(self) -> float:
        """Half the width of the circle and the words under it."""
        return max(self.radius, LETTER * max(len(self.spot.label), len(self.spot.text)) / 2) + 4

    @property
    def top(self) -> float:
        return self.y - self.radius

    @property
    def bottom(self) -> float:
        return self.y + self.radius + LABEL


def region_map(
    title: str,
    spots: Sequence[Spot],
    kinds: Sequence[tuple[str, str]],
    columns: Sequence[str],
    *,
    description: str = "",
) -> Chart:
    """Circles on a map, north up. `kinds` are those in use with their words; `columns` name the spots' cells.

    Raises ValueError if a spot has another number of cells than there are columns.
    """
    if any(len(spot.cells) != len(columns) for spot in spots):
        raise ValueError("every spot needs one cell for each column")
    name = f"chart-{slugify(title) or 'x'}"
    placed = _placed(spots)
    said = description or "; ".join(f"{spot.label}: {spot.text}" for spot in spots)
    rows = tuple((Cell(spot.label), *(Cell(text, spot.url) for text in spot.cells)) for spot in spots)
    legend = tuple((word, _swatch(name, kind)) for kind, word in kinds)
    return Chart("map", title, description, _drawn(name, title, said, placed), legend, ("", *columns), rows)


def _placed(spots: Sequence[Spot]) -> list[_Placed]:
    if not spots:
        return []
    middle = math.radians(sum(spot.latitude for spot in spots) / len(spots))
    east = [spot.longitude * math.cos(middle) for spot in spots]
    wide, tall = max(east) - min(east), max(s.latitude for s in spots) - min(s.latitude for s in spots)
    scale = (WIDTH - 4 * LARGEST) / max(wide, tall, 0.01)
    largest = max(spot.size for spot in spots) or 1
    placed = [
        _Placed(
            spot,
            2 * LARGEST + (x - min(east)) * scale,
            (max(s.latitude for s in spots) - spot.latitude) * scale,
            max(SMALLEST, LARGEST * math.sqrt(max(spot.size, 0) / largest)),
        )
        for spot, x in zip(spots, east, strict=True)
    ]
    if len(placed) <= MOST:
        _push_apart(placed)
    return placed


def _push_apart(placed: list[_Placed]) -> None:
    """Move what lies on top of each other, a little at a time and the shortest way; the same every time."""
    for _round in range(ROUNDS):
        still = True
        for index, one in enumerate(placed):
            for other in placed[index + 1 :]:
                across = one.half + other.half - abs(one.x - other.x)
                down = min(one.bottom, other.bottom) - max(one.top, other.top)
                if across <= 0.5 or down <= 0.5:
                    continue
                still = False
                if across < down:
                    step = (across / 2 + 0.1) * (1 if one.x < other.x else -1)
                    one.x, other.x = one.x - step, other.x + step
                else:
                    step = (down / 2 + 0.1) * (1 if one.y < other.y else -1)
                    one.y, other.y = one.y - step, other.y + step
                for it in (one, other):
                    it.x = min(max(it.x, it.half), WIDTH - it.half)
        if still:
            return


def _drawn(name: str, title: str, said: str, placed: list[_Placed]) -> SafeString:
    labelled = len(placed) <= MOST
    top = min((it.top for it in placed), default=0) - 4
    height = max((it.bottom for it in placed), default=40) + 8 - top
    parts = [_circle(name, it, labelled=labelled) for it in placed]
    patterns = "".join(
        f'<pattern id="{name}-{kind}" width="8" height="8" patternUnits="userSpaceOnUse">{shape}</pattern>'
        for kind, shape in PATTERNS.items()
    )
    return mark_safe(  # noqa: S308 - every text in the parts is escaped where it is placed
        f'<svg role="group" aria-labelledby="{name}-t {name}-d" width="420" '
        f'viewBox="0 {top:.1f} {WIDTH:.0f} {height:.1f}">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(said)}</desc>'
        f"<defs>{patterns}</defs>{''.join(parts)}</svg>"
    )


def _circle(name: str, it: _Placed, *, labelled: bool) -> str:
    """A circle that can be reached by keyboard where it opens something; its words are its name."""
    spot = it.spot
    place = f'cx="{it.x:.1f}" cy="{it.y:.1f}" r="{it.radius:.1f}"'
    shape = f'<circle class="{FILLS[spot.kind]} dot" {place}/>'
    if spot.kind in PATTERNS:
        shape += f'<circle fill="url(#{name}-{spot.kind})" {place}/>'
    if labelled:
        lines = (("strong", 15, spot.label), ("soft", 30, spot.text))
        shape += " ".join(
            f'<text class="{kind}" x="{it.x:.1f}" y="{it.y + it.radius + down:.1f}" text-anchor="middle">'
            f"{escape(text)}</text>"
            for kind, down, text in lines
        )
    words = escape(f"{spot.label} {spot.text}")
    if spot.url:
        named = "" if labelled else f' aria-label="{words}"'
        return f'<a href="{escape(spot.url)}"{named}>{shape}</a>'
    return f'<g role="img" aria-label="{words}">{shape}</g>'


def _swatch(name: str, kind: str) -> SafeString:
    over = f'<rect fill="url(#{name}-{kind})" width="16" height="16" rx="8"/>' if kind in PATTERNS else ""
    return mark_safe(  # noqa: S308 - our own
        '<svg aria-hidden="true" width="16" height="16">'
        f'<rect class="{FILLS[kind]}" width="16" height="16" rx="8"/>{over}</svg>'
    )
