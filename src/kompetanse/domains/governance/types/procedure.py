"""Votes, attendance, papers and what follows a case: rows and refusals. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_


class AbsenceKind(StrEnum):
    AWAY = "away"  # out of the room
    PARTIAL = "partial"  # inhabil


class BallotStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class VoteChoice(StrEnum):
    FOR = "for"
    AGAINST = "against"
    BLANK = "blank"


class TaskOccasion(StrEnum):
    """What the owner of a task is written to about."""

    GIVEN = "given"
    NEAR = "near"
    LATE = "late"


class CaseField(StrEnum):
    """What two may write in at once during a meeting."""

    DISCUSSION = "discussion"
    DRAFT_DECISION = "draft_decision"


@dataclass(frozen=True, slots=True)
class SeatAt:
    """A seat as it stood at a case: who may vote, and if not, why not."""

    seat_id: int
    person_id: int
    name: str
    represents: str
    kind: str
    weight: int
    is_chair: bool
    is_present: bool
    is_member: bool  # its municipality is in the region, or it stands for none
    absence: AbsenceKind | None = None
    deputy_id: int | None = None
    deputy_name: str = ""
    deputy_person_id: int | None = None

    @property
    def acting_person(self) -> int | None:
        """Who speaks from the seat: the holder, or the deputy who sits there."""
        return self.deputy_person_id if self.deputy_id is not None else self.person_id

    @property
    def said(self) -> str:
        name = f"{self.deputy_name} (for {self.name})" if self.deputy_id is not None else self.name
        return f"{name}, {self.represents}" if self.represents else name


@dataclass(frozen=True, slots=True)
class VoteRow:
    seat_id: int
    name: str
    represents: str
    choice: VoteChoice
    weight: int
    is_chair: bool = False


@dataclass(frozen=True, slots=True)
class BallotRow:
    id: int
    question: str
    rule: str
    status: BallotStatus
    entitled: int
    votes: tuple[VoteRow, ...]
    in_favour: int
    against: int
    blank: int
    carried: bool | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a vote, in weights. `by_chair`: the votes were even, and the chair's decided."""

    in_favour: int
    against: int
    blank: int
    carried: bool
    by_chair: bool = False


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """An enclosure; `has_come` is False where it is to be sent later."""

    id: int
    number: int
    title: str
    name: str
    kind: str
    size: int
    sha256: str
    has_come: bool
    legal_ground: str


@dataclass(frozen=True, slots=True)
class DocumentFile:
    row: DocumentRow
    content: bytes


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A case before this one, and how far back: 1 is the nearest."""

    id: int
    reference: str
    title: str
    body_name: str
    step: int
    is_sent: bool  # sent on from there, not only named


@dataclass(frozen=True, slots=True)
class TaskRow:
    id: int
    what: str
    owner_id: int
    owner_name: str
    due_on: date
    is_late: bool
    done_at: datetime | None
    outcome: str
    case_id: int
    case_reference: str
    body_name: str
    may_finish: bool
    version: int


@dataclass(frozen=True, slots=True)
class GovernanceLetter:
    """A letter put into words here; kept and sent where letters are."""

    tenant_id: int
    person_id: int
    address: str
    language: str
    subject: str
    body: str
    cause: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    place: str
    name: str
    text: str
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class HearingRow:
    id: int
    case_id: int
    case_reference: str
    case_title: str
    question: str
    due_on: date
    is_open: bool
    answers: tuple[AnswerRow, ...]
    unanswered: tuple[str, ...]  # municipalities that have not answered for themselves
    places: tuple[tuple[str, str], ...]  # what the reader may answer for: (key, name)


@dataclass(frozen=True, slots=True)
class RoundRow:
    seat_id: int
    name: str
    represents: str
    text: str
    may_write: bool


class SeatHasNoVote(DomainError):
    code = "seat_has_no_vote"
    sentence = N_("%(name)s har ikke stemmerett i %(body)s. Synet kan føres i saken i stedet.")


class SeatIsOver(DomainError):
    code = "seat_is_over"
    sentence = N_("Du har ingen plass i %(body)s på møtedagen og kan ikke stemme. Er det feil, si fra til sekretæren.")


class MunicipalityHasLeft(DomainError):
    code = "municipality_has_left"
    sentence = N_("%(name)s representerer en kommune som ikke er med i regionen på møtedagen, og kan ikke stemme.")


class SeatIsPartial(DomainError):
    code = "seat_is_partial"
    sentence = N_("%(name)s er inhabil i %(reference)s og kan ikke stemme i saken.")


class SeatIsAway(DomainError):
    code = "seat_is_away"
    sentence = N_("%(name)s er ikke ført som til stede i %(reference)s. Rett oppmøtet før stemmen føres.")


class HasVoted(DomainError):
    code = "has_voted"
    sentence = N_("%(name)s har alt stemt. En stemme kan ikke endres; ta avstemningen på nytt om noe ble feil.")


class NoBallotIsOpen(DomainError):
    code = "no_ballot_is_open"
    sentence = N_("Det er ingen åpen avstemning i %(reference)s. Be møtelederen åpne den.")


class BallotIsOpen(DomainError):
    code = "ballot_is_open"
    sentence = N_("Det er alt en åpen avstemning i %(reference)s. Avslutt den først.")


class QuorumIsLacking(DomainError):
    code = "quorum_is_lacking"
    sentence = N_("%(present)s med stemmerett er til stede, og organet er vedtaksfør med %(quorum)s. Utsett saken.")


class DeputyCannotSit(DomainError):
    code = "deputy_cannot_sit"
    sentence = N_("En vara kan bare møte for én, og bare for en som har forfall. Rett oppmøtet.")


class FieldHasChanged(DomainError):
    """Two wrote in the same text: both are kept, `saved` and what the second wrote."""

    code = "field_has_changed"
    field = "text"
    sentence = N_(
        "Noen andre har skrevet i det samme feltet. Begge tekstene står under. Ta med det du vil, og lagre igjen."
    )

    def __init__(self, *, saved: str, seen: str) -> None:
        super().__init__()
        self.saved, self.seen = saved, seen


class DocumentIsThere(DomainError):
    code = "case_document_is_there"
    field = "file"
    sentence = N_("Vedlegget er alt lagt ved. Skal det rettes, legg ved et nytt med egen tittel.")


class OrderIsIncomplete(DomainError):
    code = "order_is_incomplete"
    sentence = N_("Sakslisten har endret seg siden du åpnet siden. Last siden på nytt og sett rekkefølgen en gang til.")


class NoBodyAbove(DomainError):
    code = "no_body_above"
    sentence = N_("Det er ikke satt opp noe organ over %(body)s. Be den som styrer regionens organer om å gjøre det.")


class CaseIsSentOn(DomainError):
    code = "case_is_sent_on"
    sentence = N_("%(reference)s er alt sendt videre til %(body)s.")


class CaseIsNotDecided(DomainError):
    code = "case_is_not_decided"
    sentence = N_("%(reference)s er ikke avgjort. Før vedtaket først, og send saken videre etterpå.")


class DayIsPast(DomainError):
    code = "day_is_past"
    field = "due_on"
    sentence = N_("Fristen må være i dag eller senere. Velg en annen dag.")


class DeadlineIsAfterMeeting(DomainError):
    code = "deadline_is_after_meeting"
    field = "papers_due"
    sentence = N_("Fristen for å melde saker må være før eller på møtedagen. Rett en av datoene.")


class OwnerHasNoSeat(DomainError):
    code = "owner_has_no_seat"
    field = "seat_id"
    sentence = N_("Den du valgte har ingen plass i %(body)s. Velg en av dem på listen.")


class TaskIsDone(DomainError):
    code = "task_is_done"
    sentence = N_("Oppgaven er alt meldt utført. Last siden på nytt for å se hva som kom ut av den.")


class HearingIsOver(DomainError):
    code = "hearing_is_over"
    sentence = N_("Høringsfristen gikk ut %(due_on)s, eller saken er avgjort. Ta kontakt med sekretæren for organet.")


class HearingIsThere(DomainError):
    code = "hearing_is_there"
    sentence = N_("%(reference)s er alt sendt på høring. Svarene står på saken.")


class PlaceIsNotYours(DomainError):
    code = "place_is_not_yours"
    field = "place"
    sentence = N_("Du kan bare svare for steder du leder eller kommunen din. Velg et av stedene på listen.")
