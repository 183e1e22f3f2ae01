"""What has happened in the year wheel, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kompetanse.foundation.operation import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelStarted(Event):
    wheel_id: int
    year: int
    steps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelRolled(Event):
    wheel_id: int
    year: int
    steps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSet(Event):
    step_id: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDropped(Event):
    step_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingStated(Event):
    step_id: int
    municipality_id: int | None
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReminded(Event):
    step_id: int
    occasion: str
    people: int
