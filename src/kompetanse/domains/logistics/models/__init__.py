from __future__ import annotations

from .bookings import Booking, Catering
from .needs import ParticipantNeed
from .resources import Availability, OpeningHours, Resource, Room, Trainer

__all__ = ["Availability", "Booking", "Catering", "OpeningHours", "ParticipantNeed", "Resource", "Room", "Trainer"]
