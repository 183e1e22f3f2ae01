"""What has happened to people's competence, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kompetanse.foundation.operation import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSynchronised(Event):
    file: str
    created: int
    changed: int
    rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRecorded(Event):
    evidence_id: int
    employee_id: int
    requirement_code: str | None
    completed_on: date
    source: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCorrected(Event):
    evidence_id: int
    corrects_id: int
    employee_id: int
    void: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingConfirmed(Event):
    """Words of the municipality's register have been given a meaning. No requirement: they prove none."""

    text: str
    requirement_code: str | None
    evidence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicNameTaught(Event):
    topic_code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCounted(Event):
    """How many children or users there are in a unit from a day on, by part."""

    unit_id: int
    requirement_code: str
    valid_from: date
    numbers: str  # part: number, …


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementMade(Event):
    """Somebody else stands for a part of what the municipality must have. With whom stays in the row."""

    arrangement_id: int
    requirement_code: str
    part: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementEnded(Event):
    arrangement_id: int
    requirement_code: str
    part: str
    valid_to: date
