"""What has happened in the organisation, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kompetanse.foundation.operation import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionFounded(Event):
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityJoined(Event):
    region_id: int
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationNumberSet(Event):
    """Whom a bill to the municipality is sent to."""

    municipality_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PastForgotten(Event):
    """Rows whose declared time is past were deleted: how many of each kind of row, never whose."""

    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsSynchronised(Event):
    created: int
    changed: int
    ended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostsSynchronised(Event):
    created: int
    changed: int
    ended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGiven(Event):
    person_id: int
    role: str
    unit_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyEstablished(Event):
    body_id: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTaken(Event):
    body_id: int
    person_id: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatLeft(Event):
    seat_id: int
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRulesSet(Event):
    body_id: int
    quorum: int
    vote_rule: str = ""
    unions_vote: bool = False
    above_id: int | None = None
    notice_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatWeighed(Event):
    body_id: int
    seat_id: int
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpened(Event):
    person_id: int
