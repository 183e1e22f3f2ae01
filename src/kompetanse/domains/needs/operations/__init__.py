"""What can be done with needs: told, brought in by file, pooled, prioritised."""

from __future__ import annotations

from .arranging import confirm_pool, merge_pools, move_share, split_pool
from .raising import confirm_proposal, decline_proposal
from .ranking import rank_pools
from .reporting import report_need, withdraw_need
from .rounds import approve_round, delegate_approval, open_round
from .suggesting import suggest_pools
from .synchronising import sync_needs
from .weighing import comment_need, join_needs, pass_on, send_back, take_apart, tell_again

__all__ = [
    "approve_round",
    "comment_need",
    "confirm_pool",
    "confirm_proposal",
    "decline_proposal",
    "delegate_approval",
    "join_needs",
    "merge_pools",
    "move_share",
    "open_round",
    "pass_on",
    "rank_pools",
    "report_need",
    "send_back",
    "split_pool",
    "suggest_pools",
    "sync_needs",
    "take_apart",
    "tell_again",
    "withdraw_need",
]
