"""The tables of the settlements."""

from __future__ import annotations

from .costings import BaseNumber, Costing, CostingPart, CostLine, Subsidy
from .invoices import Invoice, Payer, Seller
from .settlements import Settlement, Share

__all__ = [
    "BaseNumber",
    "CostLine",
    "Costing",
    "CostingPart",
    "Invoice",
    "Payer",
    "Seller",
    "Settlement",
    "Share",
    "Subsidy",
]
