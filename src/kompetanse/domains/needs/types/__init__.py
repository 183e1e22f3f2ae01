"""Ids, enums, inputs, rows and errors of the needs. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kompetanse.kernel.words import Words

from .enums import (
    LEAST_PEOPLE as LEAST_PEOPLE,
)
from .enums import (
    LONGEST_FIELD as LONGEST_FIELD,
)
from .enums import (
    LONGEST_REASON as LONGEST_REASON,
)
from .enums import (
    LONGEST_TITLE as LONGEST_TITLE,
)
from .enums import (
    MOST_PEOPLE as MOST_PEOPLE,
)
from .enums import (
    MOST_ROWS as MOST_ROWS,
)
from .enums import (
    Cause as Cause,
)
from .enums import (
    NeedKind as NeedKind,
)
from .enums import (
    NeedStatus as NeedStatus,
)
from .enums import (
    Origin as Origin,
)
from .enums import (
    PoolOutcome as PoolOutcome,
)
from .enums import (
    PoolStatus as PoolStatus,
)
from .enums import (
    Stage as Stage,
)
from .enums import (
    WantedForm as WantedForm,
)
from .errors import (
    CaseIsNotOnAgenda as CaseIsNotOnAgenda,
)
from .errors import (
    CaseIsNotOpen as CaseIsNotOpen,
)
from .errors import (
    NeedHasNoTitle as NeedHasNoTitle,
)
from .errors import (
    NeedIsWithdrawn as NeedIsWithdrawn,
)
from .errors import (
    PeopleOutOfRange as PeopleOutOfRange,
)
from .errors import (
    PoolCannotMergeWithItself as PoolCannotMergeWithItself,
)
from .errors import (
    PoolIsMerged as PoolIsMerged,
)
from .errors import (
    PoolIsNotConfirmed as PoolIsNotConfirmed,
)
from .errors import (
    PriorityOutOfRange as PriorityOutOfRange,
)
from .errors import (
    RankIsMissing as RankIsMissing,
)
from .errors import (
    RankIsTaken as RankIsTaken,
)
from .errors import (
    ReasonIsMissing as ReasonIsMissing,
)
from .errors import (
    ShareIsElsewhere as ShareIsElsewhere,
)
from .errors import (
    SplitNeedsBothSides as SplitNeedsBothSides,
)
from .errors import (
    TextIsTooLong as TextIsTooLong,
)
from .errors import (
    TooManyNeeds as TooManyNeeds,
)
from .pools import (
    MunicipalShare as MunicipalShare,
)
from .pools import (
    PoolDecisionRow as PoolDecisionRow,
)
from .pools import (
    PoolPage as PoolPage,
)
from .pools import (
    PoolRow as PoolRow,
)
from .pools import (
    PoolSum as PoolSum,
)
from .pools import (
    RankingPage as RankingPage,
)
from .pools import (
    RankInput as RankInput,
)
from .pools import (
    RankLine as RankLine,
)
from .pools import (
    ShareRow as ShareRow,
)
from .rounds import (
    DeadlineHasPassed as DeadlineHasPassed,
)
from .rounds import (
    DeclineHasNoReason as DeclineHasNoReason,
)
from .rounds import (
    DelegateIsUnknown as DelegateIsUnknown,
)
from .rounds import (
    JoinNeedsTwo as JoinNeedsTwo,
)
from .rounds import (
    NeedIsNotHere as NeedIsNotHere,
)
from .rounds import (
    NeedIsNotJoined as NeedIsNotJoined,
)
from .rounds import (
    NeedsAreWaiting as NeedsAreWaiting,
)
from .rounds import (
    NoteRow as NoteRow,
)
from .rounds import (
    NothingToApprove as NothingToApprove,
)
from .rounds import (
    PartRow as PartRow,
)
from .rounds import (
    ProposalCause as ProposalCause,
)
from .rounds import (
    ProposalIsGone as ProposalIsGone,
)
from .rounds import (
    ProposalRow as ProposalRow,
)
from .rounds import (
    RoundAct as RoundAct,
)
from .rounds import (
    RoundHasChanged as RoundHasChanged,
)
from .rounds import (
    RoundHasNoTitle as RoundHasNoTitle,
)
from .rounds import (
    RoundIsApproved as RoundIsApproved,
)
from .rounds import (
    RoundIsOpen as RoundIsOpen,
)
from .rounds import (
    RoundRow as RoundRow,
)
from .rounds import (
    RoundStatus as RoundStatus,
)
from .rounds import (
    Step as Step,
)
from .rounds import (
    TrailRow as TrailRow,
)
from .rounds import (
    WhyIsMissing as WhyIsMissing,
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
