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
class VersionPublished(Event):
    """A requirement says something from a day on. `is_new`: the requirement was not there before."""

    requirement_code: str
    version_id: int
    valid_from: date
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionTakenBack(Event):
    requirement_code: str
    version_id: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EquivalenceAdded(Event):
    """Evidence of `by_code` counts for the requirement."""

    requirement_code: str
    by_code: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EquivalenceEnded(Event):
    requirement_code: str
    by_code: str
    valid_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRuleSet(Event):
    rule_id: int
    requirement_code: str
    interval_months: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRuleEnded(Event):
    """It ends on a day; or, without a day, it is taken back as if it had never been."""

    rule_id: int
    requirement_code: str
    valid_to: date | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionAnswered(Event):
    version_id: int
    requirement_code: str
    accepted: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceClaimed(Event):
    """Somebody has told of something of their own. It waits, and does not count."""

    evidence_id: int
    employee_id: int
    requirement_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceVerified(Event):
    """Somebody has seen the proof of what a person told: it counts."""

    evidence_id: int
    corrects_id: int
    employee_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDeclined(Event):
    """What a person told could not be confirmed. Why is in the row."""

    evidence_id: int
    corrects_id: int
    employee_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DispensationGiven(Event):
    dispensation_id: int
    employee_id: int
    unit_id: int
    requirement_code: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DispensationWithdrawn(Event):
    dispensation_id: int
    employee_id: int
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyGiven(Event):
    duty_id: int
    employee_id: int
    unit_id: int
    name: str
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyEnded(Event):
    duty_id: int
    employee_id: int
    unit_id: int
    name: str
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAttached(Event):
    document_id: int
    evidence_id: int
    replaces_id: int | None
    kind: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateMade(Event):
    certificate_id: int
    evidence_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsPublished(Event):
    """What the region lacks has been told, small numbers hidden."""

    published_gap_id: int
    published_on: date
    series: date


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
