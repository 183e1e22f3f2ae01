"""Where members see a thing differently. Ends and names, never a mean: a mean hides what must be talked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import pvariance

from kompetanse.domains.priorities.types import Agreement, Criterion, CriterionSpread, Dispute

Voices = Mapping[tuple[int, Criterion], Mapping[int, int]]  # (pool, criterion) → seat → value


def agreement_of(values: Sequence[int]) -> Agreement:
    """Neighbours on the scale agree; from one end to the other is apart."""
    gap = max(values) - min(values)
    return Agreement.AGREED if gap <= 1 else Agreement.SPREAD if gap == 2 else Agreement.APART


def disputes(voices: Voices) -> list[Dispute]:
    """Every pool and criterion that at least two have scored, the furthest apart first."""
    order = {criterion: number for number, criterion in enumerate(Criterion)}
    found = []
    for (key, criterion), by_seat in voices.items():
        if len(by_seat) < 2:
            continue
        low, high = min(by_seat.values()), max(by_seat.values())
        found.append(
            Dispute(
                key, criterion, agreement_of(list(by_seat.values())), low, high,
                tuple(sorted(seat for seat, value in by_seat.items() if value == low)),
                tuple(sorted(seat for seat, value in by_seat.items() if value == high)),
                dict(sorted(by_seat.items())),
            )
        )  # fmt: skip
    found.sort(key=lambda it: (it.low - it.high, -pvariance(it.values.values()), it.key, order[it.criterion]))
    return found


def spread_by_criterion(found: Sequence[Dispute]) -> list[CriterionSpread]:
    """Per criterion: how many pools are agreed about, and how many not."""
    rows = []
    for criterion in Criterion:
        seen = [it.agreement for it in found if it.criterion is criterion]
        if seen:
            rows.append(CriterionSpread(criterion, *(seen.count(kind) for kind in Agreement)))
    return rows
