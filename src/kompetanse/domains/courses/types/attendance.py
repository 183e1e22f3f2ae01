"""Attendance: parts of a session, how it was told, what is enough, rows and refusals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

from .signups import SignupStatus


class Part(StrEnum):
    """How much of a session somebody was there for."""

    NONE = "none"
    PART = "part"
    WHOLE = "whole"


class How(StrEnum):
    """How it was told that somebody was there."""

    LIST = "list"  # the whole run ticked off from the list
    QR = "qr"  # by the participant, with the code shown in the room
    TRAINER = "trainer"  # by the trainer, through a signed link
    OFFICE = "office"


class Basis(StrEnum):
    """What the share of a run is reckoned in."""

    SESSIONS = "sessions"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Enough:
    """How much of a run gives its competence. What a run has when nobody has said otherwise: all of it."""

    basis: Basis = Basis.SESSIONS
    percent: int = 100


@dataclass(frozen=True, slots=True)
class Stretch:
    """A session as attendance reckons: its id and how long it is."""

    id: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Presence:
    """What is told of somebody at a session."""

    part: Part
    minutes: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody was there, or not. `minutes` of a part; None is half. `key` is told once however often it is sent.

    `at` is when it happened, where that is another time than when it is told.
    """

    signup_id: int
    part: Part
    minutes: int | None = None
    key: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to what a run asks for: what is told so far, and whether that is enough."""

    minutes: int
    of_minutes: int
    sessions: int
    of_sessions: int
    enough: bool
    untold: int


@dataclass(frozen=True, slots=True)
class PresenceRow:
    """A participant at one session. `part` is None where nothing is told; the rest tells who told it last."""

    signup_id: int
    name: str
    municipality: str
    status: SignupStatus
    part: Part | None
    minutes: int
    how: How | None
    told_at: datetime | None
    told_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class SessionSheet:
    """A session with its participants, for the one who takes attendance."""

    session_id: int
    run_id: int
    run_title: str
    number: int
    of: int
    title: str
    starts_at: datetime
    ends_at: datetime
    minutes: int
    held: bool
    has_begun: bool
    people: tuple[PresenceRow, ...]


@dataclass(frozen=True, slots=True)
class RoomCode:
    """A session, and the code to show in the room just now."""

    sheet: SessionSheet
    code: str


@dataclass(frozen=True, slots=True)
class TrainerLinkOpen:
    """What a trainer's link leads to: the list, until when, and the code to show in the room just now."""

    sheet: SessionSheet
    expires_at: datetime
    code: str


@dataclass(frozen=True, slots=True)
class PersonSheet:
    """A participant over a whole run: what is told session by session, and how it stands."""

    signup_id: int
    name: str
    municipality: str
    status: SignupStatus
    told: tuple[Part | None, ...]
    standing: Standing
    evidence_id: int | None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A trainer's link: to one session, until a moment, perhaps taken back."""

    id: int
    session_number: int
    trainer: str
    expires_at: datetime
    revoked_at: datetime | None
    made_by: str
    open: bool


@dataclass(frozen=True, slots=True)
class RunSheet:
    """A run's attendance as the office sees it."""

    sessions: tuple[tuple[int, int, datetime], ...]  # id, number, start
    enough: Enough
    people: tuple[PersonSheet, ...]
    links: tuple[LinkRow, ...]


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session as its participant meets it on the phone: no other person is in it."""

    session_id: int
    run_id: int
    run_title: str
    number: int
    of: int
    starts_at: datetime
    ends_at: datetime
    place: str
    on_the_list: bool
    part: Part | None
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sent:
    """One registration as a phone sends it: the participant's has a code, the trainer's a sign-up and a part."""

    key: str
    at: datetime
    code: str = ""
    signup_id: int | None = None
    part: Part = Part.WHOLE
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one registration: kept, or refused with a sentence (a message id with its places)."""

    key: str
    refusal: DomainError | None = None


class SessionHasNotBegun(DomainError):
    code = "session_has_not_begun"
    sentence = N_("Oppmøtet kan føres fra en time før samlingen begynner, %(when)s. Prøv igjen da.")


class NotOnThisList(DomainError):
    code = "not_on_this_list"
    sentence = N_(
        "Du står ikke på deltakerlisten for denne samlingen. Si fra til kurslederen, så kan kurskontoret "
        "føre deg opp. Ingenting er lagret."
    )


class CodeIsWrong(DomainError):
    code = "code_is_wrong"
    field = "code"
    sentence = N_("Koden stemmer ikke med den som ble vist i rommet da. Se på skjermen i rommet og skriv den på nytt.")


class ToldOtherwise(DomainError):
    code = "told_otherwise"
    sentence = N_("Oppmøtet ditt er allerede ført, og på en annen måte. Si fra til kurskontoret hvis det er feil.")


class AttendanceIsFinished(DomainError):
    code = "attendance_is_finished"
    sentence = N_("Oppmøtet på kurset er ført ferdig. Si fra til kurskontoret, som kan rette det.")


class MinutesAreWrong(DomainError):
    code = "minutes_are_wrong"
    sentence = N_("Minuttene må være flere enn null og færre enn hele samlingen, som varer %(minutes)s minutter.")


class EnoughIsWrong(DomainError):
    code = "enough_is_wrong"
    field = "percent"
    sentence = N_("Kravet til oppmøte må være mellom 1 og 100 prosent.")


class LinkDoesNotOpen(DomainError):
    """Forged, run out, taken back: the one who holds it is told the same, and what to do."""

    code = "link_does_not_open"
    sentence = N_("Lenken gjelder ikke lenger. Be kurskontoret om en ny.")


class LinkEndsTooLate(DomainError):
    code = "link_ends_too_late"
    field = "days"
    sentence = N_("Lenken kan gjelde i høyst 14 dager etter samlingen.")


class WalkInNeedsReason(DomainError):
    code = "walk_in_needs_reason"
    field = "reason"
    sentence = N_("Skriv kort hvorfor personen føres opp uten påmelding.")


class NotUnderstood(DomainError):
    """What a phone sent is not what phones send."""

    code = "not_understood"
    sentence = N_("Registreringen kunne ikke leses. Last siden på nytt og registrer en gang til.")
