"""Rows and refusals about what units and municipalities must have together. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

from . import RequirementRow


class CollectiveState(StrEnum):
    """How a requirement that is not put to one person stands for a unit or a municipality."""

    MET = "met"
    AT_RISK = "at_risk"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"  # what it is reckoned from is not recorded


@dataclass(frozen=True, slots=True)
class CollectiveRow:
    """A requirement that is not put to one person, in one unit, or in one part of the municipality as such.

    `held`, `needed`, `dispensed` and `missing`: people in a team, whole posts in a ratio, posts or arrangements for
    the municipality. `place`: the unit's name, or the part. `counts`: what a ratio was reckoned from, in words.
    """

    requirement: RequirementRow
    unit_id: int | None
    place: str
    state: CollectiveState
    reason: str
    held: Decimal
    needed: int | None
    dispensed: Decimal = Decimal(0)
    missing: Decimal = Decimal(0)
    counts: tuple[str, ...] = ()
    part: str = ""
    may_count: bool = False


@dataclass(frozen=True, slots=True)
class CollectiveCard:
    """One requirement with every place it stands in; the worst places first."""

    requirement: RequirementRow
    consequence: str
    state: CollectiveState
    rows: tuple[CollectiveRow, ...]

    def in_state(self, *states: CollectiveState) -> int:
        return sum(1 for row in self.rows if row.state in states)


@dataclass(frozen=True, slots=True)
class ArrangementRow:
    """Somebody else stands for a part of what the municipality must have. `valid_to`: the last day."""

    id: int
    requirement_name: str
    part: str
    with_whom: str
    valid_from: date
    valid_to: date | None
    recorded_by: str


@dataclass(frozen=True, slots=True)
class CollectivePage:
    """What a municipality, or the units somebody leads in it, must have together. `parts`: what may be arranged for."""

    tenant_id: int | None
    place: str
    whole: bool
    may_arrange: bool
    cards: tuple[CollectiveCard, ...]
    arrangements: tuple[ArrangementRow, ...] = ()
    parts: tuple[tuple[int, str, str], ...] = ()  # requirement id, part, the part in the reader's written form
    municipalities: tuple[tuple[int, str], ...] = ()  # those the reader may ask about


@dataclass(frozen=True, slots=True)
class CountField:
    """A number that is asked of a unit, and what was told last."""

    requirement_id: int
    part: str
    name: str
    per: int
    number: int | None
    valid_from: date | None
    recorded_by: str


@dataclass(frozen=True, slots=True)
class CountPage:
    """What a unit is asked to count, requirement by requirement."""

    unit_id: int
    tenant_id: int
    unit_name: str
    fields: tuple[CountField, ...]


class CountIsUnlikely(DomainError):
    code = "count_is_unlikely"
    sentence = N_("%(number)s kan ikke stemme. Skriv et helt tall fra 0 til %(largest)s.")


class CountDayIsFarOff(DomainError):
    code = "count_day_is_far_off"
    sentence = N_("Datoen %(day)s er for langt unna. Skriv en dag fra de siste to årene eller det neste året.")
    field = "valid_from"


class NothingToCount(DomainError):
    code = "nothing_to_count"
    sentence = N_("Enheten har ikke noe som skal telles for dette kravet. Velg et krav fra siden for felles krav.")


class ArrangementEndsBeforeItStarts(DomainError):
    code = "arrangement_ends_before_it_starts"
    sentence = N_("Avtalen kan ikke slutte %(end)s når den begynner %(day)s. Sjekk datoene.")
    field = "valid_to"


class ArrangementNeedsALastDay(DomainError):
    code = "arrangement_needs_a_last_day"
    sentence = N_("Skriv siste dag for avtalen. Gå tilbake og fyll inn datoen.")
    field = "valid_to"


class ArrangementSaysNobody(DomainError):
    code = "arrangement_says_nobody"
    sentence = N_("Skriv hvem avtalen er med, for eksempel en nabokommune.")
    field = "with_whom"


class UnknownPart(DomainError):
    code = "unknown_part"
    sentence = N_("Kravet har ikke delen «%(part)s». Velg fra lista.")
    field = "what"
