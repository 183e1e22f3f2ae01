"""What has happened to orders and to what can be ordered, in the past tense.

`tenant_id` is the municipality that ordered; the region where it is the office's catalogue, rules or people.
`measure_id` is None where a service was ordered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kompetanse.foundation.operation import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaced(Event):
    order_id: int
    region_id: int
    measure_id: int | None
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChanged(Event):
    order_id: int
    measure_id: int | None
    seats: int
    seats_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumAsked(Event):
    """The guidelines say that the forum decides this order."""

    order_id: int
    region_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCaseMade(Event):
    order_id: int
    case_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumAnswered(Event):
    order_id: int
    case_id: int
    is_approved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteSent(Event):
    order_id: int
    total_ore: int
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteDeclined(Event):
    order_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteAccepted(Event):
    order_id: int
    total_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAccepted(Event):
    order_id: int
    region_id: int
    measure_id: int | None
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAssigned(Event):
    order_id: int
    staff_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsNamed(Event):
    order_id: int
    measure_id: int | None
    employees: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatNameRemoved(Event):
    order_id: int
    measure_id: int | None
    employee_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsHandedBack(Event):
    order_id: int
    region_id: int
    measure_id: int | None
    seats: int
    seats_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDelivered(Event):
    order_id: int
    measure_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryApproved(Event):
    order_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationNoted(Event):
    order_id: int
    deviation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationFollowed(Event):
    order_id: int
    deviation_id: int
    staff_id: int
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationClosed(Event):
    order_id: int
    deviation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWritten(Event):
    order_id: int
    staff_id: int
    minutes: int
    worked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeTakenBack(Event):
    order_id: int
    staff_id: int
    minutes: int
    worked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled(Event):
    order_id: int
    region_id: int
    measure_id: int | None
    was_accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePublished(Event):
    service_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRetired(Event):
    service_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidelineSet(Event):
    guideline_id: int
    number: int
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMemberSet(Event):
    staff_id: int
    weekly_minutes: int
