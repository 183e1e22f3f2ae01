"""How seats are given out: the declared policy, decisions, offers and interest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

from .signups import SignupRow, SignupStatus


class SeatAct(StrEnum):
    """What led to a decision on a seat."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    EXPIRED = "expired"
    PLACED = "placed"  # the office, or as a substitute
    CHAIRS = "chairs"  # the run's seats or rules
    CANCELLED = "cancelled"


class InterestStatus(StrEnum):
    WAITING = "waiting"
    SIGNED_UP = "signed_up"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class PolicyInput:
    """What the office declares for a run. Days and hours as numbers; None: kept to the deadline, seats given."""

    release_on: date | None = None
    office_seats: int = 0
    statutory_first: bool = False
    needs_approval: bool = True
    offer_days: int | None = None
    offer_hours: int = 48
    pass_up_days: int = 3


USUAL = PolicyInput()


@dataclass(frozen=True, slots=True)
class Placed:
    """What a sign-up led to."""

    signup_id: int
    status: SignupStatus
    place: int | None = None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision in a person's history: when, what it made of the sign-up, by which rule and numbers."""

    step: int
    act: str
    status: str
    place: int | None
    rule: str
    taken: int | None
    open: int | None  # seats free to anybody
    left: int | None
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class WhyPage:
    """Why a person stands where they stand: in words and numbers, and nobody else's name."""

    signup: SignupRow
    sentences: tuple[str, ...]
    decisions: tuple[DecisionRow, ...]
    max_seats: int
    waiting: int


@dataclass(frozen=True, slots=True)
class InterestRow:
    """An interest as the person and the office see it. `number` from 1 among those who wait for the measure."""

    id: int
    tenant_id: int
    measure_id: int
    measure_title: str
    employee_id: int
    name: str
    number: int
    told_at: datetime


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to think of before a person is signed up; it stops nobody."""

    employee_id: int
    sentence: str
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A line of a pasted list: what was written, who it is, and what is wrong or worth knowing."""

    line: int
    text: str
    employee_id: int | None
    name: str
    fault: str
    warnings: tuple[str, ...] = ()


class OfficeSeatsDoNotFit(DomainError):
    code = "office_seats_do_not_fit"
    field = "office_seats"
    sentence = N_(
        "Kontoret kan holde av høyst %(most)s plasser her, for %(taken)s av %(seats)s er tatt. Sett et lavere tall."
    )


class ReleaseIsAfterStart(DomainError):
    code = "release_is_after_start"
    field = "release_on"
    sentence = N_("Plassene må slippes senest den dagen kurset begynner. Velg en tidligere dag.")


class NoOfficeSeat(DomainError):
    code = "no_office_seat"
    sentence = N_("Kontoret holder ikke av flere plasser på dette kurset. Hold av en plass først, under «Fordeling».")


class DoesNotWait(DomainError):
    code = "does_not_wait"
    sentence = N_("Personen står ikke på ventelisten. Last siden på nytt for å se hva som gjelder.")


class NoOffer(DomainError):
    code = "no_offer"
    sentence = N_("Tilbudet gjelder ikke lenger. Se «Mine kurs» for hvordan påmeldingen din står nå.")


class AnotherMeasure(DomainError):
    code = "another_measure"
    sentence = N_("Det går bare an å flytte til en annen gjennomføring av det samme kurset. Velg en av dem.")


class AlreadyInterested(DomainError):
    code = "already_interested"
    sentence = N_("Interessen er allerede registrert. Du blir meldt på når kurset får en dato.")


class HasNoInterest(DomainError):
    code = "has_no_interest"
    sentence = N_("Interessen er allerede trukket, eller den har blitt til en påmelding. Se «Mine kurs».")


class SubstituteFromElsewhere(DomainError):
    code = "substitute_from_elsewhere"
    sentence = N_("Den som overtar plassen, må arbeide i samme kommune. Velg en annen, eller meld av i stedet.")


class SubstituteLacks(DomainError):
    code = "substitute_lacks"
    sentence = N_(
        "%(name)s kan ikke overta plassen, for kurset krever %(what)s. Velg en annen, eller meld av i stedet."
    )


class NobodyToReplace(DomainError):
    code = "nobody_to_replace"
    sentence = N_("Bare en plass som er gitt, kan overtas av en annen. Last siden på nytt for å se hva som gjelder.")


class GroupIsTooSmall(DomainError):
    code = "group_is_too_small"
    sentence = N_("En gruppe er minst to personer som ikke er påmeldt fra før. Velg flere, eller meld på uten gruppe.")


class GroupIsTooLarge(DomainError):
    code = "group_is_too_large"
    sentence = N_("Gruppen er på %(people)s, men kurset har %(seats)s plasser. Del gruppen, eller meld på uten gruppe.")
