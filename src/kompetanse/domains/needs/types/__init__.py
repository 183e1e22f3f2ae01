"""Ids, enums, inputs, rows and errors of the needs. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kompetanse.kernel.words import Words

from .enums import (
    Cause as Cause,
    LEAST_PEOPLE as LEAST_PEOPLE,
    LONGEST_FIELD as LONGEST_FIELD,
    LONGEST_REASON as LONGEST_REASON,
    LONGEST_TITLE as LONGEST_TITLE,
    MOST_PEOPLE as MOST_PEOPLE,
    MOST_ROWS as MOST_ROWS,
    NeedKind as NeedKind,
    NeedStatus as NeedStatus,
    Origin as Origin,
    PoolOutcome as PoolOutcome,
    PoolStatus as PoolStatus,
    Stage as Stage,
    WantedForm as WantedForm,
)
from .errors import (
    CaseIsNotOnAgenda as CaseIsNotOnAgenda,
    CaseIsNotOpen as CaseIsNotOpen,
    NeedHasNoTitle as NeedHasNoTitle,
    NeedIsWithdrawn as NeedIsWithdrawn,
    PeopleOutOfRange as PeopleOutOfRange,
    PoolCannotMergeWithItself as PoolCannotMergeWithItself,
    PoolIsMerged as PoolIsMerged,
    PoolIsNotConfirmed as PoolIsNotConfirmed,
    PriorityOutOfRange as PriorityOutOfRange,
    RankIsMissing as RankIsMissing,
    RankIsTaken as RankIsTaken,
    ReasonIsMissing as ReasonIsMissing,
    ShareIsElsewhere as ShareIsElsewhere,
    SplitNeedsBothSides as SplitNeedsBothSides,
    TextIsTooLong as TextIsTooLong,
    TooManyNeeds as TooManyNeeds,
)
from .pools import (
    MunicipalShare as MunicipalShare,
    PoolDecisionRow as PoolDecisionRow,
    PoolPage as PoolPage,
    PoolRow as PoolRow,
    PoolSum as PoolSum,
    RankInput as RankInput,
    RankLine as RankLine,
    RankingPage as RankingPage,
    ShareRow as ShareRow,
)
from .rounds import (
    DeadlineHasPassed as DeadlineHasPassed,
)


@dataclass(frozen=True, slots=True)
class NeedInput:
    """A need told by a person or drawn from a gap. `people` is how many (1–10 000), None when unknown."""

    tenant_id: int
    title: str
    unit_id: int | None = None
    target_group: str = ""
    people: int | None = None
    reason: str = ""
    kind: NeedKind | None = None
    statutory: bool | None = None
    goal_id: int | None = None
    wanted_time: str = ""
    wanted_place: str = ""
    priority: int | None = None
    regional: bool | None = None
    requirement_code: str = ""
    origin: Origin = Origin.HAND
    cause: Cause | None = None
    wanted_form: WantedForm = WantedForm.ANY
    own_measures: str = ""


@dataclass(frozen=True, slots=True)
class NeedRowInput:
    """A row of a municipality's needs file; `row` as a person counts it. `priority` 1 is highest, 3 lowest."""

    row: int
    title: str
    target_group: str = ""
    people: int | None = None
    people_text: str = ""
    reason: str = ""
    statutory: bool | None = None
    wanted_time: str = ""
    wanted_place: str = ""
    priority: int | None = None
    regional: bool | None = None
    unit_name: str = ""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a need, in words, with what it points at."""

    stage: Stage
    words: Words
    pool_id: int | None = None
    case_id: int | None = None
    by_way_of: Words | None = None  # that it was joined with equal needs first


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need as those who may read it see it."""

    id: int
    tenant_id: int
    municipality: str
    unit_id: int | None
    unit_name: str
    title: str
    target_group: str
    people: int | None
    people_text: str
    reason: str
    cause: Cause
    kind: NeedKind
    statutory: bool | None
    goal_id: int | None
    goal_title: str
    wanted_time: str
    wanted_place: str
    priority: int | None
    regional: bool | None
    requirement_code: str
    requirement_name: str
    origin: Origin
    file: str
    row: int | None
    status: NeedStatus
    reported_at: datetime
    fate: Fate
    may_withdraw: bool = False
    wanted_form: WantedForm = WantedForm.ANY
    own_measures: str = ""
    step: Step | None = None
    round_id: int | None = None
    composed: bool = False
    may_weigh: bool = False

    @property
    def reference(self) -> str:
        return f"BEHOV-{self.id}"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Somewhere the actor may report a need for. `key` is m<tenant> or u<unit>; `depth` in the tree of units."""

    key: str
    tenant_id: int
    unit_id: int | None
    label: str
    depth: int


@dataclass(frozen=True, slots=True)
class NeedNews:
    """A need as a first page tells of it."""

    id: int
    title: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class NeedCounts:
    """Standing needs, and those that nobody else has told of."""

    standing: int
    alone: int


@dataclass(frozen=True, slots=True)
class NeedFilter:
    """What a list of needs is narrowed to; empty means everything."""

    text: str = ""
    stage: Stage | None = None
    kind: NeedKind | None = None
    unit_id: int | None = None
    mine: bool = False
    round_id: int | None = None


@dataclass(frozen=True, slots=True)
class NeedsFound:
    """A part of a list of needs, and how many the whole list has."""

    needs: tuple[NeedRow, ...]
    total: int
