"""The catalogue: runs sought among many, a page at a time; and the month or the week as a calendar."""

from __future__ import annotations

import re
from calendar import Calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses import rules
from kompetanse.domains.courses.api import Right
from kompetanse.domains.courses.types import CatalogueFilter, CatalogueRow, CourseForm
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.ui import formats
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply

from .lines import lines
from .words import FORMS

NUMBER = re.compile(r"[0-9]{1,18}")
AFTER = re.compile(r"(-?[0-9]{1,17})-([0-9]{1,18})")


@page("kurs/", right=Right.RUN_READ, methods=("GET",))
def run_list(request: PageRequest) -> Reply:
    """The catalogue: coming runs, sought and narrowed; earlier and cancelled ones when asked for."""
    chosen = {name: request.GET.get(name, "").strip()[:200] for name in FILTERS}
    sought = _sought(chosen)
    found = courses.find_runs(request.ctx, sought=sought, after=_after(request.GET.get("etter", "")))
    region = organisation.find_region_of(request.ctx.tenants, request.ctx.today)
    kept = {name: value for name, value in chosen.items() if value}
    further = ""
    if found.after:
        moment, key = found.after
        further = "?" + urlencode({**kept, "etter": f"{int(moment.timestamp() * 1_000_000)}-{key}"})
    begun = f"?{urlencode(kept)}" if request.GET.get("etter") else ""
    return Reply.page(
        "courses/run_list.html", lines(found.rows), chosen=chosen, forms=FORMS.items(),
        towns=region.municipalities if region else (), further=further, begun=begun,
        may_manage=_manages(request), narrowed=bool(kept),
    )  # fmt: skip


FILTERS = ("q", "sted", "kommune", "fra", "til", "form", "krav", "ledig", "tidligere", "tiltak")


def _sought(chosen: dict[str, str]) -> CatalogueFilter:
    """What is asked for; what cannot be read narrows nothing."""
    return CatalogueFilter(
        text=chosen["q"], place=chosen["sted"], municipality_id=_number(chosen["kommune"]),
        form=CourseForm(chosen["form"]) if chosen["form"] in set(CourseForm) else None,
        requirement_code=chosen["krav"].upper(), measure_id=_number(chosen["tiltak"]),
        free_seats=chosen["ledig"] == "1", from_day=_day(chosen["fra"]), to_day=_day(chosen["til"]),
        earlier=chosen["tidligere"] == "1",
    )  # fmt: skip


def _number(text: str) -> int | None:
    return int(text) if NUMBER.fullmatch(text) else None


def _day(text: str) -> date | None:
    for way in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            found = datetime.strptime(text, way).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return found if 1900 < found.year < 2200 else None
    return None


def _after(text: str) -> tuple[datetime, int] | None:
    """Where the next page begins; the first page where it cannot be read."""
    told = AFTER.fullmatch(text)
    if not told:
        return None
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(told[1])), int(told[2])
    except OverflowError:
        return None


def _manages(request: PageRequest) -> bool:
    return access.possible(request.ctx.actor, Right.RUN_MANAGE)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar with what goes on."""

    day: date
    label: str
    number: int
    outside: bool
    today: bool
    runs: tuple[tuple[str, str, str], ...]  # address, time of day, title


@page("kurs/kalender/", right=Right.RUN_READ, methods=("GET",))
def calendar(request: PageRequest) -> Reply:
    """The month, or the week with `?vis=uke`, that has `?dag=`: runs on each of their days."""
    day, weekly = _day(request.GET.get("dag", "")) or request.ctx.today, request.GET.get("vis") == "uke"
    monday = day - timedelta(days=day.weekday())
    weeks = (
        [[monday + timedelta(days=n) for n in range(7)]]
        if weekly
        else Calendar().monthdatescalendar(day.year, day.month)
    )
    found = courses.list_month(request.ctx, first=weeks[0][0], last=weeks[-1][-1])
    on = _by_day(found, weeks[0][0], weeks[-1][-1])
    rows = [
        (_("Uke %(n)s") % {"n": week[0].isocalendar().week}, [_cell(request, one, day, weekly, on) for one in week])
        for week in weeks
    ]
    first = day.replace(day=1)
    before, after = (
        (monday - timedelta(days=7), monday + timedelta(days=7))
        if weekly
        else ((first - timedelta(days=1)).replace(day=1), (first + timedelta(days=32)).replace(day=1))
    )
    title = rows[0][0] + f" {monday.isocalendar().year}" if weekly else formats.day(first, "month")
    names = [formats.day(one, "weekday").split(" ")[0].capitalize() for one in weeks[0]]
    return Reply.page(
        "courses/calendar.html", rows, title=title, names=names, weekly=weekly, before=_query(before, weekly),
        after=_query(after, weekly), other=_query(day, not weekly), now=_query(request.ctx.today, weekly),
        count=len(found),
    )  # fmt: skip


def _query(day: date, weekly: bool) -> str:
    return "?" + urlencode({"dag": day.isoformat(), **({"vis": "uke"} if weekly else {})})


def _by_day(found: list[CatalogueRow], first: date, last: date) -> dict[date, list[CatalogueRow]]:
    on: dict[date, list[CatalogueRow]] = {}
    for row in found:
        day = max(first, rules.norwegian_date(row.starts_at))
        while day <= min(last, rules.norwegian_date(row.ends_at)):
            on.setdefault(day, []).append(row)
            day += timedelta(days=1)
    return on


def _cell(request: PageRequest, day: date, chosen: date, weekly: bool, on: dict[date, list[CatalogueRow]]) -> Day:
    runs = tuple(
        (
            f"/kurs/{row.id}/",
            f"{row.starts_at.astimezone(rules.NORWAY):%H.%M}" if rules.norwegian_date(row.starts_at) == day else "",
            f"{row.title}, {row.place}",
        )
        for row in on.get(day, ())
    )
    return Day(
        day, formats.day(day, "weekday"), day.day, not weekly and day.month != chosen.month, day == request.ctx.today,
        runs,
    )  # fmt: skip
