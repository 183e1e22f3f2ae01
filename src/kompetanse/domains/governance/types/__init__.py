"""Enums, rows, page models and refusals of the governance. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

from .procedure import BallotRow, ChainRow, DocumentRow, HearingRow, RoundRow, SeatAt, TaskRow
from .sending import ForwardedRow, OriginRow

TITLE_LENGTH = 200  # characters
TEXT_LENGTH = 20_000  # characters; about eight pages, more belongs in an enclosure


class MeetingStatus(StrEnum):
    PLANNED = "planned"
    HELD = "held"  # the minutes are written
    APPROVED = "approved"  # the minutes are approved by a later meeting


class CaseStatus(StrEnum):
    OPEN = "open"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class ViewKind(StrEnum):
    UNION = "union"
    MEMBER = "member"


def case_reference(number: int, year: int) -> str:
    """As the region writes it: number 12 of 2027 is `Sak 012/27`."""
    return f"Sak {number:03}/{year % 100:02}"


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal of a council. `title` is in the reader's written form."""

    id: int
    tenant_id: int
    title: str
    reference: str
    decision_reference: str
    title_nb: str = ""
    title_nn: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class FrameRow:
    """The most that a year's plan may cost, in øre."""

    id: int
    tenant_id: int
    year: int
    limit_ore: int
    decision_reference: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case of a body. `reference` is unique within the body and the year."""

    id: int
    tenant_id: int
    body_id: int
    reference: str
    title: str
    status: CaseStatus
    decision_text: str
    decided_at: datetime | None
    meeting_id: int | None
    body_name: str = ""
    body_kind: str = ""
    presenter: str = ""
    proposal: str = ""
    union_view: str = ""
    dissent: str = ""
    withdrawn_why: str = ""
    agenda_position: int | None = None
    meeting_on: date | None = None
    version: int = 1
    legal_ground: str = ""  # why it is kept from the public
    draft_decision: str = ""
    discussion: str = ""


@dataclass(frozen=True, slots=True)
class ViewRow:
    """What somebody with a seat thought of a case before it was decided."""

    name: str
    represents: str
    kind: ViewKind
    text: str
    stated_at: datetime


@dataclass(frozen=True, slots=True)
class PresenceRow:
    """A seat of the body, and whether its holder was there; None before it is noted."""

    seat_id: int
    name: str
    represents: str
    kind: str
    is_present: bool | None
    deputy_id: int | None = None
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class MeetingRow:
    id: int
    tenant_id: int
    body_id: int
    body_name: str
    held_on: date
    starts_at: time | None
    place: str
    status: MeetingStatus
    cases: int = 0
    undecided: int = 0


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting with what is needed on the table during it."""

    meeting: MeetingRow
    notice: str
    cases: tuple[CaseRow, ...]
    waiting: tuple[CaseRow, ...]  # open cases of the body that stand on no agenda
    presence: tuple[PresenceRow, ...]
    quorum: int
    has_minutes: bool
    version: int
    may_prepare: bool
    may_decide: bool
    may_write_minutes: bool
    papers_due: date | None = None
    ends_at: time | None = None
    also_present: str = ""
    short_notice: str = ""
    deputies: tuple[tuple[int, str], ...] = ()  # seats that may sit for another
    voting: int = 0  # seats with a vote that are filled now
    tasks: tuple[TaskRow, ...] = ()
    round: tuple[RoundRow, ...] = ()

    @property
    def is_open(self) -> bool:
        return not self.has_minutes

    @property
    def present(self) -> int:
        return sum(1 for row in self.presence if row.is_present)

    @property
    def is_presence_noted(self) -> bool:
        return any(row.is_present is not None for row in self.presence)


@dataclass(frozen=True, slots=True)
class CasePage:
    case: CaseRow
    views: tuple[ViewRow, ...]
    meetings: tuple[MeetingRow, ...]  # meetings the case can be put before
    is_frozen: bool  # the meeting's minutes are written
    may_prepare: bool
    may_decide: bool
    may_state_view: bool
    documents: tuple[DocumentRow, ...] = ()
    chain: tuple[ChainRow, ...] = ()
    sent_on: tuple[ChainRow, ...] = ()
    hearing: HearingRow | None = None
    seats: tuple[SeatAt, ...] = ()  # as they stand in the case, while it is on an agenda
    ballots: tuple[BallotRow, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    task_owners: tuple[tuple[int, str], ...] = ()
    may_keep: bool = False  # prepare: also what is done after the decision, as giving tasks
    may_vote: bool = False
    own_seat_id: int | None = None
    origins: tuple[OriginRow, ...] = ()  # the cases of other regions that this one continues
    forwarded: tuple[ForwardedRow, ...] = ()
    regions: tuple[str, ...] = ()  # where it may be sent

    @property
    def ballot(self) -> BallotRow | None:
        """The vote that is open now."""
        return next((row for row in self.ballots if row.closed_at is None), None)

    @property
    def has_voted(self) -> bool:
        return self.ballot is not None and any(vote.seat_id == self.own_seat_id for vote in self.ballot.votes)


@dataclass(frozen=True, slots=True)
class GoalsPage:
    goals: tuple[GoalRow, ...]
    frames: tuple[FrameRow, ...]
    owners: tuple[tuple[int, str], ...]  # (tenant id, name) the reader may set goals and frames for
    names: dict[int, str]  # tenant id to name


@dataclass(frozen=True, slots=True)
class MinutesRow:
    """Frozen minutes. `content` is what happened, as JSON."""

    id: int
    tenant_id: int
    meeting_id: int
    content: dict[str, object]
    written_at: datetime


class TextIsMissing(DomainError):
    code = "text_is_missing"
    sentence = N_("Skriv noe i feltet «%(field_name)s» før du lagrer.")


class TextIsTooLong(DomainError):
    code = "text_is_too_long"
    sentence = N_(
        "Teksten i feltet «%(field_name)s» har %(length)s tegn. Det er plass til %(limit)s. "
        "Kort den ned, eller legg resten i et vedlegg."
    )


class PeriodIsTurned(DomainError):
    code = "period_is_turned"
    field = "valid_to"
    sentence = N_("Sluttdatoen er før startdatoen. Rett en av dem.")


class LimitIsImpossible(DomainError):
    code = "limit_is_impossible"
    field = "limit"
    sentence = N_("Rammen må være mellom 0 og 10 milliarder kroner. Rett beløpet.")


class CaseIsWithdrawn(DomainError):
    code = "case_is_withdrawn"
    sentence = N_("%(reference)s er trukket og kan ikke avgjøres eller endres. Meld den som en ny sak.")


class CaseIsDecided(DomainError):
    code = "case_is_decided"
    sentence = N_("%(reference)s er avgjort. Skal noe endres, må det meldes som en ny sak.")


class CaseIsNotOnAgenda(DomainError):
    code = "case_is_not_on_agenda"
    sentence = N_("%(reference)s står ikke på sakslisten til noe møte. Sett den på en saksliste først.")


class CaseHasChanged(DomainError):
    code = "case_has_changed"
    sentence = N_(
        "Noen andre har lagret %(reference)s mens du skrev. Det du skrev står fortsatt i skjemaet. "
        "Se hva som er lagret, ta med det du vil beholde, og lagre på nytt."
    )


class MeetingHasChanged(DomainError):
    code = "meeting_has_changed"
    sentence = N_(
        "Noen andre har endret møtet mens du skrev. Det du fylte ut står fortsatt i skjemaet. "
        "Se over det, og lagre på nytt."
    )


class MeetingIsOfAnotherBody(DomainError):
    code = "meeting_is_of_another_body"
    sentence = N_("Møtet er for et annet organ enn saken. Velg et møte i %(body)s.")


class MeetingIsNotYet(DomainError):
    code = "meeting_is_not_yet"
    sentence = N_("Møtet er ikke før %(held_on)s. Vent til møtedagen, eller flytt møtet.")


class MinutesAreWritten(DomainError):
    code = "minutes_are_written"
    sentence = N_("Referatet fra møtet er skrevet og kan ikke endres. Sett saken på sakslisten til et nytt møte.")


class MinutesAreNotWritten(DomainError):
    code = "minutes_are_not_written"
    sentence = N_("Referatet fra møtet er ikke skrevet ennå.")


class PresenceIsMissing(DomainError):
    code = "presence_is_missing"
    sentence = N_("Før opp hvem som var til stede på møtet, og lag referatet etterpå.")


class SeatIsUnknown(DomainError):
    code = "seat_is_unknown"
    sentence = N_("En av dem du krysset av for, har ikke plass i organet lenger. Last siden på nytt og prøv igjen.")


class YouHaveNoSeat(DomainError):
    code = "you_have_no_seat"
    sentence = N_("Bare de som har plass i %(body)s, kan skrive sitt syn på saken.")
