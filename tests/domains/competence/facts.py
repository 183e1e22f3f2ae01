"""What a municipality is told, as the plain model reads it; see `plain`.

`recorded_at` and `withdrawn_at`: when a fact was told, and when it was taken back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from kompetanse.domains.competence.rules.targets import TargetKind
from kompetanse.domains.competence.types import EvidenceSource, Scope, SourceType


@dataclass
class Unit:
    id: int
    name: str
    sector: str = ""


@dataclass
class Post:
    """What was known of a post, from `recorded_at` until `withdrawn_at`."""

    id: int
    person: int
    unit: int
    title: str
    valid_from: date
    valid_to: date | None = None
    leave_from: date | None = None
    leave_to: date | None = None
    ended_on: date | None = None
    recorded_at: datetime | None = None
    withdrawn_at: datetime | None = None


@dataclass
class Leadership:
    person: int
    valid_from: date
    valid_to: date | None = None


@dataclass
class Duty:
    person: int
    unit: int
    name: str
    valid_from: date
    valid_to: date | None
    recorded_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class Target:
    kind: TargetKind
    value: str = ""
    within: str = ""


@dataclass(frozen=True)
class Member:
    group: int
    needs: int
    points: Decimal | None = None


@dataclass
class Version:
    id: int
    requirement: int
    valid_from: date
    valid_to: date | None
    recorded_at: datetime
    withdrawn_at: datetime | None = None
    source_type: str = SourceType.INTERNAL
    scope: str = Scope.PERSON
    interval: int | None = None
    anchor: str = ""
    fixed: tuple[int, int] | None = None  # month and day
    early: int | None = None
    grace: int = 0
    credit: int | None = None
    targets: tuple[Target, ...] = ()
    members: tuple[Member, ...] = ()


@dataclass
class Declined:
    version: int
    recorded_at: datetime
    withdrawn_at: datetime | None = None


@dataclass
class LocalRule:
    requirement: int
    interval: int
    valid_from: date
    valid_to: date | None
    recorded_at: datetime
    withdrawn_at: datetime | None = None


@dataclass
class Equivalence:
    """Evidence of `by` counts for `requirement`."""

    requirement: int
    by: int
    valid_from: date
    valid_to: date | None
    recorded_at: datetime
    withdrawn_at: datetime | None = None


@dataclass
class Evidence:
    id: int
    person: int
    requirement: int | None
    title: str
    completed_on: date
    recorded_at: datetime
    valid_to: date | None = None
    points: Decimal | None = None
    source: str = EvidenceSource.MANAGER
    verified: bool = False
    corrects: int | None = None
    void: bool = False
    withdrawn_at: datetime | None = None  # never: it is corrected


@dataclass
class Mapping:
    text: str
    requirement: int | None
    recorded_at: datetime
    withdrawn_at: datetime | None = None


@dataclass
class Dispensation:
    person: int
    unit: int
    requirement: int
    valid_from: date
    valid_to: date
    recorded_at: datetime
    withdrawn_at: datetime | None = None


@dataclass
class Facts:
    """What a municipality is told, with the register as it concerns it."""

    units: dict[int, Unit] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    leaderships: list[Leadership] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    requirements: list[int] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    declined: list[Declined] = field(default_factory=list)
    local_rules: list[LocalRule] = field(default_factory=list)
    equivalences: list[Equivalence] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    mappings: list[Mapping] = field(default_factory=list)
    dispensations: list[Dispensation] = field(default_factory=list)
