"""Ids, enums, inputs, rows and errors of the needs. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.suppression import LEAST, Shown
from kompetanse.kernel.text_marker import N_
from kompetanse.kernel.words import Words

from .rounds import (
    DeadlineHasPassed as DeadlineHasPassed,
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

LEAST_PEOPLE, MOST_PEOPLE = 1, 10_000
LONGEST_TITLE, LONGEST_FIELD, LONGEST_REASON = 200, 160, 1000
NOBODY = Shown(0, 0)
MOST_ROWS = 20_000  # needs in one municipality's file


class NeedKind(StrEnum):
    """What kind of answer the need asks for: use what we have, learn, or recruit."""

    MOBILISE = "mobilise"
    LEARN = "learn"
    RECRUIT = "recruit"


class Cause(StrEnum):
    """Why, sorted so that it can be counted across municipalities; the reporter's own words stay at home."""

    LAW = "law"
    INSPECTION = "inspection"
    DEVIATION = "deviation"
    RENEWAL = "renewal"
    REORGANISATION = "reorganisation"
    NEW_TASKS = "new_tasks"
    RECRUITMENT = "recruitment"
    GOAL = "goal"
    UPDATE = "update"
    WISH = "wish"
    OTHER = "other"
    NONE = "none"


class Origin(StrEnum):
    FILE = "file"
    GAP = "gap"
    HAND = "hand"
    RAISED = "raised"  # suggested by the system, confirmed by a person


class WantedForm(StrEnum):
    """How those who asked would rather learn it."""

    ANY = ""
    COURSE = "course"
    ONLINE = "online"
    AT_WORK = "at_work"
    NETWORK = "network"
    EDUCATION = "education"


class NeedStatus(StrEnum):
    """Only what is reported counts in the region's pools."""

    IN_ROUND = "in_round"
    REPORTED = "reported"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


class PoolStatus(StrEnum):
    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"


class PoolOutcome(StrEnum):
    """What the forum did with a pool."""

    PRIORITISED = "prioritised"
    DEFERRED = "deferred"
    REJECTED = "rejected"


class Stage(StrEnum):
    """How far a need has come on the thread."""

    IN_ROUND = "in_round"
    RETURNED = "returned"
    REPORTED = "reported"
    ALONE = "alone"
    POOLED = "pooled"
    ON_AGENDA = "on_agenda"
    PRIORITISED = "prioritised"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


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


class NeedHasNoTitle(DomainError):
    code = "need_has_no_title"
    field = "title"
    sentence = N_("Skriv hva dere trenger å kunne, for eksempel «Legemiddelhåndtering».")


class TextIsTooLong(DomainError):
    code = "text_is_too_long"
    sentence = N_("Teksten i feltet «%(name)s» er for lang. Den kan ha høyst %(limit)s tegn; kort den ned.")

    def __init__(self, *, field: str, name: str, limit: int) -> None:
        self.field = field
        super().__init__(name=name, limit=limit)


class PeopleOutOfRange(DomainError):
    code = "people_out_of_range"
    field = "people"
    sentence = N_(
        "Antallet «%(value)s» kan ikke stemme. Skriv et tall fra 1 til 10 000, eller la feltet stå tomt "
        "hvis dere ikke vet det."
    )


class PriorityOutOfRange(DomainError):
    code = "priority_out_of_range"
    field = "priority"
    sentence = N_("Prioriteten «%(value)s» finnes ikke. Bruk 1 (høyest), 2 eller 3 (lavest).")


class TooManyNeeds(DomainError):
    code = "too_many_needs"
    sentence = N_("Filen har mer enn %(limit)s behov. Kontroller at det er riktig fil, eller del den opp.")


class NeedIsWithdrawn(DomainError):
    code = "need_is_withdrawn"
    sentence = N_("Behovet er allerede trukket. Meld det på nytt hvis det likevel gjelder.")


class PoolIsMerged(DomainError):
    code = "pool_is_merged"
    sentence = N_("Samlingen «%(title)s» har ingen behov lenger. Last siden på nytt og velg en annen samling.")


class ShareIsElsewhere(DomainError):
    code = "share_is_elsewhere"
    sentence = N_("Ett av behovene du valgte ligger ikke lenger i denne samlingen. Last siden på nytt og velg igjen.")


class SplitNeedsBothSides(DomainError):
    code = "split_needs_both_sides"
    sentence = N_("Velg minst ett behov å dele ut, og la minst ett bli igjen.")


class PoolCannotMergeWithItself(DomainError):
    code = "pool_cannot_merge_with_itself"
    sentence = N_("Velg en annen samling å slå sammen med.")


class CaseIsNotOpen(DomainError):
    code = "case_is_not_open"
    sentence = N_("%(reference)s er ikke åpen lenger, så prioriteringen kan ikke endres. Ta det opp i en ny sak.")


class CaseIsNotOnAgenda(DomainError):
    code = "case_is_not_on_agenda"
    sentence = N_("%(reference)s står ikke på noen sakliste. Sett saken på saklista til et møte først.")


class RankIsMissing(DomainError):
    code = "rank_is_missing"
    sentence = N_("«%(title)s» er prioritert uten nummer. Gi den et nummer fra 1 og oppover.")


class RankIsTaken(DomainError):
    code = "rank_is_taken"
    sentence = N_("To samlinger har nummer %(rank)s: «%(first)s» og «%(second)s». Gi dem hvert sitt nummer.")


class ReasonIsMissing(DomainError):
    code = "reason_is_missing"
    sentence = N_("Skriv hvorfor «%(title)s» er utsatt eller avslått. De som meldte behovet får lese det.")


class PoolIsNotConfirmed(DomainError):
    code = "pool_is_not_confirmed"
    sentence = N_("«%(title)s» er bare et forslag. Kontoret må bekrefte samlingen før forumet kan prioritere den.")
