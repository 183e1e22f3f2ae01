"""Ids, enums, rows and refusals of the orders. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

MOST_SEATS = 10_000


class OrderStatus(StrEnum):
    PLACED = "placed"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


# Orders that bind the office to seats, now or when accepted.
STANDING = frozenset({OrderStatus.PLACED, OrderStatus.ACCEPTED})


@dataclass(frozen=True, slots=True)
class OrderRow:
    """A municipality's order of seats on a measure. `title` is in the reader's written form."""

    id: int
    tenant_id: int
    municipality: str
    region_id: int
    measure_id: int
    title_nb: str
    title_nn: str
    seats: int
    status: OrderStatus
    note: str
    placed_by: str
    placed_at: datetime
    decided_at: datetime | None
    reason: str
    title: str = ""

    @property
    def reference(self) -> str:
        return f"BESTILLING-{self.id}"

    @property
    def is_placed(self) -> bool:
        return self.status is OrderStatus.PLACED

    @property
    def is_standing(self) -> bool:
        return self.status in STANDING


@dataclass(frozen=True, slots=True)
class MeasureChoice:
    """A measure that can be ordered; `ordered` counts the seats of standing orders in sight."""

    id: int
    title: str
    year: int
    seats_planned: int
    ordered: int


@dataclass(frozen=True, slots=True)
class OrdersPage:
    """Orders in sight, what can be ordered, and for whom the reader may order (tenant id, name)."""

    orders: tuple[OrderRow, ...]
    measures: tuple[MeasureChoice, ...]
    municipalities: tuple[tuple[int, str], ...]
    may_accept: bool

    @property
    def waiting(self) -> int:
        return sum(order.is_placed for order in self.orders)


class PlanIsNotAdopted(DomainError):
    code = "plan_is_not_adopted"
    sentence = N_("Tiltaket kan bestilles når handlingsplanen er vedtatt. Planen er ikke vedtatt ennå.")


class MeasureIsClosed(DomainError):
    code = "measure_is_closed"
    sentence = N_("Tiltaket er gjennomført eller avlyst og kan ikke bestilles lenger. Velg et annet tiltak.")


class SeatsOutOfRange(DomainError):
    code = "seats_out_of_range"
    field = "seats"
    sentence = N_("Antall plasser må være mellom 1 og %(most)s. Rett tallet og send en gang til.")


class OrderStandsAlready(DomainError):
    code = "order_stands_already"
    sentence = N_(
        "Kommunen har allerede en bestilling på dette tiltaket som ikke er godtatt ennå. Endre antallet i den i stedet."
    )


class OrderIsNotOpen(DomainError):
    code = "order_is_not_open"
    sentence = N_(
        "Bestillingen er allerede godtatt, levert eller avlyst, så den kan ikke endres. "
        "Bestill flere plasser på nytt, eller ta kontakt med kurskontoret."
    )


class OrderCannotBeCancelled(DomainError):
    code = "order_cannot_be_cancelled"
    sentence = N_("Bestillingen er allerede levert eller avlyst, så det er ikke noe å avlyse.")


class ReasonIsMissing(DomainError):
    code = "reason_is_missing"
    field = "reason"
    sentence = N_("Skriv kort hvorfor bestillingen avlyses, så kommunen og kurskontoret kan lese det senere.")
