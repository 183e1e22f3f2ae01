"""The door of the needs."""

from __future__ import annotations

from .operations import (
    confirm_pool,
    merge_pools,
    move_share,
    rank_pools,
    report_need,
    split_pool,
    suggest_pools,
    sync_needs,
    withdraw_need,
)
from .permissions import Right
from .queries import (
    count_needs,
    find_needs,
    find_share_of,
    get_need,
    get_pool,
    get_ranking,
    list_decisions,
    list_needs,
    list_news,
    list_places,
    list_pool_shares,
    list_pool_sums,
    list_pools,
    what_became_of,
)

__all__ = [
    "Right",
    "confirm_pool",
    "count_needs",
    "find_needs",
    "find_share_of",
    "get_need",
    "get_pool",
    "get_ranking",
    "list_decisions",
    "list_needs",
    "list_news",
    "list_places",
    "list_pool_shares",
    "list_pool_sums",
    "list_pools",
    "merge_pools",
    "move_share",
    "rank_pools",
    "report_need",
    "split_pool",
    "suggest_pools",
    "sync_needs",
    "what_became_of",
    "withdraw_need",
]
