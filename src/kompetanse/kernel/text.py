"""Norwegian text for matching: both written forms, inflection, compounds, typing errors. Deterministic, no network.

A text becomes *atoms*: comparable stems, compounds taken apart. Atoms are for comparing, never for showing.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache

from kompetanse.kernel.norwegian import (
    COURSE_WORDS,
    ENDINGS,
    LETTERS,
    SMALL_WORDS,
    SUFFIXES,
    VAGUE_WORDS,
    WHOLE_WORDS,
    WORDS,
)

_TOKEN = re.compile(r"[a-zà-öø-ÿ]+\.?|\d+")
_YEAR = re.compile(r"^(19|20)\d\d$")
_QUALITY = re.compile(r"^(\w{3,}het)(s|en|ens|er|ene)?$")
_VOWELS = "aeiouyæøå"
# A compound keeps at least this many letters on each side.
_PART = 3
# A first part this long tells what the word is about even when the last part is unknown.
_TELLING = 5
# A lexicon forgets how words were taken apart when it holds so many.
_REMEMBERED = 50_000


def normalised(text: str) -> str:
    """Small letters, composed characters, one blank between words, punctuation other than the full stop gone."""
    lowered = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w.§]+|_", " ", lowered).split())


def words(text: str) -> list[str]:
    """The words and numbers of a text in small letters, in order; `ADK1`, `ADK-1` and `ADK 1` give the same.

    A word cut off with a full stop inside the text ("arb.varsling") keeps the stop, to be read as a short form.
    """
    text = normalised(text)
    found: list[str] = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word.endswith(".") and (match.end() >= len(text) or len(word) < 4):
            word = word[:-1]
        found.append(word)
    return found


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """One form for bokmål and nynorsk: `sjukeheim` and `sykehjem`, `leiar` and `leder` come out alike."""
    word = WORDS.get(word, word)
    for left, right in LETTERS:
        if left in word:
            word = word.replace(left, right)
    for left, right in ENDINGS:
        if word.endswith(left) and len(word) > len(left) + 2:
            word = word[: -len(left)] + right
            break
    return WORDS.get(word, word)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The folded word without inflection; at least three letters with a vowel among them stay."""
    word = folded(word)
    if len(word) < 4 or word.isdigit():
        return word
    if quality := _QUALITY.match(word):
        return quality.group(1)
    for suffix in SUFFIXES:
        left = word[: -len(suffix)]
        if word.endswith(suffix) and len(left) >= 3 and any(letter in _VOWELS for letter in left):
            word = left
            break
    while len(word) > 3 and (
        (word[-1] == word[-2]) or (word[-1] == "t" and word[-2] not in _VOWELS) or (len(word) > 4 and word[-1] in "eas")
    ):
        word = word[:-1]
    return word


SMALL_STEMS: frozenset[str] = frozenset(stem(w) for w in SMALL_WORDS) | SMALL_WORDS
COURSE_STEMS: frozenset[str] = frozenset(stem(w) for w in COURSE_WORDS)
VAGUE_STEMS: frozenset[str] = frozenset(stem(w) for w in VAGUE_WORDS)
_WHOLE_STEMS: frozenset[str] = frozenset(stem(w) for w in WHOLE_WORDS)


def content_words(text: str) -> list[str]:
    """The words of a text without small words; short forms keep their full stop."""
    return list(_content_words(text))


@lru_cache(maxsize=20_000)
def _content_words(text: str) -> tuple[str, ...]:
    return tuple(w for w in words(text) if w.isdigit() or (w not in SMALL_WORDS and folded(w) not in SMALL_WORDS))


def fingerprint(text: str) -> str:
    """The stems in order: equal for texts that differ only in case, punctuation, written form or inflection."""
    return " ".join(stem(w.rstrip(".")) for w in content_words(text))


def comparable(text: str) -> str:
    """What a title is told from others by; never empty, at most 160 characters: fit for a column of its own."""
    return (fingerprint(text) or normalised(text) or "-")[:160]


def name_words(name: str) -> list[str]:
    """The words of a place's name in one form for bokmål and nynorsk, in order."""
    return [folded(word) for word in words(name)]


def ends_as(word: str, ending: str) -> bool:
    """Is the folded word the folded ending, alone or as the last part of a compound, definite or not?"""
    return word.endswith((ending, f"{ending}n", f"{ending}en"))


def numbers(text: str) -> frozenset[str]:
    """The numbers a text names (levels, chapters, paragraphs), without years."""
    return frozenset(w for w in words(text) if w.isdigit() and not _YEAR.match(w))


def ngrams(text: str, size: int = 3) -> frozenset[str]:
    """Character n-grams of the folded words, with a blank at both ends of each."""
    grams: set[str] = set()
    for word in words(text):
        padded = f" {stem(word.rstrip('.'))} "
        grams.update(padded[i : i + size] for i in range(max(1, len(padded) - size + 1)))
    return frozenset(grams)


def overlap(a: AbstractSet[str], b: AbstractSet[str]) -> float:
    """Dice similarity of two sets, 0..1; two empty sets have nothing in common."""
    if not a or not b:
        return 0.0
    return 2 * len(a & b) / (len(a) + len(b))


def similarity(a: str, b: str) -> float:
    """How alike two texts look, 0..1, by character trigrams after folding."""
    return overlap(ngrams(a), ngrams(b))


def edit_distance(a: str, b: str, limit: int) -> int:
    """Insertions, deletions, changes and swaps of neighbours between two words; `limit + 1` when there are more."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, ca in enumerate(a, 1):
        current = [i]
        for j, cb in enumerate(b, 1):
            cost = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (ca != cb))
            if i > 1 and j > 1 and ca == b[j - 2] and a[i - 2] == cb:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, row = row, current
    return min(row[-1], limit + 1)


def tolerance(word: str) -> int:
    """How many typing errors a word of this length may carry and still be taken for another."""
    return 0 if len(word) < 5 else 1 if len(word) < 9 else 2


def _allowed(base: str, known: str) -> int:
    """The typing errors allowed between a misspelt stem and a known one. Four letters may have lost one of five."""
    if len(base) == 4 and len(known) == 5 and base[-1] == known[-1]:
        return 1
    return min(tolerance(base), tolerance(known))


class Lexicon:
    """The words that are known, and with them how to take compounds apart, fill short forms and mend typing errors.

    A lexicon may build on another, whose words it then knows too; the other stays as it was. Threads may share one.
    """

    def __init__(self, texts: Iterable[str], base: "Lexicon | None" = None) -> None:
        self._base = base
        self.stems: set[str] = set(base.stems) if base else {w for w in COURSE_STEMS if len(w) >= _PART}
        self._written: dict[str, str] = dict(base._written) if base else {}  # noqa: SLF001 - its own kind
        for text in texts:
            for word in content_words(text):
                if word.isalpha() and len(word) >= _PART:
                    self.stems.add(stem(word))
                    held = self._written.get(stem(word), folded(word))
                    self._written[stem(word)] = min(held, folded(word), key=lambda form: (len(form), form))
        self._near: Mapping[str, list[str]] | None = None
        self._cache: dict[str, tuple[str, ...]] = {}

    def read(self, text: str) -> list[tuple[str, str]]:
        """The atoms of a text in order, each after the word it was read from; a compound written apart is one word."""
        listed = content_words(text)
        found: list[tuple[str, str]] = []
        at = 0
        while at < len(listed):
            word = listed[at]
            if at + 1 < len(listed) and word.isalpha() and listed[at + 1].isalpha():
                joined = word + listed[at + 1]
                if stem(joined) in self.stems and stem(listed[at + 1]) not in COURSE_STEMS:
                    word, at = joined, at + 1
            found += [(word, atom) for atom in self.atoms(word)]
            at += 1
        return found

    def atoms(self, word: str) -> tuple[str, ...]:
        """The atoms of one word: its stem, or the stems of its parts. Never empty for a non-empty word."""
        found = self._cache.get(word)
        if found is None:
            if len(self._cache) >= _REMEMBERED:  # a lexicon may live as long as the process
                self._cache = {}
            found = self._cache[word] = self._atoms(word)
        return found

    def _atoms(self, word: str) -> tuple[str, ...]:
        if word.isdigit():
            return (word.lstrip("0") or "0",)
        if word.endswith("."):
            word = word[:-1]
            if stem(word) not in self.stems:
                filled = self.filled(word)
                if filled:
                    return filled
        whole, base = folded(word), stem(word)
        if parts := self._split(whole):
            return parts
        if base in self.stems:
            return (base,)
        if mended := self.mended(base):
            return self._split(self._written.get(mended, mended)) or (mended,)
        return self._split_half(whole) or (base,)

    def as_written(self, word: str, atom: str) -> bool:
        """Whether the atom stands in the word as it is written, that is, nothing was mended or filled in."""
        return word.isdigit() or (not word.endswith(".") and (atom == stem(word) or atom in folded(word)))

    def _split(self, word: str) -> tuple[str, ...] | None:
        """Known parts, two at a time, with or without s or e between them; parts that are compounds are split again."""
        if stem(word) in _WHOLE_STEMS:
            return None
        for joints in (False, True):
            for first, rest in self._cuts(word, joints):
                right = stem(rest)
                if right in self.stems and right not in SMALL_STEMS:
                    return self._part(first, word) + self._part(rest, word)
        if stem(word) not in self.stems:
            for first, rest in self._cuts(word, joints=True):
                if len(rest) >= 8 and (parts := self._split(rest)):
                    return self._part(first, word) + parts
        return None

    def _part(self, word: str, whole: str) -> tuple[str, ...]:
        """The atoms of a part of a compound, read as the word that it is known as."""
        base = stem(word)
        known = self._written.get(base, word)
        return (self._split(known) if len(known) < len(whole) else None) or (base,)

    def _cuts(self, word: str, joints: bool) -> Iterator[tuple[str, str]]:
        """A known first part and the rest of the word, the longest first part first."""
        for cut in range(len(word) - _PART - 1, _PART - 1, -1):
            first = word[:cut]
            if joints and first[-1] in "se":
                first = first[:-1]
            left = stem(first)
            if len(left) >= _PART and left in self.stems and left not in SMALL_STEMS:
                yield first, word[cut:]

    def _split_half(self, word: str) -> tuple[str, ...] | None:
        """One part known: the last when it says course (`kajakkkurs`), else the first when it is long."""
        for cut in range(4, len(word) - _PART):
            if stem(word[cut:]) in COURSE_STEMS:
                first = word[:cut]
                return (self.mended(stem(first)) or stem(first), stem(word[cut:]))
        for joints in (False, True):
            for first, rest in self._cuts(word, joints):
                if len(first) >= _TELLING and stem(first) not in COURSE_STEMS and len(rest) > _PART:
                    return (*self._part(first, word), stem(rest))
        return None

    def filled(self, short: str) -> tuple[str, ...] | None:
        """The shortest known word that a short form begins, in atoms; None when there is none."""
        start = folded(short)
        fits = [known for known in self.stems if known.startswith(start)]
        return (min(fits, key=lambda known: (len(known), known)),) if fits else None

    def _neighbours(self, base: str) -> set[str]:
        """Known stems that share what is left of them when letters fall out."""
        if self._near is None:
            near: dict[str, list[str]] = {}
            for known in self.stems - self._base.stems if self._base else self.stems:
                for key in _deletions(known):
                    near.setdefault(key, []).append(known)
            self._near = near  # set when it is whole: another thread may be reading
        own = {known for key in _deletions(base) for known in self._near.get(key, ())}
        return own | self._base._neighbours(base) if self._base else own  # noqa: SLF001 - its own kind

    def mended(self, base: str) -> str | None:
        """The known stem that a misspelt stem most likely stands for; None when none is near or two are as near."""
        near = self._neighbours(base)
        ranked = sorted(
            (distance, known)
            for known in near
            if known[0] == base[0] and known not in COURSE_STEMS
            if (distance := edit_distance(base, known, 2)) <= _allowed(base, known)
        )
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        return ranked[0][1]


@lru_cache(maxsize=50_000)
def _deletions(word: str) -> frozenset[str]:
    """The word and what is left when one or two letters fall out, as far as its length allows errors."""
    keys = {word}
    for _ in range(tolerance(word)):
        keys |= {key[:i] + key[i + 1 :] for key in keys for i in range(len(key))}
    return frozenset(keys)
