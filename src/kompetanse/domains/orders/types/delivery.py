"""The order's way after it is placed: what happened, names on seats, deviations. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_


class LineKind(StrEnum):
    """What has happened in an order."""

    PLACED = "placed"
    CHANGED = "changed"
    CASE_MADE = "case_made"
    FORUM_YES = "forum_yes"
    FORUM_NO = "forum_no"
    QUOTED = "quoted"
    QUOTE_ACCEPTED = "quote_accepted"
    QUOTE_DECLINED = "quote_declined"
    ACCEPTED = "accepted"
    ASSIGNED = "assigned"
    NAMED = "named"
    NAME_REMOVED = "name_removed"
    HANDED_BACK = "handed_back"
    DELIVERED = "delivered"
    APPROVED = "approved"
    DEVIATION = "deviation"
    DEVIATION_FOLLOWED = "deviation_followed"
    DEVIATION_CLOSED = "deviation_closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class LineRow:
    kind: LineKind
    count: int | None
    text: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SeatName:
    """A name put on a seat."""

    id: int
    number: int
    employee_id: int
    name: str


@dataclass(frozen=True, slots=True)
class DeviationRow:
    """Something in a delivery that was not as agreed."""

    id: int
    order_id: int
    order_title: str
    municipality: str
    text: str
    noted_by: str
    noted_at: datetime
    owner: str
    due_on: date | None
    closed_at: datetime | None
    outcome: str
    is_late: bool

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def order_reference(self) -> str:
        return f"BESTILLING-{self.order_id}"


class QuoteIsAnswered(DomainError):
    code = "quote_is_answered"
    sentence = N_(
        "Tilbudet er allerede besvart, eller bestillingen er avlyst. Last siden på nytt for å se hva som gjelder."
    )


class QuoteIsReplaced(DomainError):
    code = "quote_is_replaced"
    sentence = N_("Kurskontoret har sendt et nytt tilbud mens du leste. Les det nye tilbudet og svar på det.")


class QuoteHasExpired(DomainError):
    code = "quote_has_expired"
    sentence = N_("Tilbudet gjaldt til og med %(expires_on)s og kan ikke godtas lenger. Be kurskontoret om et nytt.")


class QuoteDayIsPast(DomainError):
    code = "quote_day_is_past"
    field = "expires_on"
    sentence = N_("Tilbudet må gjelde minst til i dag. Velg en senere dag.")


class ReferenceIsMissing(DomainError):
    code = "reference_is_missing"
    field = "purchase_reference"
    sentence = N_(
        "Skriv kommunens bestillingsreferanse (for eksempel innkjøpsnummer eller ansvar og tjeneste), "
        "så fakturaen finner fram."
    )


class OrderWaitsForForum(DomainError):
    code = "order_waits_for_forum"
    sentence = N_("Bestillingen skal avgjøres av forumet først. Før inn forumets svar når saken er behandlet.")


class OrderIsNotAtForum(DomainError):
    code = "order_is_not_at_forum"
    sentence = N_("Bestillingen venter ikke på forumet. Last siden på nytt for å se hvor den er.")


class ForumIsMissing(DomainError):
    code = "forum_is_missing"
    sentence = N_("Regionen har ikke noe kompetanseforum ennå. Opprett det først, så kan bestillingen legges fram.")


class CaseIsNotAnswered(DomainError):
    code = "case_is_not_answered"
    sentence = N_("%(reference)s er ikke avgjort ennå. Svaret kan føres når forumet har vedtatt.")


class OrderIsNotAgreed(DomainError):
    code = "order_is_not_agreed"
    sentence = N_("Dette kan gjøres når bestillingen er godtatt og ikke levert ennå. Se på siden hvor den er.")


class OrderIsNotDelivered(DomainError):
    code = "order_is_not_delivered"
    sentence = N_("Leveringen kan godkjennes når kurskontoret har meldt bestillingen levert.")


class OrderHasNoSeats(DomainError):
    code = "order_has_no_seats"
    sentence = N_("Bestillingen gjelder ikke plasser, så det er ingen plasser å sette navn på eller levere tilbake.")


class TooManyNames(DomainError):
    code = "too_many_names"
    sentence = N_(
        "Det er %(free)s ledige plasser igjen i bestillingen, og du valgte %(chosen)s navn. "
        "Ingen navn er satt på. Velg færre, eller bestill flere plasser."
    )


class NameIsUnknown(DomainError):
    code = "name_is_unknown"
    sentence = N_("En av dem du valgte, er ikke ansatt i kommunen som har bestilt. Velg på nytt fra lista.")


class NameIsOnAlready(DomainError):
    code = "name_is_on_already"
    sentence = N_("%(name)s har allerede en plass i denne bestillingen. Velg en annen.")


class ReleaseIsPast(DomainError):
    code = "release_is_past"
    sentence = N_(
        "Plassene kunne leveres tilbake til og med %(release_on)s. Etter det må dere ta kontakt med kurskontoret."
    )


class HandBackIsTooMuch(DomainError):
    code = "hand_back_is_too_much"
    field = "count"
    sentence = N_(
        "Det er %(free)s plasser uten navn som kan leveres tilbake. Ta av navn først hvis det skal være flere. "
        "Skal alle plassene leveres tilbake, avlyser du bestillingen."
    )


class DeviationTextIsMissing(DomainError):
    code = "deviation_text_is_missing"
    field = "text"
    sentence = N_("Skriv hva som ikke ble som avtalt, så det kan følges opp.")


class DeviationIsClosed(DomainError):
    code = "deviation_is_closed"
    sentence = N_("Avviket er allerede lukket. Meld et nytt avvik hvis det ikke er i orden.")


class DeviationDueIsPast(DomainError):
    code = "deviation_due_is_past"
    field = "due_on"
    sentence = N_("Fristen kan ikke være tilbake i tid. Velg en dag fra og med i dag.")


class DeviationNeedsOwner(DomainError):
    code = "deviation_needs_owner"
    sentence = N_("Velg hvem på kurskontoret som følger opp avviket, før det lukkes.")


class DeviationIsOpen(DomainError):
    code = "deviation_is_open"
    sentence = N_("Bestillingen har et avvik som ikke er lukket. Leveringen kan godkjennes når det er fulgt opp.")
