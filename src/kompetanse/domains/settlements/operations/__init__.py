"""What can be done with money: reckoned, settled, approved, sent, corrected."""

from __future__ import annotations

from .costings import choose_sharing, drop_cost_line, drop_subsidy, open_costing, set_cost_line, set_subsidy
from .sellers import set_payer, set_seller
from .settlements import approve_settlement, discard_draft, make_settlement, send_settlement

__all__ = [
    "approve_settlement",
    "choose_sharing",
    "discard_draft",
    "drop_cost_line",
    "drop_subsidy",
    "make_settlement",
    "open_costing",
    "send_settlement",
    "set_cost_line",
    "set_payer",
    "set_seller",
    "set_subsidy",
]
