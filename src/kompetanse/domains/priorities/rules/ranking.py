"""The weighted sum, and how robust an order is when the weights move. Exact where the order is decided."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence
from fractions import Fraction

from kompetanse.domains.priorities.types import HEAVIEST, Criterion, Kept, Standing, Swap

DRAWS = 1000
_SEED = 2027  # the same draws every time, for everybody

Values = Mapping[int, Mapping[Criterion, Fraction]]
Weights = Mapping[Criterion, int]


def rank(values: Values, weights: Weights) -> list[Standing]:
    """The pools by weighted sum, highest first; equals by key. The sum is a mean on the criteria's own scale."""
    total = sum(weights.values())
    found = []
    for key, row in values.items():
        parts = {criterion: row[criterion] * points / total for criterion, points in weights.items() if points}
        found.append((key, sum(parts.values(), Fraction(0)), parts))
    found.sort(key=lambda it: (-it[1], it[0]))
    return [Standing(key, place, score, parts) for place, (key, score, parts) in enumerate(found, start=1)]


def close_calls(order: Sequence[Standing], values: Values, weights: Weights) -> list[Swap]:
    """For each two neighbours, the smallest change of one weight beyond which the lower passes the upper."""
    return [_swap(upper, lower, values, weights) for upper, lower in itertools.pairwise(order)]


def _swap(upper: Standing, lower: Standing, values: Values, weights: Weights) -> Swap:
    lead = {
        criterion: values[upper.key][criterion] - values[lower.key][criterion]
        for criterion in Criterion
        if weights.get(criterion)
    }
    ahead = sum((weights[criterion] * gap for criterion, gap in lead.items()), Fraction(0))
    found: list[tuple[Fraction, int, Criterion, Fraction]] = []
    for number, (criterion, gap) in enumerate(lead.items()):
        if gap:
            needed = weights[criterion] - ahead / gap
            if 0 < needed < HEAVIEST or not ahead:  # at the ends of the scale the two would only be equal
                found.append((abs(ahead / gap), number, criterion, needed))
    if not found:
        return Swap(upper.key, lower.key, None)
    _change, _number, criterion, needed = min(found)
    return Swap(upper.key, lower.key, criterion, weights[criterion], needed)


def steadiness(values: Values, weights: Weights, *, top: int, draws: int = DRAWS) -> dict[int, Kept]:
    """How often each pool keeps its place, and its side of the line after the `top` first, when every weight is
    drawn anew between half and one and a half times what was set."""
    order = rank(values, weights)
    total = sum(weights.values())
    counts = [criterion for criterion in Criterion if weights.get(criterion)]
    set_to = [float(Fraction(weights[criterion], total)) for criterion in counts]
    keys = sorted(values)
    rows = [[float(values[key][criterion]) for criterion in counts] for key in keys]
    place = {standing.key: standing.place for standing in order}
    stays, remains = dict.fromkeys(keys, 0), dict.fromkeys(keys, 0)
    dice = random.Random(_SEED)  # noqa: S311 - no secret: it must come out the same
    for _ in range(draws):
        moved = {
            criterion: 0.5 + dice.random() for criterion in Criterion
        }  # drawn for all, so that none shifts the rest
        drawn = [weight * moved[criterion] for criterion, weight in zip(counts, set_to, strict=True)]
        sums = [round(sum(map(float.__mul__, drawn, row)), 9) for row in rows]
        for at, index in enumerate(sorted(range(len(keys)), key=lambda it: (-sums[it], it)), start=1):
            key = keys[index]
            stays[key] += at == place[key]
            remains[key] += (at <= top) == (place[key] <= top)
    return {key: Kept(stays[key], remains[key], draws) for key in keys}
