"""Enums, inputs, rows, page models and refusals of the year wheel. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kompetanse.domains.organisation.types import Role
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

TITLE_LENGTH = 160  # characters
TEXT_LENGTH = 400
FIRST_YEAR, LAST_YEAR = 2000, 2100


class StepKind(StrEnum):
    CAMPAIGN = "campaign"
    HEARING = "hearing"
    MEETING = "meeting"
    PLAN = "plan"
    REPORT = "report"
    OTHER = "other"


class Doer(StrEnum):
    """Whose turn it is. In every municipality for itself, or (bodies and the office) once for the region."""

    CONTACT_PERSON = "contact_person"
    LEADER = "leader"
    HR = "hr"
    EXECUTIVE = "executive"  # the chief executive of each municipality
    FORUM = "forum"
    COMMITTEE = "committee"  # the chief executives together
    UNION = "union"
    NETWORK = "network"
    OFFICE = "office"


# The role a doer has, and whether it is each municipality's own.
ROLES = {
    Doer.CONTACT_PERSON: Role.CONTACT_PERSON,
    Doer.LEADER: Role.LEADER,
    Doer.HR: Role.HR,
    Doer.EXECUTIVE: Role.CHIEF_EXECUTIVE,
    Doer.FORUM: Role.FORUM_MEMBER,
    Doer.COMMITTEE: Role.CHIEF_EXECUTIVE,
    Doer.UNION: Role.UNION_REPRESENTATIVE,
    Doer.NETWORK: Role.NETWORK_MEMBER,
    Doer.OFFICE: Role.COURSE_ADMINISTRATOR,
}
MUNICIPAL = frozenset({Doer.CONTACT_PERSON, Doer.LEADER, Doer.HR, Doer.EXECUTIVE})


class Reads(StrEnum):
    """What a step's standing is read from. By hand, unless there is a thing that tells."""

    HAND = "hand"
    CAMPAIGN = "campaign"  # the municipality's own campaigns within the step's days
    MEETING = "meeting"  # the meeting the step is linked to
    PLAN = "plan"  # the plan the step is linked to


class Stated(StrEnum):
    """How far somebody has said that a step has come."""

    UNDER_WAY = "under_way"
    DONE = "done"


class State(StrEnum):
    """How a step stands today."""

    DONE = "done"
    UNDER_WAY = "under_way"
    DUE = "due"
    LATE = "late"
    NOT_DUE = "not_due"


class Occasion(StrEnum):
    """What a letter about a step is for."""

    OPENED = "step_opened"
    SOON = "step_soon"
    LATE = "step_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepInput:
    """A step as it is written down; both days inclusive. `opens` and `closes` say what does."""

    title_nb: str
    title_nn: str
    kind: StepKind
    doer: Doer
    starts_on: date
    ends_on: date
    task_nb: str = ""
    task_nn: str = ""
    opens_nb: str = ""
    opens_nn: str = ""
    closes_nb: str = ""
    closes_nn: str = ""
    reads: Reads = Reads.HAND
    meeting_id: int | None = None
    plan_id: int | None = None


@dataclass(frozen=True, slots=True)
class StandardStep:
    """A step of the standard wheel: month and day of a year, and the rest as it is written down."""

    key: str
    kind: StepKind
    doer: Doer
    reads: Reads
    starts: tuple[int, int]
    ends: tuple[int, int]
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class StandingRow:
    """Where a municipality stands in a step; the region itself where `municipality_id` is None."""

    municipality_id: int | None
    municipality: str
    state: State
    note: str = ""
    stated_by: str = ""
    stated_at: datetime | None = None
    may_state: bool = False


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step in the reader's written form. `state` is the whole of it: late where somebody is."""

    id: int
    title: str
    kind: StepKind
    doer: Doer
    starts_on: date
    ends_on: date
    task: str
    opens: str
    closes: str
    reads: Reads
    meeting_id: int | None
    plan_id: int | None
    state: State
    done: int
    late: int
    of: int
    standings: tuple[StandingRow, ...] = ()  # those the reader may see

    @property
    def is_municipal(self) -> bool:
        return self.doer in MUNICIPAL


@dataclass(frozen=True, slots=True)
class WheelPage:
    """A year's wheel. `region_id` is None where there is no region; `wheel_id` where the year has no wheel."""

    region_id: int | None
    region: str
    year: int
    years: tuple[int, ...]
    wheel_id: int | None
    steps: tuple[StepRow, ...]
    may_steer: bool
    has_next: bool


@dataclass(frozen=True, slots=True)
class StepPage:
    step: StepRow
    wheel_id: int
    year: int
    texts: StepInput  # in both written forms, for who may change it
    version: int
    may_steer: bool
    meetings: tuple[tuple[int, str], ...]
    plans: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class NewStepPage:
    """What a new step of a wheel can be linked to."""

    wheel_id: int
    year: int
    meetings: tuple[tuple[int, str], ...]
    plans: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class NowRow:
    """Something in the wheel that concerns the reader now. `late` is how many municipalities are late (of `of`)."""

    step_id: int
    year: int
    title: str
    ends_on: date
    state: State
    is_mine: bool
    late: int
    of: int


class TextIsMissing(DomainError):
    code = "text_is_missing"
    sentence = N_("Skriv noe i feltet «%(field_name)s» før du lagrer.")


class TextIsTooLong(DomainError):
    code = "text_is_too_long"
    sentence = N_("Teksten i feltet «%(field_name)s» har %(length)s tegn. Det er plass til %(limit)s. Kort den ned.")


class StepIsBackwards(DomainError):
    code = "step_is_backwards"
    field = "ends_on"
    sentence = N_("Siste dag er før første dag. Rett en av dem.")


class StepIsInAnotherYear(DomainError):
    code = "step_is_in_another_year"
    field = "starts_on"
    sentence = N_("Trinnet må begynne i %(year)s, som er året for dette hjulet. Rett datoen.")


class YearIsImpossible(DomainError):
    code = "year_is_impossible"
    field = "year"
    sentence = N_("Velg et år mellom 2000 og 2100.")


class LinkIsUnknown(DomainError):
    code = "link_is_unknown"
    sentence = N_("Møtet eller planen trinnet skal vise til, finnes ikke i regionen. Velg på nytt.")


class StepHasChanged(DomainError):
    code = "step_has_changed"
    sentence = N_(
        "Noen andre har lagret trinnet mens du skrev. Det du skrev står fortsatt i skjemaet. "
        "Se hva som er lagret, ta med det du vil beholde, og lagre på nytt."
    )


class StepIsDropped(DomainError):
    code = "step_is_dropped"
    sentence = N_("Trinnet er tatt ut av årshjulet. Last siden på nytt.")


class WhoseIsMissing(DomainError):
    code = "whose_is_missing"
    sentence = N_("Dette trinnet gjøres i hver kommune. Velg hvilken kommune det gjelder.")


class NotAMember(DomainError):
    code = "not_a_member"
    sentence = N_("Kommunen er ikke med i regionen i dag. Velg en kommune som er med.")


class StatedByTheThing(DomainError):
    code = "stated_by_the_thing"
    sentence = N_(
        "Dette trinnet følger møtet eller planen det viser til. Før møtet eller planen, så følger trinnet med."
    )
