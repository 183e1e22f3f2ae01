"""A run's line as it is kept on the run's own row, and its history read back. Pure functions.

The kept line is what a settling left behind: the chairs and who has taken how many. With the row locked it is all
that is needed to place one who comes last. The history is the logged decisions: played again from nothing, each step
must come to what was decided then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ..types import SeatAct, SignupStatus
from .seating import Chairs, Entry, give_out

TAKES_A_CHAIR = frozenset({SignupStatus.SEATED, SignupStatus.OFFERED})


@dataclass(frozen=True, slots=True)
class Line:
    """What is kept between settlings. `release_on` is the day that `chairs.released` turns."""

    chairs: Chairs
    used: Mapping[int, int]
    step: int
    release_on: date
    needs_approval: bool = True
    groups_wait: bool = False


def to_row(line: Line) -> dict[str, Any]:
    """As plain values that JSON can hold."""
    return {
        **chairs_told(line.chairs),
        "used": {str(who): seats for who, seats in line.used.items() if seats},
        "step": line.step,
        "release_on": line.release_on.isoformat(),
        "needs_approval": line.needs_approval,
        "groups_wait": line.groups_wait,
    }


def of_row(row: Mapping[str, Any], capacity: int) -> Line:
    """The line back from its plain values. Seats in all are the run's own."""
    return Line(
        replace(chairs_of(row), capacity=capacity),
        {int(who): seats for who, seats in row["used"].items()},
        row["step"],
        date.fromisoformat(row["release_on"]),
        row["needs_approval"],
        row["groups_wait"],
    )


def chairs_told(chairs: Chairs) -> dict[str, Any]:
    return {
        "capacity": chairs.capacity,
        "kept": {str(who): seats for who, seats in sorted(chairs.kept.items())},
        "released": chairs.released,
        "office": chairs.office,
        "statutory_first": chairs.statutory_first,
        "by_offer": chairs.by_offer,
    }


def chairs_of(row: Mapping[str, Any]) -> Chairs:
    return Chairs(
        row["capacity"], {int(who): seats for who, seats in row["kept"].items()}, row["released"], row["office"],
        row["statutory_first"], row["by_offer"],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Logged:
    """A decision as it was logged. `numbers` has what the rule needs of the sign-up, or the chairs."""

    step: int
    act: str
    signup: int | None
    municipality: int
    status: str
    place: int | None
    rule: str
    numbers: Mapping[str, Any] = field(default_factory=dict)


def replay(history: Iterable[Logged]) -> list[str]:
    """Play the decisions again; gives what does not come out as it was decided. Empty: the history holds."""
    steps: dict[int, list[Logged]] = {}
    for row in history:
        steps.setdefault(row.step, []).append(row)
    chairs = Chairs(0)
    line: dict[int, Entry] = {}
    pending: dict[int, int] = {}  # members of a group who are not approved, to their group
    faults: list[str] = []
    for step, rows in sorted(steps.items()):
        for row in rows:
            if row.act == SeatAct.CHAIRS:
                chairs = chairs_of(row.numbers)
                continue
            assert row.signup is not None
            group = row.numbers.get("group")
            if row.act == SeatAct.ASKED and group is not None:
                pending[row.signup] = group
            elif row.act:
                pending.pop(row.signup, None)
            if row.act in (SeatAct.APPROVED, SeatAct.PLACED):
                line[row.signup] = Entry(
                    row.signup, row.municipality, row.numbers["number"], row.act == SeatAct.PLACED,
                    bool(row.numbers.get("first")), None if row.act == SeatAct.PLACED else group, fresh=True,
                )  # fmt: skip
            elif row.act in (SeatAct.WITHDRAWN, SeatAct.REFUSED, SeatAct.EXPIRED, SeatAct.DECLINED, SeatAct.CANCELLED):
                line.pop(row.signup, None)
        waits_for = set(pending.values())
        found = {
            ruling.id: ruling
            for ruling in give_out(chairs, [replace(entry, held=entry.group in waits_for) for entry in line.values()])
        }
        decided = {row.signup: row for row in rows if row.signup is not None and row.status}
        for key, ruling in found.items():
            told = decided.get(key)
            status = (
                SignupStatus.WAITING
                if not ruling.seated
                else SignupStatus.OFFERED if ruling.offered else SignupStatus.SEATED
            )  # fmt: skip
            if ruling.seated and (told is None or told.status != status):
                faults.append(f"step {step}: {key} should be {status}, and was {told and told.status}")
            if told is not None and (told.status, told.place) != (status, ruling.place):
                faults.append(f"step {step}: {key} should be {status} {ruling.place}, and was {told.place}")
            if ruling.seated:
                line[key] = replace(line[key], seated=True)
        for key, told in decided.items():
            if key not in found and told.act == "" and told.status in TAKES_A_CHAIR:
                faults.append(f"step {step}: {key} was given a seat that no rule gives")
        line = {key: replace(entry, fresh=False) for key, entry in line.items()}
    return faults
