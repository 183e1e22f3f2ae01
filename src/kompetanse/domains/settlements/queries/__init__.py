"""What can be asked of the money."""

from __future__ import annotations

from .costings import find_costing, get_costing, get_settlements, list_costings
from .settlements import get_invoice_file, get_sellers, get_settlement, get_share

__all__ = [
    "find_costing",
    "get_costing",
    "get_invoice_file",
    "get_sellers",
    "get_settlement",
    "get_settlements",
    "get_share",
    "list_costings",
]
