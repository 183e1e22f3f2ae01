"""When something is open and when it is free: by the clock on the wall, also when the clocks change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ..types import OpenHours

NORWAY = ZoneInfo("Europe/Oslo")
MIDNIGHT = time()
LOOKED_AT = timedelta(days=60)  # how far ahead a free time is looked for

Span = tuple[datetime, datetime]


def norwegian_day(moment: datetime) -> date:
    return moment.astimezone(NORWAY).date()


def at(day: date, clock: time) -> datetime:
    """The moment when the clock on the wall shows this. An hour that comes twice is the first of them."""
    return datetime.combine(day, clock, NORWAY).astimezone(UTC)


def days_of(starts_at: datetime, ends_at: datetime) -> list[date]:
    """The Norwegian days that a time touches."""
    first = norwegian_day(starts_at)
    last = norwegian_day(ends_at - timedelta(microseconds=1))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def open_spans(hours: Iterable[OpenHours], days: Iterable[date]) -> list[Span]:
    """When it is open on these days, in order; days that meet at midnight hang together."""
    by_weekday = {row.weekday: row for row in hours}
    spans: list[Span] = []
    for day in sorted(set(days)):
        row = by_weekday.get(day.weekday())
        if row is None:
            continue
        closing = at(day + timedelta(days=1), MIDNIGHT) if row.closes == MIDNIGHT else at(day, row.closes)
        opening = at(day, row.opens)
        if spans and spans[-1][1] >= opening:
            spans[-1] = (spans[-1][0], closing)
        elif closing > opening:
            spans.append((opening, closing))
    return spans


def is_open(hours: Sequence[OpenHours], starts_at: datetime, ends_at: datetime) -> bool:
    """Open the whole time. Without any hours it can be had at any time."""
    if not hours:
        return True
    spans = open_spans(hours, days_of(starts_at, ends_at))
    return any(opening <= starts_at and ends_at <= closing for opening, closing in spans)


def is_available(periods: Sequence[tuple[date, date]], starts_at: datetime, ends_at: datetime) -> bool:
    """Within the days that the trainer has told of, all of them. Without any they are asked each time."""
    days = days_of(starts_at, ends_at)
    return not periods or all(any(first <= day <= last for first, last in periods) for day in days)


def kept(starts_at: datetime, ends_at: datetime, prepare: int, clear: int) -> Span:
    """What is kept apart: from the preparing before to the clearing after."""
    return starts_at - timedelta(minutes=prepare), ends_at + timedelta(minutes=clear)


def overlaps(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def next_free(
    starts_at: datetime,
    ends_at: datetime,
    *,
    taken: Iterable[Span],
    hours: Sequence[OpenHours] = (),
    prepare: int = 0,
    clear: int = 0,
) -> datetime | None:
    """The first start, from the wanted one on, when it is free and open for as long; None: not within sixty days."""
    length, latest = ends_at - starts_at, starts_at + LOOKED_AT
    before, after = timedelta(minutes=prepare), timedelta(minutes=clear)
    busy = sorted(taken)
    # It can begin where it was wanted, where something ends, or where it opens: no earlier moment than one of these.
    starts = {starts_at} | {end + before for _start, end in busy}
    if hours:
        starts |= {opening for opening, _closing in open_spans(hours, days_of(starts_at, latest))}
    for start in sorted(moment for moment in starts if starts_at <= moment <= latest):
        wanted = (start - before, start + length + after)
        if is_open(hours, start, start + length) and not any(overlaps(wanted, span) for span in busy):
            return start
    return None
