"""Runs that are held, their evaluations, and the words that open them: by the operations, and from the letters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import RunInput
from kompetanse.domains.evaluations import api as evaluations

from .courses import team
from .orders import plan
from .organisation import NOW, Region, Who, context, office, system

HELD = NOW - timedelta(days=5)
ADDRESS = re.compile(r"/evaluering/([\w-]+)/")


@dataclass
class HeldRun:
    run_id: int
    measure_id: int
    chief: Who
    people: list[Who]


def held(region: Region, *, people: int = 6, at: datetime = HELD, measure_id: int | None = None) -> HeldRun:
    """A run that was held five days ago, with everybody there."""
    before = at - timedelta(days=30)
    measure_id = measure_id or plan(region)
    run_id = courses.plan_run(
        system(region, before),
        run=RunInput(
            measure_id=measure_id, title="Medikamenthåndtering vinter", place="Kongsberg", starts_at=at,
            ends_at=at + timedelta(hours=6), min_seats=1, max_seats=max(1, people),
            deadline=(at - timedelta(days=5)).date(),
        ),
    )  # fmt: skip
    courses.open_run(system(region, before), run_id=run_id)
    chief, staff = team(region.municipalities[0], people)
    ids = []
    for who in staff:
        assert who.employee is not None
        ids.append(courses.ask_for_seat(context(chief, before), run_id=run_id, employee_id=who.employee.pk))
    courses.record_attendance(context(office(region), at + timedelta(hours=7)), run_id=run_id, present=ids)
    return HeldRun(run_id, measure_id, chief, staff)


def opened(region: Region, now: datetime = NOW) -> list[int]:
    return evaluations.open_due(system(region, now), region_id=region.tenant_id)


def words_of(people: Iterable[Who], now: datetime = NOW) -> list[str]:
    """The word in the latest letter each has got about an evaluation."""
    found = []
    for who in people:
        letters = courses.list_messages(context(who, now))
        found += [match[1] for letter in letters if (match := ADDRESS.search(letter.body))][:1]
    return found


def answer(word: str, score: int = 4, comment: str = "", now: datetime = NOW) -> None:
    """The same score on every question."""
    sheet = evaluations.open_ticket(word, now=now)
    evaluations.answer_ticket(word, dict.fromkeys(sheet.questions, score), comment, now=now)
