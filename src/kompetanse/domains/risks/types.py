"""Enums, inputs, rows, page models and refusals of the risk register. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

TITLE_LENGTH = 200  # characters
TEXT_LENGTH = 4000
LOWEST, HIGHEST = 1, 5  # of probability and of consequence


class RiskStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Level(StrEnum):
    """How grave a risk is, from its place in the matrix."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskInput:
    """A risk as it is written down. `owner_id` is the person who answers for it being followed up."""

    title: str
    description: str = ""
    owner_id: int


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A risk as it stands. `measures_late` are measures past their date that are not done."""

    id: int
    tenant_id: int
    title: str
    owner: str
    probability: int
    consequence: int
    level: Level
    status: RiskStatus
    measures_open: int
    measures_late: int
    next_on: date | None

    @property
    def reference(self) -> str:
        return f"RISIKO-{self.id}"

    @property
    def score(self) -> int:
        return self.probability * self.consequence


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """How a risk was judged once, by whom and why."""

    probability: int
    consequence: int
    level: Level
    why: str
    name: str
    assessed_at: datetime

    @property
    def score(self) -> int:
        return self.probability * self.consequence


@dataclass(frozen=True, slots=True)
class MitigationRow:
    """What is done about a risk, who does it, and when it is due."""

    id: int
    text: str
    responsible: str
    due_on: date
    done_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class NoteRow:
    text: str
    name: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The risks in sight, the gravest first. `region_id` is None where the reader may not write."""

    risks: tuple[RiskRow, ...]
    closed: tuple[RiskRow, ...]
    region_id: int | None
    owners: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class RiskPage:
    """A risk with all that is known of it. Owners to choose from where the reader may write, else none."""

    risk: RiskRow
    description: str
    owner_id: int
    version: int
    assessments: tuple[AssessmentRow, ...]  # the newest first
    measures: tuple[MitigationRow, ...]
    notes: tuple[NoteRow, ...]  # the newest first
    may_manage: bool
    owners: tuple[tuple[int, str], ...]


class TextIsMissing(DomainError):
    code = "text_is_missing"
    sentence = N_("Skriv noe i feltet «%(field_name)s» før du lagrer.")


class TextIsTooLong(DomainError):
    code = "text_is_too_long"
    sentence = N_("Teksten i feltet «%(field_name)s» har %(length)s tegn. Det er plass til %(limit)s. Kort den ned.")


class GradeIsImpossible(DomainError):
    code = "grade_is_impossible"
    sentence = N_("Sannsynlighet og konsekvens er hele tall fra 1 til 5. Velg på nytt.")


class OwnerIsUnknown(DomainError):
    code = "owner_is_unknown"
    field = "owner_id"
    sentence = N_("Den som eier en risiko, må ha plass i forumet eller arbeide på kompetansekontoret. Velg en annen.")


class DueIsPast(DomainError):
    code = "due_is_past"
    field = "due_on"
    sentence = N_("Fristen er allerede passert. Sett en dag som kommer.")


class RiskHasChanged(DomainError):
    code = "risk_has_changed"
    sentence = N_(
        "Noen andre har lagret risikoen mens du skrev. Det du skrev står fortsatt i skjemaet. "
        "Se hva som er lagret, ta med det du vil beholde, og lagre på nytt."
    )


class RiskIsClosed(DomainError):
    code = "risk_is_closed"
    sentence = N_("Risikoen er avsluttet. Åpne den igjen før du endrer noe.")


class RiskIsOpen(DomainError):
    code = "risk_is_open"
    sentence = N_("Risikoen er allerede åpen.")


class MitigationIsDone(DomainError):
    code = "mitigation_is_done"
    sentence = N_("Tiltaket er allerede gjennomført.")
