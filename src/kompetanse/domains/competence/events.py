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
class GapsPublished(Event):
    """What the region lacks has been told, small numbers hidden."""

    published_gap_id: int
    published_on: date
    series: date
