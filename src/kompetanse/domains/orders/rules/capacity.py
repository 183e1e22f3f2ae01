"""When an order can begin: the queue laid over the weeks of the office's people. Week by week, in whole minutes.

The queue is served in its order. A job that names its worker waits for that worker; one that names nobody goes to
whoever can begin first. Nobody gets more in a week than there is of it, and in one worker's weeks nobody is passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from kompetanse.domains.orders.types.office import WEEKS_AHEAD, Expected, Job, Schedule, Slot, Worker

WORKDAYS = 5


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def minutes_in_week(worker: Worker, week: date, today: date) -> int:
    """What there is of a worker's week: a fifth for each working day, from today and while they are there."""
    days = [week + timedelta(days=number) for number in range(WORKDAYS)]
    there = sum(
        day >= today and day >= worker.valid_from and (worker.valid_to is None or day < worker.valid_to) for day in days
    )
    return worker.weekly_minutes * there // WORKDAYS


def in_queue_order(jobs: Iterable[tuple[Job, bool, date]]) -> list[Job]:
    """(job, whether it is begun, the day it was agreed): the begun first, then the nearest deadline, the oldest."""
    found = sorted(jobs, key=lambda it: (not it[1], it[0].due_on or date.max, it[2], it[0].id))
    return [job for job, _begun, _day in found]


def plan(queue: Sequence[Job], workers: Sequence[Worker], today: date, *, weeks: int = WEEKS_AHEAD) -> Schedule:
    """Lay the queue over the weeks ahead. What does not fit in them has no end, and is late where it has a deadline."""
    first = monday(today)
    mondays = [first + timedelta(weeks=number) for number in range(weeks)]
    room = {worker.id: [minutes_in_week(worker, week, today) for week in mondays] for worker in workers}
    at = dict.fromkeys(room, 0)  # the first week of each worker that nobody before has filled
    slots: list[Slot] = []
    expected: list[Expected] = []
    for job in queue:
        worker_id = job.worker_id if job.worker_id is not None else _first_free(room, at, job.minutes)
        taken = _take(job, worker_id, room, at, mondays) if worker_id is not None and worker_id in room else []
        slots += taken
        left = job.minutes - sum(slot.minutes for slot in taken)
        starts = max(taken[0].week, today) if taken else (today if job.minutes == 0 else None)
        ends = _end(taken, today) if left == 0 else None
        late = job.due_on is not None and (ends is None or ends > job.due_on)
        expected.append(Expected(job.id, worker_id, starts, ends, late))
    return Schedule(tuple(slots), tuple(expected))


def _first_free(room: dict[int, list[int]], at: dict[int, int], minutes: int) -> int | None:
    """Whoever can begin first; of those, whoever is done first; of those, the first by id."""
    best: tuple[int, int, int] | None = None
    for worker_id, weeks in sorted(room.items()):
        begin = next((number for number in range(at[worker_id], len(weeks)) if weeks[number] > 0), None)
        if begin is None:
            continue
        left, end = minutes, begin
        for number in range(begin, len(weeks)):
            left, end = left - weeks[number], number
            if left <= 0:
                break
        if best is None or (begin, end, worker_id) < best:
            best = begin, end, worker_id
    return best[2] if best else None


def _take(job: Job, worker_id: int, room: dict[int, list[int]], at: dict[int, int], mondays: list[date]) -> list[Slot]:
    taken, left, weeks = [], job.minutes, room[worker_id]
    number = at[worker_id]
    while left > 0 and number < len(weeks):
        part = min(left, weeks[number])
        if part:
            taken.append(Slot(job.id, worker_id, mondays[number], part))
            weeks[number] -= part
            left -= part
        if left > 0 or weeks[number] == 0:
            number += 1
    at[worker_id] = number
    return taken


def _end(taken: list[Slot], today: date) -> date:
    """The last working day of the last week: no job is promised more exactly than that."""
    return max(taken[-1].week + timedelta(days=WORKDAYS - 1), today) if taken else today


def minutes_in_month(worker: Worker, month: date) -> int:
    """What there is of a worker's month: a fifth of a week for each working day."""
    end = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
    day, there = month.replace(day=1), 0
    while day < end:
        there += (
            day.weekday() < WORKDAYS and day >= worker.valid_from and (worker.valid_to is None or day < worker.valid_to)
        )
        day += timedelta(days=1)
    return worker.weekly_minutes * there // WORKDAYS
