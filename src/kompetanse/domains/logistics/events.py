"""What has happened to rooms, trainers, things and bookings, in the past tense. Nothing tells what somebody needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kompetanse.foundation.operation import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceAdded(Event):
    resource_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceChanged(Event):
    resource_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceRetired(Event):
    resource_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceBooked(Event):
    """`run_id` where it is for a run."""

    resource_id: int
    booking_id: int
    run_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingMoved(Event):
    resource_id: int
    booking_id: int
    begins: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingFreed(Event):
    resource_id: int
    booking_id: int
    run_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CateringOrdered(Event):
    run_id: int
    session_id: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CateringCancelled(Event):
    run_id: int
    session_id: int
