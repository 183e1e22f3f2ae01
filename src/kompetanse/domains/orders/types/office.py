"""The office's people, their time, and the queue. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

from .catalogue import ServiceKind

MOST_WEEKLY = 40 * 60  # minutes
MOST_A_DAY = 24 * 60
WEEKS_AHEAD = 104


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody in the office: minutes a week for orders, from a day until (not with) another."""

    id: int
    weekly_minutes: int
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What is left of an order. `worker_id` None: whoever can begin first. In the queue's order."""

    id: int
    minutes: int
    worker_id: int | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """Minutes of a job in a worker's week, by the week's Monday."""

    job_id: int
    worker_id: int
    week: date
    minutes: int


@dataclass(frozen=True, slots=True)
class Expected:
    """When a job begins and ends by the queue; None where it lies further ahead than can be seen."""

    job_id: int
    worker_id: int | None
    starts: date | None
    ends: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    slots: tuple[Slot, ...]
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class StaffRow:
    id: int
    tenant_id: int
    person_id: int
    name: str
    weekly_minutes: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class TimeRow:
    """Time spent on an order."""

    id: int
    order_id: int
    staff_id: int
    name: str
    day: date
    minutes: int
    note: str


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A place in the queue. For those who are not of the office without whose order it is."""

    place: int
    order_id: int
    title: str
    municipality: str
    kind: ServiceKind
    staff: str
    minutes_left: int
    due_on: date | None
    starts: date | None
    ends: date | None
    is_late: bool
    is_agreed: bool

    @property
    def reference(self) -> str:
        return f"BESTILLING-{self.order_id}"


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of the office: minutes there are, minutes planned by the queue, minutes used."""

    month: date
    capacity: int
    planned: int
    used: int

    @property
    def free(self) -> int:
        return self.capacity - self.planned - self.used


@dataclass(frozen=True, slots=True)
class PersonTime:
    """One person's month."""

    name: str
    month: date
    capacity: int
    planned: int
    used: int


@dataclass(frozen=True, slots=True)
class KindTime:
    """What a kind of service asks of the office: minutes planned ahead and used so far this year."""

    kind: ServiceKind
    planned: int
    used: int


@dataclass(frozen=True, slots=True)
class CapacityPage:
    months: tuple[MonthRow, ...]
    kinds: tuple[KindTime, ...]
    people: tuple[PersonTime, ...]  # empty for those who are not of the office
    queue: tuple[QueueRow, ...]  # empty for those who are not of the office
    waiting: int  # orders in the queue
    late: int
    beyond: int  # minutes that do not fit in the months shown
    next_start: date | None  # when an order placed today can begin
    staff: tuple[StaffRow, ...]
    choices: tuple[tuple[int, str], ...]  # people of the office who are not written as staff
    is_office: bool


class StaffIsUnknown(DomainError):
    code = "staff_is_unknown"
    sentence = N_(
        "Den du valgte, er ikke ført som medarbeider på kurskontoret. Velg en annen, eller før personen først."
    )


class WeeklyHoursAreImpossible(DomainError):
    code = "weekly_hours_are_impossible"
    field = "weekly_hours"
    sentence = N_("Timer i uka må være mellom 0 og 40. Rett tallet.")


class StaffPeriodIsTurned(DomainError):
    code = "staff_period_is_turned"
    field = "valid_to"
    sentence = N_("Sluttdatoen er før startdatoen. Rett en av dem.")


class TimeIsImpossible(DomainError):
    code = "time_is_impossible"
    field = "hours"
    sentence = N_(
        "Timene på en dag må være mer enn 0 og høyst 24, og dagen kan ikke være fram i tid. Rett det og lagre."
    )


class DayIsFull(DomainError):
    code = "day_is_full"
    field = "hours"
    sentence = N_("Med dette blir det mer enn 24 timer på én dag. Rett timene eller dagen.")
