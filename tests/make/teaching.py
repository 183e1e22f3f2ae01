"""Templates and runs of them, made by the operations. Times are what Norwegian clocks show."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses import rules
from kompetanse.domains.courses.types import BlockInput, BlockKind, CourseInput, RunFromCourse, SessionInput, TaskKind
from kompetanse.domains.plans import api as plans

from .orders import plan
from .organisation import Region, system

DAY = date(2027, 6, 7)
CHECKLIST = {TaskKind.ROOM: 60, TaskKind.INVITATION: 30, TaskKind.CERTIFICATE: 7}


def at(clock: str, day: date = DAY) -> datetime:
    return rules.wall_clock(day, time.fromisoformat(clock))


def told(**changes: Any) -> CourseInput:
    """What a template says, but for what is changed."""
    usual: dict[str, Any] = {
        "title_nb": "Legemiddelhåndtering", "title_nn": "Legemiddelhandtering", "description": "Et kurs over to dager.",
        "target_group": "Helsefagarbeidere", "goals": "Kunne dele ut legemidler.", "theory_minutes": 240,
        "practice_minutes": 120, "self_study_minutes": 60, "min_seats": 4, "max_seats": 12, "checklist": CHECKLIST,
    }  # fmt: skip
    return CourseInput(**{**usual, **changes})


def course(region: Region, **changes: Any) -> int:
    return courses.make_course(system(region), region_id=region.tenant_id, course=told(**changes))


def session(day: date = DAY, starts: str = "09:00", ends: str = "15:00", **more: Any) -> SessionInput:
    return SessionInput(at(starts, day), at(ends, day), **more)


def two_days() -> tuple[SessionInput, SessionInput]:
    return session(title="Teori"), session(DAY + timedelta(days=7), title="Øving", place="Notodden")


def measure(region: Region) -> int:
    """A measure of the region's plan; the plan is made where there is none."""
    found = plans.list_measures(system(region))
    return found[0].id if found else plan(region)


def run(
    region: Region, course_id: int | None = None, *, opened: bool = True, measure_id: int | None = None, **changes: Any
) -> int:
    """A run of a template (a new one unless named) with two sessions in two places."""
    usual: dict[str, Any] = {
        "course_id": course_id or course(region), "measure_id": measure_id or measure(region), "sessions": two_days(),
        "place": "Kongsberg", "room": "Storsalen", "deadline": date(2027, 5, 20),
    }  # fmt: skip
    run_id = courses.plan_run_from(system(region), run=RunFromCourse(**{**usual, **changes}))
    if opened:
        courses.open_run(system(region), run_id=run_id)
    return run_id


def block(kind: BlockKind, starts: str, ends: str, day: date = DAY, title: str = "") -> BlockInput:
    return BlockInput(kind, at(starts, day), at(ends, day), title)


def a_day() -> list[BlockInput]:
    """Theory until lunch, practice after it, and reading at the end."""
    return [
        block(BlockKind.THEORY, "09:00", "11:30", title="Innledning"),
        block(BlockKind.BREAK, "11:30", "12:00"),
        block(BlockKind.PRACTICE, "12:00", "14:15"),
        block(BlockKind.SELF_STUDY, "14:15", "15:00"),
    ]
