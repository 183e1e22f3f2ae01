"""The week and the month: a table with a row for each room, trainer or thing. On a narrow screen it is a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.logistics import api as logistics
from kompetanse.domains.logistics import rules
from kompetanse.domains.logistics.api import Right
from kompetanse.domains.logistics.types import BookingKind, CalendarPage, Entry, ResourceKind, ResourceRow
from kompetanse.foundation import access
from kompetanse.ui import formats
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply

from .forms import CalendarForm
from .lists import tabs_of
from .words import KINDS, PURPOSES

FARTHEST = 3660  # days from today that can be looked at


@dataclass(frozen=True, slots=True)
class Day:
    """A cell: the day in words, a mark for it, where it leads, and (hours, what) of each booking."""

    label: str
    mark: str = ""
    week: str = ""
    entries: tuple[tuple[str, str], ...] = ()


@page("kalender/", right=Right.RESOURCE_READ)
def calendar(request: PageRequest) -> Reply:
    """What is booked, in a week or a month, of rooms, trainers or things, in one place or all."""
    asked, today = request.GET, request.ctx.today
    is_month = asked.get("visning") == "maned"
    first, days = _days(_day(asked.get("dag", ""), today), is_month)
    kinds = [ResourceKind.ROOM, ResourceKind.EQUIPMENT]
    if access.possible(request.ctx.actor, Right.RESOURCE_MANAGE):
        kinds.append(ResourceKind.TRAINER)
    kind = next((it for it in kinds if it.value == asked.get("slag")), ResourceKind.ROOM)
    only, number = asked.get("ressurs", ""), asked.get("side", "")
    shown = logistics.get_calendar(
        request.ctx, first=first, days=days, kind=kind, place=asked.get("sted", ""),
        resource_id=_number(only), number=_number(number) or 1,
    )  # fmt: skip
    now = {"visning": "maned" if is_month else "uke", "slag": kind.value, "sted": asked.get("sted", "")}
    if _number(only):
        now["ressurs"] = only
    form = CalendarForm(
        kinds=[(it.value, KINDS[it]) for it in kinds], places=shown.places, initial={**now, "dag": first}
    )
    return Reply.page(
        "logistics/calendar.html",
        shown,
        tabs=tabs_of(request, "logistics.calendar"),
        form=form,
        title=_title(first, is_month),
        is_month=is_month,
        heads=[_head(day, is_month) for day in shown.days],
        rows=_rows(shown, is_month),
        earlier=_to(now, first - timedelta(days=1)),
        later=_to(now, first + timedelta(days=days)),
        today=_to(now, today),
        pages=_pages(shown, now, first),
        taken=len({it.id for row in shown.rows for day in row.days for it in day}),
    )


def _day(text: str, today: date) -> date:
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return today
    return asked if abs((asked - today).days) <= FARTHEST else today


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _days(day: date, is_month: bool) -> tuple[date, int]:
    """The first day shown, and how many: the week's from Monday, or the month's."""
    if not is_month:
        return day - timedelta(days=day.weekday()), 7
    first = day.replace(day=1)
    return first, ((first + timedelta(days=32)).replace(day=1) - first).days


def _title(first: date, is_month: bool) -> str:
    if is_month:
        return formats.day(first, "month").capitalize()
    week = first.isocalendar()
    return _("Uke %(week)s, %(day)s") % {"week": week.week, "day": formats.day(first)}


def _head(day: date, is_month: bool) -> tuple[str, str]:
    """What stands over a day, and what is read aloud."""
    said = formats.day(day, "weekday")
    return (str(day.day) if is_month else " ".join(said.split()[:2]), said)


def _rows(shown: CalendarPage, is_month: bool) -> list[tuple[ResourceRow, list[Day]]]:
    labels = [formats.day(day, "bare") if is_month else formats.day(day, "weekday") for day in shown.days]
    rows = []
    for row in shown.rows:
        told = {"visning": "uke", "slag": row.resource.kind.value, "ressurs": row.resource.id}
        week = f"{reverse('logistics.calendar')}?{urlencode(told)}&dag="
        days = zip(shown.days, labels, row.days, strict=True)
        rows.append((row.resource, [_cell(week, *it) for it in days]))
    return rows


def _cell(week: str, day: date, label: str, entries: tuple[Entry, ...]) -> Day:
    """How many in short, where the day is told in full, and each with its hours."""
    if not entries:
        return Day(label)
    is_closed = all(it.purpose is BookingKind.BLOCKED for it in entries)
    mark = "×" if is_closed else str(len(entries))
    return Day(label, mark, f"{week}{day.isoformat()}", tuple(_entry(it, day) for it in entries))


def _entry(it: Entry, day: date) -> tuple[str, str]:
    """Its hours on this day, and what it is."""
    start, end = it.starts_at.astimezone(rules.NORWAY), it.ends_at.astimezone(rules.NORWAY)
    first = f"{start:%H.%M}" if start.date() == day else "00.00"
    last = f"{end:%H.%M}" if end.date() == day else "24.00"
    hours = _("hele dagen") if (first, last) == ("00.00", "24.00") else f"{first}–{last}"
    return hours, it.title or (str(PURPOSES[it.purpose]) if it.purpose is BookingKind.BLOCKED else _("Opptatt"))


def _to(now: dict[str, str], day: date, **more: int) -> str:
    told = {key: value for key, value in now.items() if value} | {"dag": day.isoformat()} | more
    return f"{reverse('logistics.calendar')}?{urlencode(told)}"


def _pages(shown: CalendarPage, now: dict[str, str], first: date) -> dict[str, str]:
    found = {"text": _("Side %(number)s av %(pages)s") % {"number": shown.number, "pages": shown.pages}}
    found["previous"] = _to(now, first, side=shown.number - 1) if shown.number > 1 else ""
    found["next"] = _to(now, first, side=shown.number + 1) if shown.number < shown.pages else ""
    return found if shown.pages > 1 else {}
