"""What can be done in a round: prepared, scored, ranked, put in the forum's own order, handed over."""

from __future__ import annotations

from .following import follow_merged_pool
from .ordering import hand_over_order, rank_round, set_order
from .preparing import choose_pools, open_round, set_weights, start_scoring
from .scoring import score_pool, show_views

__all__ = [
    "choose_pools",
    "follow_merged_pool",
    "hand_over_order",
    "open_round",
    "rank_round",
    "score_pool",
    "set_order",
    "set_weights",
    "show_views",
    "start_scoring",
]
