"""How alike two needs are by their own words and target group, when nothing that is known ties them."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from kompetanse.domains.needs.rules.audiences import agreement, audience_words, sectors
from kompetanse.kernel.phrases import Phrasebook
from kompetanse.kernel.text import COURSE_STEMS, Lexicon, edit_distance, ngrams, numbers, overlap

# Words against letters in the likeness of two titles.
_WORDS = 0.7
# An atom that more wordings than this share ties nothing by itself.
_COMMON = 150
_COURSE = 0.08
_LIGHT = 0.3
# What different and equal target groups do to a likeness.
_WORST_FIT, _BEST_FIT = 0.75, 1.05


class Likeness:
    """Likeness 0..1 between wordings (title, target group), by index. Compares only pairs that share a telling word.

    `unknown` are those no topic knows; only pairs with at least one of them are asked for.
    """

    def __init__(self, wordings: Sequence[tuple[str, str]], book: Phrasebook, unknown: frozenset[int]) -> None:
        self._unknown = unknown
        texts = [title for title, _ in wordings]
        lexicon = Lexicon((texts[index] for index in sorted(unknown)), book.lexicon)
        read = [lexicon.read(title) for title in texts]
        one = _as_one(Counter(atom for pairs in read for atom in {atom for _, atom in pairs}))
        self._words = [{one.get(atom, atom): word.rstrip(".") for word, atom in pairs} for pairs in read]
        spread = Counter(atom for found in self._words for atom in found)
        scale = math.log(len(wordings) + 2)
        self._atoms: list[dict[str, float]] = []
        for title, found in zip(texts, self._words, strict=True):
            light = {word.rstrip(".") for word in audience_words(title)}
            self._atoms.append(
                {
                    atom: (
                        _COURSE
                        if atom in COURSE_STEMS
                        else min(book.weight(atom), max(0.2, math.log((len(wordings) + 2) / spread[atom]) / scale))
                        * (_LIGHT if word in light else 1.0)
                    )
                    for atom, word in found.items()
                }
            )
        self._totals = [sum(atoms.values()) for atoms in self._atoms]
        self._grams = [ngrams(title) for title in texts]
        self._numbers = [numbers(title) for title in texts]
        self._sectors = [sectors(group) | sectors(" ".join(audience_words(title))) for title, group in wordings]
        self._known: dict[tuple[int, int], float] = {}

    def pairs(self, least: float) -> list[tuple[float, int, int]]:
        """Pairs at least so alike, the most alike first, ties in the order of the wordings."""
        holders: dict[str, list[int]] = defaultdict(list)
        for index, atoms in enumerate(self._atoms):
            for atom, weight in atoms.items():
                if weight >= 0.2:
                    holders[atom].append(index)
        near: set[tuple[int, int]] = set()
        for atom in sorted(holders):
            indexes = holders[atom]
            if len(indexes) <= _COMMON:
                near.update((a, b) for a in indexes if a in self._unknown for b in indexes if a != b)
        found = {(min(a, b), max(a, b)) for a, b in near}
        scored = [
            (self.between(a, b), a, b)
            for a, b in found
            # With every letter alike the rest of the words still could not lift it over the line.
            if (_WORDS * self._in_common(a, b) + 1 - _WORDS) * _BEST_FIT >= least
        ]
        return sorted((pair for pair in scored if pair[0] >= least), key=lambda pair: (-pair[0], pair[1], pair[2]))

    def between(self, a: int, b: int) -> float:
        """The likeness of two wordings."""
        pair = (min(a, b), max(a, b))
        if pair not in self._known:
            self._known[pair] = self._between(*pair)
        return self._known[pair]

    def _between(self, a: int, b: int) -> float:
        score = _WORDS * self._in_common(a, b) + (1 - _WORDS) * overlap(self._grams[a], self._grams[b])
        if self._numbers[a] != self._numbers[b] and self._numbers[a] and self._numbers[b]:
            # Course 1 and course 3, class B and class C: the number is the difference.
            score *= 0.9 if self._numbers[a] & self._numbers[b] else 0.5
        fit = _WORST_FIT + (_BEST_FIT - _WORST_FIT) * agreement(self._sectors[a], self._sectors[b])
        return min(1.0, score * fit)

    def _in_common(self, a: int, b: int) -> float:
        """The share of the two titles' words, by what they tell, that both have."""
        mine, other = self._atoms[a], self._atoms[b]
        total = self._totals[a] + self._totals[b]
        return sum(mine[atom] + other[atom] for atom in mine.keys() & other.keys()) / total if total else 0.0

    def shared(self, a: int, b: int) -> tuple[str, ...]:
        """The words of the first that tie it to the second, the most telling first."""
        mine, other = self._atoms[a], self._atoms[b]
        both = sorted(mine.keys() & other.keys(), key=lambda atom: (-mine[atom], atom))
        return tuple(dict.fromkeys(self._words[a][atom] for atom in both if mine[atom] >= 0.15))


def _as_one(spread: Counter[str]) -> dict[str, str]:
    """A rare stem that is one typing error away from a more common one stands for it."""
    holders: dict[str, list[str]] = defaultdict(list)
    one: dict[str, str] = {}
    for stem in sorted((s for s in spread if len(s) >= 6), key=lambda s: (-spread[s], s)):
        keys = {stem} | {stem[:i] + stem[i + 1 :] for i in range(len(stem))}
        near = sorted(
            {known for key in keys for known in holders.get(key, ())},
            key=lambda known: (-spread[known], known),
        )
        match = next((known for known in near if known[0] == stem[0] and edit_distance(stem, known, 1) <= 1), None)
        if match:
            one[stem] = match
            continue
        for key in keys:
            holders[key].append(stem)
    return one
