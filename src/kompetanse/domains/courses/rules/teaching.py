"""Time and hours of courses: wall clock, blocks within sessions, what falls due when. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from ..types.teaching import AFTERWARDS, BlockInput, BlockKind, Hours, SessionInput, TaskKind
from ..types.teaching_refusals import (
    BlockCrossesClockChange,
    BlockIsBackwards,
    BlockIsOutsideSession,
    BlocksOverlap,
    ClockTimeIsMissing,
    ClockTimeIsTwice,
    LinkIsNotWeb,
    SessionsOverlap,
    SessionTimesAreBackwards,
    TextIsTooLong,
)

NORWAY = ZoneInfo("Europe/Oslo")
WEB = ("https://", "http://")


def norwegian_date(moment: datetime) -> date:
    return moment.astimezone(NORWAY).date()


def wall_clock(day: date, clock: time) -> datetime:
    """The moment when Norwegian clocks show this. Raises ClockTimeIsMissing or ClockTimeIsTwice."""
    first = datetime.combine(day, clock.replace(fold=0), NORWAY)
    second = first.replace(fold=1)
    told = {"time": f"{clock:%H.%M}", "day": f"{day:%d.%m.%Y}"}
    if first.astimezone(UTC).astimezone(NORWAY).replace(tzinfo=None) != first.replace(tzinfo=None):
        raise ClockTimeIsMissing(**told)
    if first.utcoffset() != second.utcoffset():
        raise ClockTimeIsTwice(**told)
    return first.astimezone(UTC)


def crosses_clock_change(starts_at: datetime, ends_at: datetime) -> bool:
    """Is the clock put forward or back between the two?"""
    return starts_at.astimezone(NORWAY).utcoffset() != ends_at.astimezone(NORWAY).utcoffset()


def span(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when, as sentences say it: 09.00–10.30, with days where it lasts past midnight."""
    first, last = starts_at.astimezone(NORWAY), ends_at.astimezone(NORWAY)
    if first.date() == last.date():
        return f"{first:%H.%M}–{last:%H.%M}"
    return f"{first:%d.%m.%Y %H.%M}–{last:%d.%m.%Y %H.%M}"


def check_blocks(session: SessionInput, blocks: Iterable[BlockInput]) -> list[BlockInput]:
    """The blocks by time, each whole, within the session and clear of the others. Raises what is wrong with them."""
    # In UTC: two moments of one zone are compared by what the clock shows, which is not always the order they come in.
    told_in_utc = (
        replace(one, starts_at=one.starts_at.astimezone(UTC), ends_at=one.ends_at.astimezone(UTC)) for one in blocks
    )
    found = sorted(told_in_utc, key=lambda block: (block.starts_at, block.ends_at))
    begins, ends = session.starts_at.astimezone(UTC), session.ends_at.astimezone(UTC)
    for block in found:
        told = span(block.starts_at, block.ends_at)
        if block.ends_at <= block.starts_at:
            raise BlockIsBackwards(block=told)
        if crosses_clock_change(block.starts_at, block.ends_at):
            raise BlockCrossesClockChange(block=told)
        if block.starts_at < begins or block.ends_at > ends:
            raise BlockIsOutsideSession(block=told, session=span(session.starts_at, session.ends_at))
    for before, after in pairwise(found):
        if after.starts_at < before.ends_at:
            raise BlocksOverlap(
                block=span(before.starts_at, before.ends_at), other=span(after.starts_at, after.ends_at)
            )
    return found


def check_sessions(sessions: Sequence[SessionInput]) -> list[SessionInput]:
    """The sessions by time, each whole and clear of the others. Raises what is wrong with them."""
    told_in_utc = [
        replace(one, starts_at=one.starts_at.astimezone(UTC), ends_at=one.ends_at.astimezone(UTC)) for one in sessions
    ]
    for session in told_in_utc:
        if session.ends_at <= session.starts_at:
            raise SessionTimesAreBackwards()
        if session.video_link:
            check_link(session.video_link)
    found = sorted(told_in_utc, key=lambda session: session.starts_at)
    for before, after in pairwise(found):
        if after.starts_at < before.ends_at:
            raise SessionsOverlap(other=_on_day(before))
    return found


def check_link(url: str) -> None:
    """Only what a browser opens as a page: no script in a link."""
    if not url.strip().lower().startswith(WEB):
        raise LinkIsNotWeb()


def check_lengths(texts: Mapping[str, str], most: Mapping[str, int]) -> None:
    """Every text has room where it is kept. Raises TextIsTooLong."""
    for name, text in texts.items():
        if len(text) > most[name]:
            error = TextIsTooLong(length=len(text), most=most[name])
            error.field = name
            raise error


def count_hours(blocks: Iterable[tuple[BlockKind, datetime, datetime]]) -> Hours:
    """The minutes of each kind: what has passed, whatever the clock showed."""
    sums = dict.fromkeys(BlockKind, 0)
    for kind, starts_at, ends_at in blocks:
        sums[kind] += int((ends_at.astimezone(UTC) - starts_at.astimezone(UTC)).total_seconds()) // 60
    return Hours(sums[BlockKind.THEORY], sums[BlockKind.PRACTICE], sums[BlockKind.SELF_STUDY], sums[BlockKind.BREAK])


def moved(moment: datetime, days: int) -> datetime:
    """The same time by the clock, so many days later. Raises where the clock does not show it that day."""
    local = moment.astimezone(NORWAY)
    return wall_clock(local.date() + timedelta(days=days), local.time())


def due_on(kind: TaskKind, days: int, starts_at: datetime, ends_at: datetime) -> date:
    """When a task of the checklist is due: before the start, or after the end."""
    if kind in AFTERWARDS:
        return norwegian_date(ends_at) + timedelta(days=days)
    return norwegian_date(starts_at) - timedelta(days=days)


def needs_itself(course_id: int, required: Mapping[int, Iterable[int]]) -> bool:
    """Does a template require itself, directly or by way of others?"""
    waiting, seen = list(required.get(course_id, ())), set()
    while waiting:
        one = waiting.pop()
        if one == course_id:
            return True
        if one not in seen:
            seen.add(one)
            waiting.extend(required.get(one, ()))
    return False


def _on_day(session: SessionInput) -> str:
    return f"{session.starts_at.astimezone(NORWAY):%d.%m.%Y} {span(session.starts_at, session.ends_at)}"
