"""What weights and scores must be like."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from kompetanse.domains.priorities.types import (
    HEAVIEST,
    HIGHEST,
    LOWEST,
    SCORED,
    Criterion,
    CriterionIsNotScored,
    NothingCounts,
    ScoreIsOutOfRange,
    WeightIsOutOfRange,
)


def check_weights(weights: Mapping[Criterion, int]) -> dict[Criterion, int]:
    """Every criterion with its weight, 0 where none is given. Raises WeightIsOutOfRange, NothingCounts."""
    whole = {criterion: weights.get(criterion, 0) for criterion in Criterion}
    if any(not 0 <= points <= HEAVIEST for points in whole.values()):
        raise WeightIsOutOfRange()
    if not any(whole.values()):
        raise NothingCounts()
    return whole


def check_score(criterion: Criterion, value: int | None, weights: Mapping[Criterion, int]) -> int:
    """A score that may be given by these weights. Raises CriterionIsNotScored, ScoreIsOutOfRange."""
    if criterion not in SCORED or not weights.get(criterion):
        raise CriterionIsNotScored()
    if value is None or not LOWEST <= value <= HIGHEST:
        raise ScoreIsOutOfRange()
    return value


def mean(values: Collection[int]) -> Fraction:
    """Each voice counts the same."""
    return Fraction(sum(values), len(values))
