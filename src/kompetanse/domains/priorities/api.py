"""The door of the priorities."""

from __future__ import annotations

from .operations import (
    choose_pools,
    follow_merged_pool,
    hand_over_order,
    open_round,
    rank_round,
    score_pool,
    set_order,
    set_weights,
    show_views,
    start_scoring,
)
from .permissions import Right
from .queries import get_ranked, get_round, get_score_page, get_views, list_rounds

__all__ = [
    "Right",
    "choose_pools",
    "follow_merged_pool",
    "get_ranked",
    "get_round",
    "get_score_page",
    "get_views",
    "hand_over_order",
    "list_rounds",
    "open_round",
    "rank_round",
    "score_pool",
    "set_order",
    "set_weights",
    "show_views",
    "start_scoring",
]
