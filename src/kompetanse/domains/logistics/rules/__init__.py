"""Decisions of logistics as pure functions."""

from __future__ import annotations

from .checking import check_hours, check_needs, check_resource, clean
from .hours import (
    LOOKED_AT,
    MIDNIGHT,
    NORWAY,
    at,
    days_of,
    is_available,
    is_open,
    kept,
    next_free,
    norwegian_day,
    open_spans,
    overlaps,
)
from .travel import Drive, drive, kilometres, mean_drive, roads

__all__ = [
    "LOOKED_AT",
    "MIDNIGHT",
    "NORWAY",
    "Drive",
    "at",
    "check_hours",
    "check_needs",
    "check_resource",
    "clean",
    "days_of",
    "drive",
    "is_available",
    "is_open",
    "kept",
    "kilometres",
    "mean_drive",
    "next_free",
    "norwegian_day",
    "open_spans",
    "overlaps",
    "roads",
]
