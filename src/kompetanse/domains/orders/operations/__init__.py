"""What can be done to orders, the catalogue, the guidelines and the office's time."""

from __future__ import annotations

from .answering import accept_order, accept_quote, assign_order, cancel_order, decline_quote, send_quote
from .catalogue import publish_service, retire_service, set_guideline
from .delivering import (
    approve_delivery,
    close_deviation,
    deliver_order,
    deliver_orders,
    follow_deviation,
    note_order_deviation,
)
from .forum import bring_to_forum, note_forum_answer
from .office import set_staff, take_back_time, write_time
from .placing import change_order, order_service, place_order
from .seats import allocate_seats, hand_back_seats, take_off_name

__all__ = [
    "accept_order",
    "accept_quote",
    "allocate_seats",
    "approve_delivery",
    "assign_order",
    "bring_to_forum",
    "cancel_order",
    "change_order",
    "close_deviation",
    "decline_quote",
    "deliver_order",
    "deliver_orders",
    "follow_deviation",
    "hand_back_seats",
    "note_forum_answer",
    "note_order_deviation",
    "order_service",
    "place_order",
    "publish_service",
    "retire_service",
    "send_quote",
    "set_guideline",
    "set_staff",
    "take_back_time",
    "take_off_name",
    "write_time",
]
