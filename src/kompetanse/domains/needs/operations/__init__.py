"""What can be done with needs: told, brought in by file, pooled, prioritised."""

from __future__ import annotations

from .arranging import confirm_pool, merge_pools, move_share, split_pool
from .ranking import rank_pools
from .reporting import report_need, withdraw_need
from .suggesting import suggest_pools
from .synchronising import sync_needs

__all__ = [
    "confirm_pool",
    "merge_pools",
    "move_share",
    "rank_pools",
    "report_need",
    "split_pool",
    "suggest_pools",
    "sync_needs",
    "withdraw_need",
]
