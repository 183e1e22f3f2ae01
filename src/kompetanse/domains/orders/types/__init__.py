"""Ids, enums, rows and refusals of the orders. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.money import Money
from kompetanse.kernel.text_marker import N_

from .catalogue import OrderUnit as OrderUnit
from .catalogue import ServiceKind, ServiceRow, TermsRow
from .delivery import DeviationRow, LineRow, SeatName
from .guidelines import Route, Ruling
from .office import StaffRow, TimeRow

MOST_SEATS = 10_000


class OrderStatus(StrEnum):
    AT_FORUM = "at_forum"  # the forum decides before the office does
    PLACED = "placed"  # the office answers
    QUOTED = "quoted"  # the municipality answers
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    APPROVED = "approved"  # the municipality has approved the delivery
    CANCELLED = "cancelled"


# Nobody has said yes or no yet.
UNANSWERED = frozenset({OrderStatus.AT_FORUM, OrderStatus.PLACED, OrderStatus.QUOTED})
# Orders that bind the office to seats, now or when accepted.
STANDING = frozenset({*UNANSWERED, OrderStatus.ACCEPTED})
# Orders that were agreed: their seats count.
AGREED = frozenset({OrderStatus.ACCEPTED, OrderStatus.DELIVERED, OrderStatus.APPROVED})


@dataclass(frozen=True, slots=True)
class OrderRow:
    """A municipality's order: of seats on a measure, or of a service. `title` is in the reader's written form."""

    id: int
    tenant_id: int
    municipality: str
    region_id: int
    measure_id: int | None
    title_nb: str
    title_nn: str
    seats: int
    status: OrderStatus
    note: str
    placed_by: str
    placed_at: datetime
    decided_at: datetime | None
    reason: str
    kind: ServiceKind = ServiceKind.COURSE
    unit: OrderUnit = OrderUnit.SEAT
    quantity: int = 0
    due_on: date | None = None
    route: Route = Route.DIRECT
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
class Consequence:
    """What an order would mean, told before it is sent."""

    title: str
    quantity: int
    unit: OrderUnit
    total: Money
    is_estimate: bool  # the cost is shared afterwards; what stands here is its part of the budget
    minutes: int
    ruling: Ruling
    why: str  # the ruling's reason in the reader's written form
    starts_about: date | None
    due_on: date | None
    release_on: date | None
    terms: str


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order with its history, what was offered and agreed, and what the reader can do next."""

    order: OrderRow
    unit_name: str
    purchase_reference: str
    ruling: Ruling
    why: str
    guideline_number: int | None
    case_id: int | None
    case_reference: str
    case_is_open: bool
    terms: TermsRow | None  # what is offered now, or was agreed
    earlier: tuple[TermsRow, ...]
    lines: tuple[LineRow, ...]
    names: tuple[SeatName, ...]
    deviations: tuple[DeviationRow, ...]
    times: tuple[TimeRow, ...]
    staff: str
    staff_id: int | None
    staff_choices: tuple[StaffRow, ...]
    people: tuple[tuple[int, str], ...]  # who names can be chosen from
    starts_about: date | None
    release_on: date | None
    may: frozenset[str]

    @property
    def free_seats(self) -> int:
        return self.order.seats - len(self.names)

    @property
    def minutes_used(self) -> int:
        return sum(row.minutes for row in self.times)


@dataclass(frozen=True, slots=True)
class ServicePage:
    """A service, its versions, and for whom the reader may order it."""

    service: ServiceRow
    versions: tuple[ServiceRow, ...]
    municipalities: tuple[tuple[int, str], ...]
    units: tuple[tuple[int, str], ...]
    unit_tenants: tuple[tuple[int, int], ...]  # whose each of the units is
    may_edit: bool
    starts_about: date | None


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An order that somebody must do something about, and since when."""

    order: OrderRow
    since: date
    days: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class InboxPage:
    answer: tuple[InboxRow, ...]  # placed: the office answers
    forum: tuple[InboxRow, ...]  # waits for the forum, or for what it decided to be written in
    quoted: tuple[InboxRow, ...]  # the municipality answers; late where the quote has expired
    working: tuple[InboxRow, ...]  # agreed; late where its day is past
    approving: tuple[InboxRow, ...]  # delivered; the municipality approves
    on_measures: int  # agreed orders of seats on measures, which the courses deliver
    deviations: tuple[DeviationRow, ...]

    @property
    def late(self) -> int:
        every = (*self.answer, *self.forum, *self.quoted, *self.working, *self.approving)
        return sum(row.is_late for row in every) + sum(row.is_late for row in self.deviations)


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
