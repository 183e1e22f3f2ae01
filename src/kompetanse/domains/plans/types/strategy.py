"""The long-term strategy: focus areas per sector, indicators and readings. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kompetanse.domains.plans.types import LinkedGoal
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

MOST_VALUE = Decimal(1_000_000_000)


class Sector(StrEnum):
    ALL = "all"
    HEALTH = "health"
    SCHOOL = "school"
    KINDERGARTEN = "kindergarten"
    TECHNICAL = "technical"
    CULTURE = "culture"
    ADMINISTRATION = "administration"


class Unit(StrEnum):
    """What an indicator counts. People are not told where they are fewer than five."""

    PERCENT = "percent"
    PEOPLE = "people"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class AreaInput:
    tenant_id: int
    title_nb: str
    title_nn: str = ""
    sector: Sector = Sector.ALL
    goal_id: int | None = None
    from_year: int = 0
    to_year: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorInput:
    area_id: int
    title_nb: str
    title_nn: str = ""
    unit: Unit = Unit.PERCENT
    baseline: Decimal = Decimal(0)
    baseline_year: int = 0
    target: Decimal = Decimal(0)
    target_year: int = 0


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """`value` is None where it is a number of people under five."""

    read_on: date
    value: Decimal | None
    source: str


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    id: int
    title: str
    unit: Unit
    baseline: Decimal | None
    baseline_year: int
    target: Decimal
    target_year: int
    readings: tuple[ReadingRow, ...]

    @property
    def latest(self) -> ReadingRow | None:
        return self.readings[-1] if self.readings else None

    @property
    def share(self) -> int | None:
        """How far from baseline to target, in whole per cent from 0 to 100; None where it cannot be told."""
        if self.latest is None or self.latest.value is None or self.baseline is None or self.target == self.baseline:
            return None
        way = (self.latest.value - self.baseline) / (self.target - self.baseline)
        return max(0, min(100, round(100 * way)))


@dataclass(frozen=True, slots=True)
class AreaRow:
    id: int
    title: str
    sector: Sector
    goal: LinkedGoal | None
    from_year: int
    to_year: int
    text: str
    indicators: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class StrategyPage:
    region_id: int | None
    region_name: str
    areas: tuple[AreaRow, ...]
    goals: tuple[LinkedGoal, ...]
    without_area: tuple[LinkedGoal, ...]  # goals that no focus area pursues
    may_set: bool


class YearsAreTurned(DomainError):
    code = "years_are_turned"
    field = "to_year"
    sentence = N_("Årene må ligge mellom 2000 og 2100, og det siste kan ikke være før det første. Rett dem.")


class ValueIsImpossible(DomainError):
    code = "value_is_impossible"
    field = "value"
    sentence = N_("Verdien må være mellom 0 og 1 milliard, og prosent høyst 100. Rett verdien.")


class ReadingIsAhead(DomainError):
    code = "reading_is_ahead"
    field = "read_on"
    sentence = N_("Målingen kan ikke være fram i tid. Rett datoen.")
