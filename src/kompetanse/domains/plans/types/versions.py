"""Versions of a plan, what differs between them, and a revision on its way. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from kompetanse.domains.plans.types import PlanRow
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_


class RevisionStage(StrEnum):
    """How far a revision of an adopted plan has come. The adopted plan stands until the revision is adopted."""

    NONE = "none"
    DRAFT = "draft"
    HEARING = "hearing"


class ProposalKind(StrEnum):
    ADD = "add"
    CHANGE = "change"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing that is otherwise; `field` names it (see `FIELDS` of the rules), the values are as kept."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class MeasureChange:
    reference: str
    title_nb: str
    title_nn: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What was done to a plan between two versions."""

    added: tuple[dict[str, Any], ...]
    dropped: tuple[dict[str, Any], ...]
    changed: tuple[MeasureChange, ...]
    budget_before: int
    budget_after: int

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.dropped or self.changed)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version as it was adopted. It never changes."""

    number: int
    adopted_at: datetime
    case_reference: str
    budget_ore: int
    frame_ore: int
    measures: int


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """What a revision will do to one measure."""

    id: int
    kind: ProposalKind
    measure_id: int | None
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """The plan's versions, two of them compared, and the revision that is on its way."""

    plan: PlanRow
    versions: tuple[VersionRow, ...]
    older: int | None
    newer: int | None
    difference: Difference | None
    proposals: tuple[ProposalRow, ...]
    proposed: Difference | None
    frame_ore: int | None
    may_draft: bool
    may_adopt: bool


class RevisionIsOpen(DomainError):
    code = "revision_is_open"
    sentence = N_(
        "Planen for %(year)s har allerede en revisjon. Gjør den ferdig, eller trekk den, før du starter en ny."
    )


class NoRevision(DomainError):
    code = "no_revision"
    sentence = N_("Planen for %(year)s er ikke under revisjon. Start en revisjon for å endre det som er vedtatt.")


class RevisionIsEmpty(DomainError):
    code = "revision_is_empty"
    sentence = N_("Revisjonen av planen for %(year)s endrer ingenting. Før opp hva som skal endres, eller trekk den.")


class PlanIsNotAdopted(DomainError):
    code = "plan_is_not_yet_adopted"
    sentence = N_("Planen for %(year)s er ikke vedtatt ennå. Endre tiltakene rett i planen.")


class NothingIsUnfinished(DomainError):
    code = "nothing_is_unfinished"
    sentence = N_("Alt i planen for %(year)s er gjennomført, avlyst eller allerede tatt med videre.")


class DecisionIsMissing(DomainError):
    code = "decision_is_missing"
    field = "decision_reference"
    sentence = N_("Et unntak fra rammen må ha sitt eget vedtak. Skriv vedtaket, for eksempel RR-sak 12/27.")


class DecisionIsTheFrames(DomainError):
    code = "decision_is_the_frames"
    field = "decision_reference"
    sentence = N_("%(reference)s er vedtaket som rammen bygger på. Unntaket må ha sitt eget vedtak.")
