"""Finding which known thing a free text speaks of, from the names it goes by, with a score and what tied them."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kompetanse.kernel.text import COURSE_STEMS, VAGUE_STEMS, Lexicon

# How much of a name must be found in the text, and how much the rest of the text may speak of something else.
_NAME_SHARE = 0.8
_COURSE_WEIGHT = 0.08
_VAGUE_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class Atom:
    """One comparable part of a text and the word it was read from."""

    stem: str
    word: str


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that a text may speak of: its code, the name that tied them, a score 0..1, and the words they share.

    `mended` are words of the text that were read as misspelt or as a short form of another word.
    """

    code: str
    name: str
    score: float
    shared: tuple[str, ...]
    mended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Name:
    code: str
    text: str
    atoms: frozenset[str]
    weight: float


class Phrasebook:
    """The names of many things. Answers for one text which of them it speaks of, best first."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        listed = {code: tuple(dict.fromkeys(_variants(texts))) for code, texts in names.items()}
        self.lexicon = Lexicon(text for texts in listed.values() for text in texts)
        atoms = {
            code: [(text, frozenset(a.stem for a in self.read(text))) for text in texts]
            for code, texts in listed.items()
        }
        self._bags = {code: frozenset().union(*(a for _, a in pairs)) for code, pairs in atoms.items()}
        spread = Counter(stem for bag in self._bags.values() for stem in bag)
        scale = math.log(len(listed) + 2)
        self._weights = {stem: max(0.15, math.log((len(listed) + 2) / n) / scale) for stem, n in spread.items()}
        self._names: list[_Name] = []
        self._by_atom: dict[str, list[int]] = defaultdict(list)
        for code, pairs in atoms.items():
            for text, found in pairs:
                weight = sum(self.weight(stem) for stem in found)
                if len(found) > 1 or any(len(stem) > 1 and stem.isalpha() for stem in found):
                    for stem in found:
                        self._by_atom[stem].append(len(self._names))
                    self._names.append(_Name(code, text, found, weight))

    def read(self, text: str) -> tuple[Atom, ...]:
        """The atoms of a text in order, each with the word it came from."""
        return tuple(Atom(stem, word) for word, stem in self.lexicon.read(text))

    def weight(self, stem: str) -> float:
        """How much an atom tells: near 1 for one that few things share, near 0 for "kurs"."""
        if stem in COURSE_STEMS:
            return _COURSE_WEIGHT
        weight = self._weights.get(stem, 0.9)
        return min(weight, _VAGUE_WEIGHT) if stem in VAGUE_STEMS else weight

    def find(self, text: str, beside: str = "", light: frozenset[str] = frozenset()) -> list[Found]:
        """What the text may speak of, one answer per code, best first, ties by code.

        `beside` is text that may fill in a name ("Førstehjelp" beside "barnehage") without being the subject;
        `light` are words of the text that say for whom, and weigh little when a name does not mention them.
        """
        read = self.read(text)
        own = {atom.stem for atom in read}
        heavy = {atom.stem for atom in read if atom.word not in light}
        if not heavy - COURSE_STEMS:
            heavy = own
        filled = {atom.stem for atom in self.read(beside)} - own
        total = {stem: self.weight(stem) * (1.0 if stem in heavy else 0.2) for stem in own}
        hits: dict[int, float] = defaultdict(float)
        for stem in own | filled:
            for index in self._by_atom.get(stem, ()):
                hits[index] += self.weight(stem)
        best: dict[str, tuple[float, float, str, frozenset[str]]] = {}
        for index, hit in hits.items():
            name = self._names[index]
            share = hit / name.weight
            if share < _NAME_SHARE:
                continue
            shared = name.atoms & own
            subject = max((total[stem] for stem in shared), default=0.0)
            if subject < max(self.weight(stem) for stem in name.atoms) * 0.5:
                continue
            score = self._score(share, name, own, filled, total)
            rank = (score, hit, name.text, shared)
            if name.code not in best or rank[:3] > best[name.code][:3]:
                best[name.code] = rank
        found = [
            Found(code, text, round(score, 4), _in_order(read, shared), self._mended(read, shared))
            for code, (score, _, text, shared) in best.items()
        ]
        return sorted(found, key=lambda f: (-f.score, f.code))

    def _score(self, share: float, name: _Name, own: set[str], filled: set[str], total: Mapping[str, float]) -> float:
        bag = self._bags[name.code]
        covered = sum(
            weight * (1.0 if stem in name.atoms else 0.6 if stem in bag else 0.0) for stem, weight in total.items()
        )
        spoken = covered / (sum(total.values()) or 1.0)
        named = sum(self.weight(stem) * (1.0 if stem in own else 0.7) for stem in name.atoms & (own | filled))
        return share * share * (0.35 + 0.65 * spoken) * (0.88 + 0.12 * min(1.0, named / 2.0))

    def _mended(self, read: tuple[Atom, ...], shared: frozenset[str]) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(a.word for a in read if a.stem in shared and not self.lexicon.as_written(a.word, a.stem))
        )


def phrasebook(names: Mapping[str, Iterable[str]]) -> Phrasebook:
    """The book of these names, made once and shared for as long as the names stay the same."""
    return _phrasebook(tuple((code, tuple(texts)) for code, texts in names.items()))


@lru_cache(maxsize=4)
def _phrasebook(names: tuple[tuple[str, tuple[str, ...]], ...]) -> Phrasebook:
    return Phrasebook(dict(names))


def _variants(texts: Iterable[str]) -> Iterable[str]:
    """Each name as written, and without what stands in parentheses."""
    for text in texts:
        text = text.strip()
        if text:
            yield text
            if "(" in text and (outside := text.split("(")[0].strip()):
                yield outside


def _in_order(read: tuple[Atom, ...], shared: frozenset[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(atom.word.rstrip(".") for atom in read if atom.stem in shared))
