"""Decisions about the year wheel as pure functions: how a step stands, the same week next year, which letter is due."""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kompetanse.domains.organisation.types import Role

from .types import (
    MUNICIPAL,
    ROLES,
    TEXT_LENGTH,
    Doer,
    Occasion,
    Reads,
    StandardStep,
    State,
    Stated,
    StepKind,
    TextIsMissing,
    TextIsTooLong,
)

STANDARD = Path(__file__).parent / "data" / "standard.csv"
TEXTS = ("title_nb", "title_nn", "task_nb", "task_nn", "opens_nb", "opens_nn", "closes_nb", "closes_nn")
SOON = timedelta(days=7)  # before the last day
AHEAD = timedelta(days=14)  # so long before a step begins it stands on the first page


def state_of(stated: Stated | None, starts_on: date, ends_on: date, today: date) -> State:
    """How a step stands: what is not done when the last day is past is late, whatever has been begun."""
    if stated is Stated.DONE:
        return State.DONE
    if today > ends_on:
        return State.LATE
    if stated is Stated.UNDER_WAY:
        return State.UNDER_WAY
    return State.DUE if today >= starts_on else State.NOT_DUE


def whole(states: Iterable[State]) -> State:
    """How a step stands for all: late where anybody is, done where everybody is."""
    found = set(states)
    if State.LATE in found:
        return State.LATE
    if found == {State.DONE}:
        return State.DONE
    if found & {State.UNDER_WAY, State.DONE}:
        return State.UNDER_WAY
    return State.DUE if State.DUE in found else State.NOT_DUE


def next_year(starts_on: date, ends_on: date) -> tuple[date, date]:
    """The same weekday of the same week next year, as long as before. Week 53 becomes the nearest there is."""
    week, year = starts_on.isocalendar().week, starts_on.year + 1
    moved = [starts_on + timedelta(days=days) for days in (364, 371)]
    within = [day for day in moved if day.year == year]
    start = next((day for day in within if day.isocalendar().week == week), within[0])
    return start, start + (ends_on - starts_on)


def letter_due(starts_on: date, ends_on: date, today: date) -> Occasion | None:
    """Which letter the day calls for, if any. What was due while nobody looked is called for still, the last alone."""
    if today > ends_on:
        return Occasion.LATE
    if today >= ends_on - SOON and ends_on - SOON > starts_on:
        return Occasion.SOON
    return Occasion.OPENED if today >= starts_on else None


def cause_of(step_id: int, occasion: Occasion, starts_on: date, ends_on: date) -> str:
    """What makes a letter one of a kind. A step that is moved has new causes: its days have become others."""
    day = starts_on if occasion is Occasion.OPENED else ends_on
    return f"wheel-{step_id}-{occasion}-{day.isoformat()}"


@functools.cache
def standard() -> tuple[StandardStep, ...]:
    """The standard wheel of a region, from the product's own file."""
    with STANDARD.open(encoding="utf-8", newline="") as file:
        return tuple(
            StandardStep(
                row["key"],
                StepKind(row["kind"]),
                Doer(row["doer"]),
                Reads(row["reads"]),
                _month_day(row["from"]),
                _month_day(row["to"]),
                {name: row[name] for name in TEXTS},
            )
            for row in csv.DictReader(file, delimiter=";")
        )


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def checked_text(text: str, field_name: str, *, limit: int = TEXT_LENGTH, required: bool = False) -> str:
    """The text on one line without control characters. Raises TextIsMissing or TextIsTooLong."""
    clean = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if required and not clean:
        raise TextIsMissing(field_name=field_name)
    if len(clean) > limit:
        raise TextIsTooLong(field_name=field_name, length=len(clean), limit=limit)
    return clean


# --- what is written about a step, in both written forms: a letter follows its receiver ----------------


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    body: str


LETTERS: dict[Occasion, dict[str, Letter]] = {
    Occasion.OPENED: {
        "nb": Letter(
            "Årshjulet: %(title)s",
            "Hei, %(name)s.\n\nNå er det tid for «%(title)s» i årshjulet. %(task)s\n\nFrist: %(deadline)s. "
            "Se «Årshjul», og si der hvor langt dere er kommet.",
        ),
        "nn": Letter(
            "Årshjulet: %(title)s",
            "Hei, %(name)s.\n\nNo er det tid for «%(title)s» i årshjulet. %(task)s\n\nFrist: %(deadline)s. "
            "Sjå «Årshjul», og sei der kor langt de er komne.",
        ),
    },
    Occasion.SOON: {
        "nb": Letter(
            "Snart frist: %(title)s",
            "Hei, %(name)s.\n\nFristen for «%(title)s» er %(deadline)s, og det er ikke ført som ferdig. %(task)s\n\n"
            "Er det gjort? Si det under «Årshjul».",
        ),
        "nn": Letter(
            "Snart frist: %(title)s",
            "Hei, %(name)s.\n\nFristen for «%(title)s» er %(deadline)s, og det er ikkje ført som ferdig. %(task)s\n\n"
            "Er det gjort? Sei det under «Årshjul».",
        ),
    },
    Occasion.LATE: {
        "nb": Letter(
            "Over fristen: %(title)s",
            "Hei, %(name)s.\n\nFristen for «%(title)s» gikk ut %(deadline)s, og det er ikke ført som ferdig. "
            "%(task)s\n\nKompetansekontoret, forumet og kommunedirektørene ser at fristen er passert. "
            "Si under «Årshjul» hvor langt dere er kommet.",
        ),
        "nn": Letter(
            "Over fristen: %(title)s",
            "Hei, %(name)s.\n\nFristen for «%(title)s» gjekk ut %(deadline)s, og det er ikkje ført som ferdig. "
            "%(task)s\n\nKompetansekontoret, forumet og kommunedirektørane ser at fristen er passert. "
            "Sei under «Årshjul» kor langt de er komne.",
        ),
    },
}


def write(occasion: Occasion, language: str, *, title: str, name: str, task: str, deadline: date) -> Letter:
    """The letter in `nb` or `nn`."""
    letter = LETTERS[occasion][language]
    places = {"title": title, "name": name, "task": task, "deadline": f"{deadline:%d.%m.%Y}"}
    return Letter(letter.subject % places, (letter.body % places).replace(" \n", "\n").strip())


def receivers_of(doer: Doer, occasion: Occasion) -> frozenset[Role]:
    """Who is written to. Leaders are many and see it on their first page: their municipality's contact person is
    written to for them. When a municipality is late, its contact person and chief executive are told, too."""
    roles = {Role.CONTACT_PERSON if doer is Doer.LEADER else ROLES[doer]}
    if occasion is Occasion.LATE and doer in MUNICIPAL:
        roles |= {Role.CONTACT_PERSON, Role.CHIEF_EXECUTIVE}
    return frozenset(roles)


def takes_campaign(starts_on: date, ends_on: date, opened_on: date) -> bool:
    """Is a campaign of that day the step's? It may come a month before, and as long after as the step is late."""
    return starts_on - timedelta(days=31) <= opened_on <= ends_on + timedelta(days=92)
