"""How well one way of putting things together agrees with another, counted over pairs."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PairScore:
    """Pairs put together by both, by the suggestion only and by the reading only; shares are 0..1."""

    both: int
    only_suggested: int
    only_read: int

    @property
    def precision(self) -> float:
        """Share of the suggested pairs that belong together; 1 when none was suggested."""
        return self.both / (self.both + self.only_suggested) if self.both + self.only_suggested else 1.0

    @property
    def recall(self) -> float:
        """Share of the pairs that belong together that were suggested; 1 when there are none."""
        return self.both / (self.both + self.only_read) if self.both + self.only_read else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 when both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def pair_score(suggested: Mapping[str, Hashable], read: Mapping[str, Hashable]) -> PairScore:
    """Compare two labelings of the same keys, key → label. Raises ValueError when the keys differ."""
    if suggested.keys() != read.keys():
        raise ValueError("Both labelings must have the same keys.")
    both = _pairs(Counter((suggested[key], read[key]) for key in read))
    return PairScore(
        both=both,
        only_suggested=_pairs(Counter(suggested.values())) - both,
        only_read=_pairs(Counter(read.values())) - both,
    )


def _pairs(sizes: Mapping[Hashable, int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())
