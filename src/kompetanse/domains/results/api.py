"""The door of the results."""

from __future__ import annotations

from .operations import refresh_measure
from .permissions import Right
from .queries import (
    export_kept,
    get_holes,
    get_home,
    get_measure_result,
    get_results_page,
    list_deeds,
    list_kept,
    name_of,
    search,
    trace,
)

__all__ = [
    "Right",
    "export_kept",
    "get_holes",
    "get_home",
    "get_measure_result",
    "get_results_page",
    "list_deeds",
    "list_kept",
    "name_of",
    "refresh_measure",
    "search",
    "trace",
]
