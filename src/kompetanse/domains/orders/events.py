"""What has happened to orders, in the past tense. `tenant_id` is the municipality that ordered."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse.foundation.operation import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaced(Event):
    order_id: int
    region_id: int
    measure_id: int
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChanged(Event):
    order_id: int
    measure_id: int
    seats: int
    seats_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAccepted(Event):
    order_id: int
    region_id: int
    measure_id: int
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDelivered(Event):
    order_id: int
    measure_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled(Event):
    order_id: int
    region_id: int
    measure_id: int
    was_accepted: bool
