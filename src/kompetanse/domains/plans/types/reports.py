"""Results against the plan: deviations, tertial reports, coverage, and the municipality's own plan. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from kompetanse.domains.plans.types import LinkedGoal, LinkedPool, MeasureKind, MeasureRow, MeasureStatus, PlanRow
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

TEXT_LENGTH = 4000


class DeviationCause(StrEnum):
    """Why a measure does not go as planned."""

    TOO_FEW = "too_few"
    NO_PROVIDER = "no_provider"
    NO_TIME = "no_time"
    MONEY = "money"
    NEED_IS_GONE = "need_is_gone"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DeviationRow:
    measure_id: int
    cause: DeviationCause
    text: str
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class TertialPage:
    """The report of a tertial: what the rows tell, and the texts that somebody has written instead.

    `content` is a document's facts and tables as plain values. `sent_at` is set when it is frozen.
    """

    plan: PlanRow
    tertial: int
    content: dict[str, Any]
    written: dict[str, str]  # texts that stand instead of what the rows say, by section
    drafted: dict[str, str]  # what the rows say, by section
    version: int
    sent_at: datetime | None
    may_write: bool

    @property
    def texts(self) -> dict[str, str]:
        return {key: self.written.get(key) or said for key, said in self.drafted.items()}


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A need that was pooled, and what is done about it. `is_statutory`: the law asks for it somewhere."""

    pool: LinkedPool
    is_statutory: bool
    measures: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """Goal ↔ need ↔ measure. `holes` are statutory needs that no standing measure answers."""

    plan: PlanRow
    rows: tuple[CoverageRow, ...]
    goals: tuple[tuple[LinkedGoal, tuple[MeasureRow, ...]], ...]
    supply_driven: tuple[MeasureRow, ...]
    measures: int
    sees_pools: bool

    @property
    def holes(self) -> tuple[CoverageRow, ...]:
        return tuple(row for row in self.rows if row.is_statutory and not row.measures)

    @property
    def unanswered(self) -> tuple[CoverageRow, ...]:
        return tuple(row for row in self.rows if not row.measures and not row.is_statutory)

    @property
    def supply_driven_share(self) -> int:
        return round(100 * len(self.supply_driven) / self.measures) if self.measures else 0


@dataclass(frozen=True, slots=True)
class LocalInput:
    """A measure that a municipality carries out alone."""

    tenant_id: int
    year: int
    title_nb: str
    title_nn: str = ""
    kind: MeasureKind = MeasureKind.COURSE
    target_group: str = ""
    owner: str = ""
    budget_ore: int = 0
    quarter: int | None = None


@dataclass(frozen=True, slots=True)
class LocalRow:
    id: int
    tenant_id: int
    year: int
    title_nb: str
    title_nn: str
    kind: MeasureKind
    target_group: str
    owner: str
    budget_ore: int
    quarter: int | None
    status: MeasureStatus
    title: str = ""

    @property
    def reference(self) -> str:
        return f"LOKALT-{self.id}"


@dataclass(frozen=True, slots=True)
class MunicipalLine:
    """A joint measure as the municipality has it: its own seats and its own part of the cost."""

    measure: MeasureRow
    goal: str
    seats: int | None
    planned_ore: int
    committed_ore: int
    spent_ore: int


@dataclass(frozen=True, slots=True)
class MunicipalPlan:
    """A municipality's own competence plan: its part of the region's, and what it does alone."""

    plan: PlanRow
    municipality_id: int
    municipality: str
    written_form: str
    joint: tuple[MunicipalLine, ...]
    local: tuple[LocalRow, ...]
    may_set: bool

    @property
    def joint_ore(self) -> int:
        return sum(line.planned_ore for line in self.joint)

    @property
    def local_ore(self) -> int:
        return sum(row.budget_ore for row in self.local if row.status is not MeasureStatus.CANCELLED)


class TertialIsImpossible(DomainError):
    code = "tertial_is_impossible"
    sentence = N_("Året har tre tertialer. Velg 1, 2 eller 3.")


class ReportIsSent(DomainError):
    code = "report_is_sent"
    sentence = N_("Rapporten er sendt og kan ikke endres. Skriv det nye i rapporten for neste tertial.")


class ReportHasChanged(DomainError):
    code = "report_has_changed"
    sentence = N_(
        "Noen andre har lagret rapporten mens du skrev. Det du skrev står fortsatt i skjemaet. "
        "Se over, og lagre på nytt."
    )


class ReportTextIsTooLong(DomainError):
    code = "report_text_is_too_long"
    sentence = N_("Teksten har %(length)s tegn. Det er plass til %(limit)s. Kort den ned.")


class CauseIsMissing(DomainError):
    code = "cause_is_missing"
    field = "text"
    sentence = N_("Skriv med en setning hva som ikke går som planlagt.")
