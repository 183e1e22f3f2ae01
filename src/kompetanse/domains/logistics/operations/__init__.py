"""What can be done: write down what there is, book it, and make ready for those who come."""

from __future__ import annotations

from .bookings import block, book, book_pieces, free, free_run, move_booking, move_sessions
from .needs import cancel_catering, follow_run, forget_needs, order_catering, tell_needs
from .resources import (
    add_equipment,
    add_room,
    add_trainer,
    change_room,
    change_trainer,
    retire,
    set_availability,
    set_hours,
)

__all__ = [
    "add_equipment",
    "add_room",
    "add_trainer",
    "block",
    "book",
    "book_pieces",
    "cancel_catering",
    "change_room",
    "change_trainer",
    "follow_run",
    "forget_needs",
    "free",
    "free_run",
    "move_booking",
    "move_sessions",
    "order_catering",
    "retire",
    "set_availability",
    "set_hours",
    "tell_needs",
]
