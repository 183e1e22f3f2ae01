"""What can be asked of the needs."""

from __future__ import annotations

from .news import count_needs, list_news, list_pool_sums
from .placing import list_places
from .raising import list_proposals
from .rounds import get_need_trail, list_rounds
from .tracing import (
    find_needs,
    find_share_of,
    get_need,
    get_pool,
    get_ranking,
    list_decisions,
    list_needs,
    list_pool_shares,
    list_pools,
    what_became_of,
)

__all__ = [
    "count_needs",
    "find_needs",
    "find_share_of",
    "get_need",
    "get_need_trail",
    "get_pool",
    "get_ranking",
    "list_decisions",
    "list_needs",
    "list_news",
    "list_places",
    "list_pool_shares",
    "list_pool_sums",
    "list_pools",
    "list_proposals",
    "list_rounds",
    "what_became_of",
]
