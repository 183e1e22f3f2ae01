"""How a cost is shared, to the last øre. Nothing is rounded away: what does not divide is placed, and said where."""

from __future__ import annotations

from collections.abc import Sequence

from kompetanse.domains.plans.types.money import Base, BaseIsMissing, NobodyTakesPart, Shares, SharingKey
from kompetanse.kernel.money import split, split_fixed_first


def share_out(cost_ore: int, key: SharingKey, bases: Sequence[Base], fixed_ore: int = 0) -> Shares:
    """Each one's part of a cost, in the order of `bases`; the parts always sum to the cost.

    By `FIXED_AND_SEATS` each pays `fixed_ore` first, or an equal part where that is more than the cost, and the rest
    is by seats. What does not divide goes øre by øre to those who came closest to one more. Raises NobodyTakesPart,
    or BaseIsMissing where somebody's inhabitants or everybody's seats are not known.
    """
    if not bases:
        raise NobodyTakesPart()
    ids = [base.municipality_id for base in bases]
    if key is SharingKey.FIXED_AND_SEATS:
        parts, left = split_fixed_first(cost_ore, fixed_ore, _weights(SharingKey.SEATS, bases))
    else:
        parts, left = split(cost_ore, _weights(key, bases))
    return Shares(
        tuple(zip(ids, parts, strict=True)),
        sum(left),
        tuple(it for it, extra in zip(ids, left, strict=True) if extra),
    )


def usable_key(key: SharingKey, bases: Sequence[Base]) -> SharingKey:
    """The key itself; inhabitants where nobody has said who takes how many seats; equal where they are not known."""
    by_seats = key in (SharingKey.SEATS, SharingKey.FIXED_AND_SEATS)
    if by_seats and not any(base.seats for base in bases):
        key = SharingKey.INHABITANTS
    return SharingKey.EQUAL if key is SharingKey.INHABITANTS and not all(base.inhabitants for base in bases) else key


def _weights(key: SharingKey, bases: Sequence[Base]) -> list[int]:
    if key is SharingKey.EQUAL:
        return [1] * len(bases)
    if key is SharingKey.SEATS:
        weights = [base.seats or 0 for base in bases]
    else:
        weights = [base.inhabitants or 0 for base in bases]
        if not all(weights):
            raise BaseIsMissing()
    if not any(weights):
        raise BaseIsMissing()
    return weights
