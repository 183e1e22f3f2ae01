"""The door of the orders."""

from __future__ import annotations

from .operations import accept_order, cancel_order, change_order, deliver_orders, place_order
from .permissions import Right
from .queries import (
    count_ordered_seats,
    count_seats_by_municipality,
    get_order,
    get_orders_page,
    list_orders,
    rights_on_order,
)

__all__ = [
    "Right",
    "accept_order",
    "cancel_order",
    "change_order",
    "count_ordered_seats",
    "count_seats_by_municipality",
    "deliver_orders",
    "get_order",
    "get_orders_page",
    "list_orders",
    "place_order",
    "rights_on_order",
]
