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
        floors = [self.ore * weight // total for weight in weights]
        rest = self.ore - sum(floors)
        order = sorted(range(len(weights)), key=lambda i: (-(self.ore * weights[i] % total), i))
        for i in order[:rest]:
            floors[i] += 1
        return tuple(Money(part) for part in floors)
