"""Decisions about needs, in plain Python."""

from kompetanse.domains.needs.rules.pooling import (
    NOBODY_ELSE,
    NeedText,
    PoolSuggestion,
    Taught,
    TopicNames,
    Wording,
    suggest_pools,
)
from kompetanse.domains.needs.rules.scoring import PairScore, pair_score

__all__ = [
    "NOBODY_ELSE",
    "NeedText",
    "PairScore",
    "PoolSuggestion",
    "Taught",
    "TopicNames",
    "Wording",
    "pair_score",
    "suggest_pools",
]
