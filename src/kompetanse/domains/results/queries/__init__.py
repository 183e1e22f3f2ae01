"""What can be asked of the results."""

from __future__ import annotations

from .home import get_home
from .plan import get_measure_result, get_results_page
from .records import export_kept, list_deeds, list_kept, name_of
from .search import search
from .thread import get_holes, trace

__all__ = [
    "export_kept", "get_holes", "get_home", "get_measure_result", "get_results_page", "list_deeds", "list_kept",
    "name_of", "search", "trace",
]  # fmt: skip
