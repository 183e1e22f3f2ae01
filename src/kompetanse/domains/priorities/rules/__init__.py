"""How pools are weighed: what is read from them, where members differ, and the order with how robust it is."""

from __future__ import annotations

from .differing import disputes, spread_by_criterion
from .explaining import why
from .ordering import check_order
from .ranking import DRAWS, close_calls, rank, steadiness
from .reading import facts_of, people_class, read_scores
from .weighing import check_score, check_weights, mean

__all__ = [
    "DRAWS",
    "check_order",
    "check_score",
    "check_weights",
    "close_calls",
    "disputes",
    "facts_of",
    "mean",
    "people_class",
    "rank",
    "read_scores",
    "spread_by_criterion",
    "steadiness",
    "why",
]
