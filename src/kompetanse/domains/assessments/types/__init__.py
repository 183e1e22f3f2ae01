"""Levels, inputs, rows and refusals of the assessments. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from .refusals import (
    AlreadyCritical as AlreadyCritical,
)
from .refusals import (
    CampaignHasNotBegun as CampaignHasNotBegun,
)
from .refusals import (
    CampaignIsNotDraft as CampaignIsNotDraft,
)
from .refusals import (
    CampaignIsNotOpen as CampaignIsNotOpen,
)
from .refusals import (
    CampaignIsOver as CampaignIsOver,
)
from .refusals import (
    CommentIsTooLong as CommentIsTooLong,
)
from .refusals import (
    HasNoPostHere as HasNoPostHere,
)
from .refusals import (
    LevelIsUnknown as LevelIsUnknown,
)
from .refusals import (
    NobodyIsAsked as NobodyIsAsked,
)
from .refusals import (
    PeerIsNotColleague as PeerIsNotColleague,
)
from .refusals import (
    PeriodIsBackwards as PeriodIsBackwards,
)
from .refusals import (
    RangeIsBackwards as RangeIsBackwards,
)
from .refusals import (
    RaterIsNotAsked as RaterIsNotAsked,
)
from .refusals import (
    ReasonIsMissing as ReasonIsMissing,
)
from .refusals import (
    RequirementIsNotTheirs as RequirementIsNotTheirs,
)
from .refusals import (
    TitleIsMissing as TitleIsMissing,
)
from .refusals import (
    UnknownEmployee as UnknownEmployee,
)
from .refusals import (
    UnknownTarget as UnknownTarget,
)
from .vulnerability import Holding as Holding
from .vulnerability import VulnerabilityPage as VulnerabilityPage
from .vulnerability import VulnerabilityRow as VulnerabilityRow

LONGEST_COMMENT = 200
LONGEST_REASON = 300
LONGEST_LETTER = 1000
# Fewer than this is somebody, not a number, to those who see only numbers.
LEAST_SHOWN = 5


class Level(IntEnum):
    """How well a person masters something. What each means in words is in `queries.words`."""

    LEARNING = 1
    SUPPORTED = 2
    INDEPENDENT = 3
    TEACHING = 4


class RaterKind(StrEnum):
    """Who says it. The kinds stand side by side: none overwrites another, and nothing is averaged."""

    SELF = "self"
    MANAGER = "manager"
    PEER = "peer"
    EXPERT = "expert"


class CampaignStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Progress(StrEnum):
    """How far an answer has come."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class CampaignInput:
    """What is decided about a campaign. No units, sectors or titles: everybody in the municipality.

    `units` take in those below them. No `requirements`: all that is required of each person; never more.
    """

    tenant_id: int
    title_nb: str
    title_nn: str
    starts_on: date
    ends_on: date
    asks_self: bool = True
    asks_manager: bool = True
    units: tuple[int, ...] = ()
    sectors: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    requirements: tuple[int, ...] = ()
    letter_nb: str = ""
    letter_nn: str = ""


@dataclass(frozen=True, slots=True)
class RatingInput:
    """One level on one requirement, with a short comment where there is something to add."""

    level: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign as lists show it; `title` in the reader's written form."""

    id: int
    tenant_id: int
    municipality: str
    title: str
    starts_on: date
    ends_on: date
    status: CampaignStatus
    asks_self: bool
    asks_manager: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """How many were asked, and how many have answered."""

    asked: int = 0
    answered: int = 0

    @property
    def percent(self) -> int:
        return self.answered * 100 // self.asked if self.asked else 0


@dataclass(frozen=True, slots=True)
class UnitRateRow:
    unit_id: int
    unit_name: str
    own: Rate
    manager: Rate


@dataclass(frozen=True, slots=True)
class LevelSumRow:
    """How many stand at each level, from the snapshot; `below` is under the wanted range."""

    requirement_id: int
    requirement_name: str
    kind: RaterKind
    counts: tuple[int, int, int, int]
    below: int

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """A campaign for those who run it. `units` and `sums` are empty for those who may only see counts.

    `own` and `manager` are None where so few were asked that a count would be somebody.
    """

    campaign: CampaignRow
    told: CampaignInput
    unit_names: tuple[str, ...]
    requirement_names: tuple[str, ...]
    own: Rate | None
    manager: Rate | None
    units: tuple[UnitRateRow, ...]
    sums: tuple[LevelSumRow, ...]
    may_see_units: bool


@dataclass(frozen=True, slots=True)
class SnapshotPerson:
    """What one person was said to master when the campaign closed."""

    unit_name: str
    name: str
    requirement_name: str
    kind: RaterKind
    level: Level
    lowest: int | None
    highest: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """A closed campaign for the municipality's own use."""

    campaign: CampaignRow
    units: tuple[UnitRateRow, ...]
    sums: tuple[tuple[str, LevelSumRow], ...]
    people: tuple[SnapshotPerson, ...]


@dataclass(frozen=True, slots=True)
class RatingRow:
    """Who said what about one requirement, and when. `through` registered it on the person's behalf."""

    employee_id: int
    requirement_id: int
    kind: RaterKind
    level: Level
    comment: str
    rated_at: datetime
    rater: str
    through: str
    campaign: str


@dataclass(frozen=True, slots=True)
class Item:
    """A requirement to rate, with the wanted range and what stands: one rating of each kind."""

    requirement_id: int
    code: str
    name: str
    why: str
    critical: bool
    lowest: int | None
    highest: int | None
    ratings: tuple[RatingRow, ...] = ()

    def of(self, kind: RaterKind) -> RatingRow | None:
        return next((row for row in self.ratings if row.kind is kind), None)


@dataclass(frozen=True, slots=True)
class RatingPage:
    """One person's items to rate, as one kind of rater. `campaign` None outside a campaign."""

    kind: RaterKind
    employee_id: int
    name: str
    unit_name: str
    items: tuple[Item, ...]
    campaign: CampaignRow | None = None
    progress: Progress = Progress.NOT_BEGUN
    on_behalf: bool = False


@dataclass(frozen=True, slots=True)
class ExpertPage:
    """The people an expert may rate on one requirement: those asked in open campaigns."""

    mandate_id: int
    requirement_id: int
    requirement_name: str
    people: tuple[RatingPage, ...]


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A campaign that waits for the actor's own answer, or that is answered and still open."""

    campaign: CampaignRow
    employee_id: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class LedRow:
    """A campaign as one who leads people in it sees it."""

    campaign: CampaignRow
    people: int
    own_done: int
    manager_done: int


@dataclass(frozen=True, slots=True)
class PeerRow:
    """Somebody who has been asked to rate a colleague."""

    id: int
    employee_id: int
    name: str
    peer: str


@dataclass(frozen=True, slots=True)
class MandateRow:
    """Somebody who may rate one requirement as an expert, from a day, perhaps to a day (which is in)."""

    id: int
    tenant_id: int
    requirement_id: int
    requirement_name: str
    expert: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Everything about assessments that waits for, or concerns, the actor."""

    waiting: tuple[WaitingRow, ...]
    led: tuple[LedRow, ...]
    peers: tuple[PeerRow, ...]
    mandates: tuple[MandateRow, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.led or self.peers or self.mandates)


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """One of the leader's people in a campaign."""

    employee_id: int
    name: str
    unit_id: int
    unit_name: str
    own: Progress
    manager: Progress
    through: str
    has_email: bool
    reminded_at: datetime | None


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A leader's people in a campaign: those the leader answers for, or all below; with the units' answer rates."""

    campaign: CampaignRow
    people: tuple[ParticipantRow, ...]
    units: tuple[UnitRateRow, ...]
    shows_all: bool
    more: int

    @property
    def to_remind(self) -> int:
        return sum(1 for row in self.people if row.own is not Progress.DONE)


@dataclass(frozen=True, slots=True)
class FormRow:
    """A person's paper form: what to answer, in the register's words."""

    employee_id: int
    name: str
    unit_name: str
    requirements: tuple[str, ...]

    @property
    def key(self) -> str:
        return str(self.employee_id)


@dataclass(frozen=True, slots=True)
class AboutPage:
    """All ratings about one person, newest first, and who is asked to rate as a colleague."""

    employee_id: int
    tenant_id: int
    name: str
    is_own: bool
    items: tuple[Item, ...]
    earlier: tuple[tuple[str, RatingRow], ...]
    peers: tuple[PeerRow, ...]
    colleagues: tuple[tuple[int, str], ...]
    may_invite: bool


@dataclass(frozen=True, slots=True)
class CriticalRow:
    """A requirement marked as critical today: by the region for all, or by a municipality."""

    id: int
    tenant_id: int
    place: str
    requirement_id: int
    requirement_code: str
    requirement_name: str
    reason: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class RangeRow:
    """The levels wanted for a requirement; the municipality's own word goes before the region's."""

    tenant_id: int
    place: str
    requirement_id: int
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class MarksPage:
    """What is decided about one requirement, and where the actor may decide."""

    requirement_id: int
    requirement_name: str
    critical: tuple[CriticalRow, ...]
    ranges: tuple[RangeRow, ...]
    mandates: tuple[MandateRow, ...]
    places: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter ready to be sent: to whom, in which written form, and the cause that makes it one of a kind."""

    tenant_id: int
    person_id: int
    address: str
    language: str
    subject: str
    body: str
    cause: str
