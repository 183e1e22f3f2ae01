"""Decisions about orders as pure functions."""

from __future__ import annotations

from kompetanse.domains.plans.types import MeasureStatus

from .types import MOST_SEATS, OrderStatus, SeatsOutOfRange

OPEN_MEASURES = frozenset({MeasureStatus.PLANNED, MeasureStatus.ORDERED, MeasureStatus.RUNNING})


def check_seats(seats: int) -> int:
    """The number of seats, if it makes sense. Raises SeatsOutOfRange."""
    if not 1 <= seats <= MOST_SEATS:
        raise SeatsOutOfRange(most=MOST_SEATS)
    return seats


def can_be_ordered(measure_status: MeasureStatus) -> bool:
    return measure_status in OPEN_MEASURES


def can_become(now: OrderStatus, then: OrderStatus) -> bool:
    """The order's way: placed, accepted, delivered; cancelled on the way."""
    return then in {
        OrderStatus.PLACED: {OrderStatus.ACCEPTED, OrderStatus.CANCELLED},
        OrderStatus.ACCEPTED: {OrderStatus.DELIVERED, OrderStatus.CANCELLED},
    }.get(now, set())
