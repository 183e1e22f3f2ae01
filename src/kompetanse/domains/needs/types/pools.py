"""Pools, their shares and the forum's list, as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kompetanse.kernel.suppression import LEAST, Shown
from kompetanse.kernel.words import Words

from .enums import Cause, PoolOutcome, PoolStatus

NOBODY = Shown(0, 0)


@dataclass(frozen=True, slots=True)
class PoolSum:
    """A pool as numbers: municipalities, what is told of its people, and needs that the law demands."""

    id: int
    title: str
    status: PoolStatus
    municipalities: int
    told: Shown
    statutory: int

    @property
    def people(self) -> int | None:
        return self.told.value


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One municipality's part in a pool: one need. Title and unit only where the reader may read the need.

    `people` is None also where the number is too small for the reader to be told.
    """

    id: int
    pool_id: int
    municipality_id: int
    municipality: str
    number: str
    need_id: int
    people: int | None
    statutory: bool | None
    cause: Cause
    file: str = ""
    row: int | None = None
    title: str = ""
    target_group: str = ""
    unit_name: str = ""
    told: Shown = NOBODY
    is_unknown: bool = True


@dataclass(frozen=True, slots=True)
class MunicipalShare:
    """A municipality's part of a pool, in numbers: what is told of its people, or all of it to its own."""

    municipality: str
    needs: int
    told: Shown
    unknown: int
    statutory: int

    @property
    def people(self) -> int | None:
        return self.told.value


@dataclass(frozen=True, slots=True)
class PoolRow:
    """A pool in numbers. `told` is what the reader may know of its people, `people` the sum where that is known;
    `unknown` counts shares without a number."""

    id: int
    tenant_id: int
    title: str
    topic_code: str
    status: PoolStatus
    score: float
    reason: tuple[Words, ...]
    municipalities: tuple[str, ...]
    needs: int
    told: Shown
    unknown: int
    statutory: int
    decision: PoolDecisionRow | None = None

    @property
    def people(self) -> int | None:
        return self.told.value

    @property
    def people_at_least(self) -> int:
        """The least there surely are, where that is no small number; else 0."""
        return self.told.least if self.told.least >= LEAST else 0

    @property
    def reference(self) -> str:
        return f"SAMLING-{self.id}"

    @property
    def percent(self) -> int:
        return round(self.score * 100)


@dataclass(frozen=True, slots=True)
class PoolPage:
    """A pool with its shares. `by_municipality` and `causes` are for all readers; see `ShareRow` for the rest."""

    pool: PoolRow
    shares: tuple[ShareRow, ...]
    by_municipality: tuple[MunicipalShare, ...]
    causes: tuple[tuple[Cause, int], ...]
    may_arrange: bool
    merged_into: int | None = None
    decisions: tuple[PoolDecisionRow, ...] = ()

    @property
    def id(self) -> int:
        return self.pool.id

    @property
    def title(self) -> str:
        return self.pool.title

    @property
    def status(self) -> PoolStatus:
        return self.pool.status

    @property
    def score(self) -> float:
        return self.pool.score

    @property
    def reason(self) -> tuple[Words, ...]:
        return self.pool.reason

    @property
    def people(self) -> int | None:
        return self.pool.people


@dataclass(frozen=True, slots=True)
class PoolDecisionRow:
    """What a case says of a pool. Counts only when the case is decided."""

    pool_id: int
    case_id: int
    case_reference: str
    case_status: str
    held_on: date | None
    rank: int | None
    outcome: PoolOutcome
    reason: str


@dataclass(frozen=True, slots=True)
class RankLine:
    """A pool on the forum's list with what is noted about it so far."""

    pool: PoolRow
    rank: int | None
    outcome: PoolOutcome | None
    reason: str


@dataclass(frozen=True, slots=True)
class RankingPage:
    """A case with the pools that the forum may prioritise in it, in the order noted, else the largest first."""

    case_id: int
    tenant_id: int
    reference: str
    title: str
    is_open: bool
    is_on_agenda: bool
    lines: tuple[RankLine, ...]
    may_rank: bool = False


@dataclass(frozen=True, slots=True)
class RankInput:
    """The forum's word on one pool. `rank` 1 is first; only prioritised pools have one."""

    pool_id: int
    rank: int | None
    outcome: PoolOutcome
    reason: str = ""
