"""What can be asked of rooms, trainers, things, bookings and needs."""

from __future__ import annotations

from .bookings import get_calendar, list_bookings
from .needs import get_needs, get_own_needs, list_catering
from .resources import get_equipment, get_resource, get_rooms, get_trainers, list_rooms
from .suggesting import suggest

__all__ = [
    "get_calendar",
    "get_equipment",
    "get_needs",
    "get_own_needs",
    "get_resource",
    "get_rooms",
    "get_trainers",
    "list_bookings",
    "list_catering",
    "list_rooms",
    "suggest",
]
