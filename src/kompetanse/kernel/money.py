"""Money in whole øre. Nothing is ever rounded away: what does not divide is placed, and said where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in Norwegian øre (1/100 krone)."""

    ore: int = 0

    @classmethod
    def kroner(cls, amount: int) -> Money:
        return cls(amount * 100)

    def __add__(self, other: Money) -> Money:
        return Money(self.ore + other.ore)

    def __sub__(self, other: Money) -> Money:
        return Money(self.ore - other.ore)

    def __mul__(self, times: int) -> Money:
        return Money(self.ore * times)

    def split(self, weights: Sequence[int]) -> tuple[Money, ...]:
        """Share by weight so that the parts sum to the whole exactly (largest remainder, first on ties).

        Raises ValueError if no weight is positive or one is negative.
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights must be non-negative and not all zero")
        return tuple(Money(part) for part in split(self.ore, weights)[0])


def split(ore: int, weights: Sequence[int]) -> tuple[list[int], list[int]]:
    """The parts, and for each the øre it got of what did not divide (none or one): largest remainder, first on ties.

    Weights are non-negative and not all zero.
    """
    total = sum(weights)
    floors = [ore * weight // total for weight in weights]
    extra = [0] * len(weights)
    closest = sorted(range(len(weights)), key=lambda place: (-(ore * weights[place] % total), place))
    for place in closest[: ore - sum(floors)]:
        extra[place] = 1
    return [floor + more for floor, more in zip(floors, extra, strict=True)], extra


def split_fixed_first(ore: int, fixed_ore: int, weights: Sequence[int]) -> tuple[list[int], list[int]]:
    """Each pays `fixed_ore` first, or an equal part where that is more than the whole; the rest is by weight.

    The parts, and for each the øre it got of what did not divide (up to two). Weights are as for `split`.
    """
    first = min(fixed_ore * len(weights), ore)
    fixed, fixed_left = split(first, [1] * len(weights))
    rest, rest_left = split(ore - first, weights)
    parts = [one + other for one, other in zip(fixed, rest, strict=True)]
    return parts, [one + other for one, other in zip(fixed_left, rest_left, strict=True)]
