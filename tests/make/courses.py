"""Runs and sign-ups, made by the operations."""

from __future__ import annotations

from datetime import datetime, timedelta

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import RunInput

from .orders import plan
from .organisation import NOW, Region, Town, Who, context, employee, leader, system, unit

AFTER = NOW + timedelta(days=41)  # the day after the run of `run`


def run_input(measure_id: int, *, seats: int = 2, starts_at: datetime | None = None, title: str = "") -> RunInput:
    """A run of a day, forty days from now, with the deadline ten days before."""
    starts_at = starts_at or NOW + timedelta(days=40)
    return RunInput(
        measure_id=measure_id, title=title or "Medikamenthåndtering vår", place="Kongsberg", room="Storsalen",
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=6), min_seats=1, max_seats=seats,
        deadline=(starts_at - timedelta(days=10)).date(),
    )  # fmt: skip


def run(region: Region, *, seats: int = 2, measure_id: int | None = None, opened: bool = True, title: str = "") -> int:
    """A run of a measure (a new one unless named), open for sign-up."""
    measure_id = measure_id or plan(region)
    run_id = courses.plan_run(system(region), run=run_input(measure_id, seats=seats, title=title))
    if opened:
        courses.open_run(system(region), run_id=run_id)
    return run_id


def team(town: Town, people: int = 3) -> tuple[Who, list[Who]]:
    """A unit of its own with a leader and people."""
    at = unit(town)
    return leader(town, at), [employee(town, at) for _ in range(people)]


def signup(run_id: int, who: Who) -> int:
    """The person signs up."""
    assert who.employee is not None
    return courses.ask_for_seat(context(who), run_id=run_id, employee_id=who.employee.pk)


def seat(run_id: int, chief: Who, who: Who) -> int:
    """The leader signs the person up, which approves it."""
    assert who.employee is not None
    return courses.ask_for_seat(context(chief), run_id=run_id, employee_id=who.employee.pk)


def sessions(run_id: int, region: Region) -> list[int]:
    """The ids of a run's sessions, in their order."""
    return [row.id for row in courses.list_sessions(system(region), run_id=run_id)]


def split(region: Region, run_id: int, count: int = 2) -> list[int]:
    """A run of several sessions: the first day's, and as long ones on the days before it. Gives their ids."""
    from kompetanse.domains.courses.models import Session
    from kompetanse.foundation.tenancy import tenant_scope

    with tenant_scope(system(region)):
        last = Session.objects.get(run_id=run_id)
        last.number = count
        last.save()
        for number in range(1, count):
            day = timedelta(days=count - number)
            Session.objects.create(
                tenant_id=last.tenant_id, run_id=run_id, number=number, starts_at=last.starts_at - day,
                ends_at=last.ends_at - day, place=last.place,
            )  # fmt: skip
    return sessions(run_id, region)
