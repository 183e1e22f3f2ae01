"""The tables of the orders."""

from __future__ import annotations

from .catalogue import Service, ServiceVersion
from .delivery import Deviation, SeatHolder, TimeEntry
from .guidelines import Guideline, GuidelineRule
from .office import StaffMember
from .orders import Order, OrderEntry, OrderTerms

__all__ = [
    "Deviation",
    "Guideline",
    "GuidelineRule",
    "Order",
    "OrderEntry",
    "OrderTerms",
    "SeatHolder",
    "Service",
    "ServiceVersion",
    "StaffMember",
    "TimeEntry",
]
