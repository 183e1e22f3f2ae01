"""The door of the settlements."""

from __future__ import annotations

from .operations import (
    approve_settlement,
    choose_sharing,
    discard_draft,
    drop_cost_line,
    drop_subsidy,
    make_settlement,
    open_costing,
    send_settlement,
    set_cost_line,
    set_payer,
    set_seller,
    set_subsidy,
)
from .permissions import Right
from .queries import (
    find_costing,
    get_costing,
    get_invoice_file,
    get_sellers,
    get_settlement,
    get_settlements,
    get_share,
    list_costings,
)

__all__ = [
    "Right",
    "approve_settlement",
    "choose_sharing",
    "discard_draft",
    "drop_cost_line",
    "drop_subsidy",
    "find_costing",
    "get_costing",
    "get_invoice_file",
    "get_sellers",
    "get_settlement",
    "get_settlements",
    "get_share",
    "list_costings",
    "make_settlement",
    "open_costing",
    "send_settlement",
    "set_cost_line",
    "set_payer",
    "set_seller",
    "set_subsidy",
]
