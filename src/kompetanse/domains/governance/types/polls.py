"""Asking when a body can meet: rows and refusals. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

MOST_DATES = 12


class PollStatus(StrEnum):
    OPEN = "open"
    CHOSEN = "chosen"
    DROPPED = "dropped"


class PollChoice(StrEnum):
    CAN = "can"
    IF_NEEDED = "if_needed"
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True)
class PollSeat:
    """A seat that is asked; `counts` says whether it counts for the quorum."""

    seat_id: int
    name: str
    represents: str
    counts: bool
    answers: dict[int, PollChoice]  # date's id to answer

    @property
    def has_answered(self) -> bool:
        return bool(self.answers)


@dataclass(frozen=True, slots=True)
class PollDateRow:
    """A proposed day with what was answered. `is_quorate`: enough of those who count can, if need be."""

    id: int
    held_on: date
    starts_at: time | None
    can: int
    if_needed: int
    cannot: int
    is_quorate: bool
    is_best: bool = False


@dataclass(frozen=True, slots=True)
class PollRow:
    id: int
    tenant_id: int
    body_id: int
    body_name: str
    answers_due: date
    status: PollStatus
    meeting_id: int | None
    is_late: bool
    has_answered: bool  # the reader


@dataclass(frozen=True, slots=True)
class PollPage:
    poll: PollRow
    place: str
    note: str
    quorum: int
    dates: tuple[PollDateRow, ...]
    seats: tuple[PollSeat, ...]
    own_seat_id: int | None
    may_choose: bool

    @property
    def is_open(self) -> bool:
        return self.poll.status is PollStatus.OPEN

    @property
    def own(self) -> PollSeat | None:
        return next((seat for seat in self.seats if seat.seat_id == self.own_seat_id), None)

    @property
    def unanswered(self) -> tuple[PollSeat, ...]:
        return tuple(seat for seat in self.seats if not seat.has_answered)


class PollNeedsDates(DomainError):
    code = "poll_needs_dates"
    field = "dates"
    sentence = N_("Foreslå mellom to og tolv ulike tidspunkt, alle etter svarfristen. Rett listen.")


class PollIsClosed(DomainError):
    code = "poll_is_closed"
    sentence = N_("Møtedatoen er alt bestemt, eller spørsmålet er trukket. Last siden på nytt.")


class PollDateIsUnknown(DomainError):
    code = "poll_date_is_unknown"
    sentence = N_("Tidspunktet er ikke blant dem det spørres om. Last siden på nytt og velg et av dem på listen.")


class PollHasNoSeat(DomainError):
    code = "poll_has_no_seat"
    sentence = N_("Bare de som har plass i %(body)s, kan svare. Er det feil, si fra til sekretæren.")


class NoticeIsShort(DomainError):
    code = "notice_is_short"
    field = "short_notice"
    sentence = N_(
        "%(body)s skal kalles inn minst %(days)s dager før møtet. Velg en senere dag, eller skriv hvorfor fristen er "
        "kortere."
    )


class NumbersAreDrawn(DomainError):
    code = "numbers_are_drawn"
    field = "last"
    sentence = N_("%(body)s har alt saker med nummer i %(year)s. Nummereringen kan bare settes før årets første sak.")


class NumberIsImpossible(DomainError):
    code = "number_is_impossible"
    field = "last"
    sentence = N_("Siste brukte saksnummer må være mellom 0 og 9999. Rett tallet.")
