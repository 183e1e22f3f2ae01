"""Decisions about orders as pure functions."""

from __future__ import annotations

from datetime import date, timedelta

from kompetanse.domains.orders.types import MOST_SEATS, OrderStatus, SeatsOutOfRange
from kompetanse.domains.orders.types.catalogue import (
    MAY_ORDER,
    MOST_DAYS,
    MOST_MINUTES,
    MOST_ORE,
    MOST_QUANTITY,
    TEXT_LENGTH,
    TITLE_LENGTH,
    DaysAreOutOfRange,
    HoursAreOutOfRange,
    LimitsAreTurned,
    PriceIsOutOfRange,
    QuantityOutOfRange,
    ServiceInput,
    ServiceIsIncomplete,
    ServiceTextIsTooLong,
)
from kompetanse.domains.plans.types import MeasureStatus

OPEN_MEASURES = frozenset({MeasureStatus.PLANNED, MeasureStatus.ORDERED, MeasureStatus.RUNNING})
ANSWER_DAYS = 10  # how long an order may wait for somebody before it is late

_NEXT = {
    OrderStatus.AT_FORUM: {OrderStatus.PLACED, OrderStatus.CANCELLED},
    OrderStatus.PLACED: {OrderStatus.QUOTED, OrderStatus.ACCEPTED, OrderStatus.CANCELLED},
    OrderStatus.QUOTED: {OrderStatus.QUOTED, OrderStatus.PLACED, OrderStatus.ACCEPTED, OrderStatus.CANCELLED},
    OrderStatus.ACCEPTED: {OrderStatus.DELIVERED, OrderStatus.CANCELLED},
    OrderStatus.DELIVERED: {OrderStatus.APPROVED},
}


def check_seats(seats: int) -> int:
    """The number of seats, if it makes sense. Raises SeatsOutOfRange."""
    if not 1 <= seats <= MOST_SEATS:
        raise SeatsOutOfRange(most=MOST_SEATS)
    return seats


def check_quantity(quantity: int, least: int, most: int) -> int:
    """The quantity, if the service can be ordered in it. Raises QuantityOutOfRange."""
    if not least <= quantity <= most:
        raise QuantityOutOfRange(least=least, most=most)
    return quantity


def check_price(ore: int) -> int:
    """Raises PriceIsOutOfRange."""
    if not 0 <= ore <= MOST_ORE:
        raise PriceIsOutOfRange()
    return ore


def check_minutes(minutes: int) -> int:
    """Raises HoursAreOutOfRange."""
    if not 0 <= minutes <= MOST_MINUTES:
        raise HoursAreOutOfRange(most=MOST_MINUTES // 60)
    return minutes


def check_days(days: int) -> int:
    """Raises DaysAreOutOfRange."""
    if not 1 <= days <= MOST_DAYS:
        raise DaysAreOutOfRange(most=MOST_DAYS)
    return days


def check_service(told: ServiceInput) -> ServiceInput:
    """A version of a service, if it makes sense.

    Raises ServiceIsIncomplete, ServiceTextIsTooLong, LimitsAreTurned, PriceIsOutOfRange, HoursAreOutOfRange or
    DaysAreOutOfRange.
    """
    if not told.title_nb.strip() or not told.roles or not set(told.roles) <= set(MAY_ORDER):
        raise ServiceIsIncomplete()
    titles = (told.title_nb, told.title_nn)
    texts = (told.description_nb, told.description_nn, told.terms_nb, told.terms_nn)
    for limit, given in ((TITLE_LENGTH, titles), (TEXT_LENGTH, texts)):
        for text in given:
            if len(text.strip()) > limit:
                raise ServiceTextIsTooLong(length=len(text.strip()), limit=limit)
    if not 1 <= told.least <= told.most <= MOST_QUANTITY:
        raise LimitsAreTurned(least=max(told.least, 1), limit=MOST_QUANTITY)
    check_price(told.price_each.ore)
    check_minutes(told.minutes_each)
    check_days(told.days_expected)
    if told.release_days is not None and not 0 <= told.release_days <= MOST_DAYS:
        raise DaysAreOutOfRange(most=MOST_DAYS)
    return told


def can_be_ordered(measure_status: MeasureStatus) -> bool:
    return measure_status in OPEN_MEASURES


def can_become(now: OrderStatus, then: OrderStatus) -> bool:
    """The order's way: the forum where it must, the office, a quote where there is one, agreed, delivered, approved;
    cancelled on the way."""
    return then in _NEXT.get(now, set())


def release_day(due_on: date | None, release_days: int | None) -> date | None:
    """The last day seats can be handed back; None where nothing is said, or there is no day to count from."""
    if due_on is None or release_days is None:
        return None
    return due_on - timedelta(days=release_days)


def share_of_budget(budget_ore: int, seats_planned: int, seats: int) -> int:
    """What an order of seats is thought to cost of a measure's budget, in whole øre; the settlement says the rest."""
    if seats_planned <= 0:
        return 0
    return min(budget_ore, budget_ore * seats // seats_planned)
