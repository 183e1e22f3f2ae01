"""The words that columns are headed by. The words themselves are data, in `header_words.csv`."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from kompetanse.domains.integrations.types import FIELDS, Kind

_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "o", "å": "a", "ä": "ae", "ö": "o", "ð": "d", "þ": "th", "đ": "d", "%": "prosent"}
)
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_PARTS = re.compile(r"[/|:>\n]|\s-\s|\.(?=[A-ZÆØÅ])")
_ABBREVIATION_CERTAINTY = 0.9
_MAX_HEADER = 80
_SPACES = re.compile(r"[\s.,:;/_?!-]+")
# A phrase of known words is believed when they mostly mean one field, and no other nearly as much.
_CLEAR_VOICE, _CLEAR_LEAD = 0.5, 0.2
_ENDINGS = ("ane", "ene", "en", "et", "er", "ar", "a", "e", "s", "n", "t")


@dataclass(frozen=True, slots=True)
class WordMatch:
    """A header's likeness to a known word. `certainty` is 0–1; `exact` is false when it only resembles it."""

    certainty: float
    word: str
    exact: bool


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """A word without case, accents, spacing and punctuation: "E-post " and "Epost" are one, so are "Frå" and "Fraa"."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    if not plain.isascii():
        plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    return _NOT_WORD.sub("", plain).replace("aa", "a").replace("oe", "o")


@lru_cache(maxsize=4_096)
def match_header(kind: Kind, header: str, near: bool = True) -> dict[str, WordMatch]:
    """{field: match} of the fields of a kind that a header may head; with `near`, misspellings count too.

    The dictionary is shared between callers: read it only.
    """
    found: dict[str, WordMatch] = {}
    if not header or len(header) > _MAX_HEADER:
        return found
    known = _vocabulary()[kind]
    for text, certainty in _readings(header):
        for field, (word, weight) in known.get(text, {}).items():
            if field not in found or found[field].certainty < certainty * weight:
                found[field] = WordMatch(certainty * weight, word, exact=True)
    if found or not near:
        return found
    for text, certainty in _readings(header):
        for _, fields in _near_words(kind, text):
            for field, (original, weight) in fields.items():
                if field not in found:
                    found[field] = WordMatch(0.7 * certainty * weight, original, exact=False)
        if found:
            return found
    return _match_by_single_words(kind, header)


@lru_cache(maxsize=4_096)
def header_fields(kind: Kind, header: str, near: bool) -> frozenset[str]:
    """The fields of a kind that a header may head."""
    return frozenset(match_header(kind, header, near))


def header_strength(cells: Sequence[str], near: bool = False) -> int:
    """How many different fields of one kind a row's cells name, for the kind they name most of."""
    words = [cell for cell in cells if cell and len(cell) <= _MAX_HEADER and not cell[0].isdigit()]
    if not words:
        return 0
    return max(sum(bool(header_fields(kind, word, near)) for word in set(words)) for kind in Kind)


def complete_kinds(cells: Sequence[str]) -> frozenset[Kind]:
    """The kinds whose required fields are all named by a row's cells."""
    return frozenset(
        kind
        for kind in Kind
        if all(
            any(field.name in header_fields(kind, cell, near=True) for cell in cells)
            or (
                field.name in ("given_name", "family_name")
                and any("full_name" in header_fields(kind, cell, near=True) for cell in cells)
            )
            for field in FIELDS[kind]
            if field.required
        )
    )


def _readings(header: str) -> Iterator[tuple[str, float]]:
    """A header's foldings, most literal first, each with how sure it is."""
    seen = {""}

    def fresh(text: str) -> bool:
        new = text not in seen
        seen.add(text)
        return new

    whole = fold(header)
    if fresh(whole):
        yield whole, 1.0
    bare = fold(_PARENTHESES.sub("", header))
    if fresh(bare):
        yield bare, 0.98
    unsigned = fold(_PARENTHESES.sub("", header).replace("%", ""))
    if fresh(unsigned):
        yield unsigned, 0.95
    parts = [fold(part) for part in _PARTS.split(_PARENTHESES.sub("", header))]
    if len(parts) > 1:
        # In "Ansatt.Fornavn" the last part says most, in "Sted/lokale" the first is as good.
        for part in (parts[-1], *parts[:-1]):
            if len(part) > 1 and fresh(part):
                yield part, 0.8


def _match_by_single_words(kind: Kind, header: str) -> dict[str, WordMatch]:
    """A phrase nobody has listed, by its words: each speaks for the fields whose known phrases it occurs in."""
    shares = _shares()[kind]
    words = [_known_form(word, shares) for word in _single_words(_PARENTHESES.sub("", header))]
    words = [word for word in words if word in shares or len(word) > 3]
    voices: dict[str, float] = defaultdict(float)
    for word in words:
        for field, share in shares.get(word, {}).items():
            voices[field] += share / len(words)
    if not voices:
        return {}
    (field, voice), *others = [*sorted(voices.items(), key=lambda entry: -entry[1]), ("", 0.0)]
    if voice < _CLEAR_VOICE or (others and voice - others[0][1] < _CLEAR_LEAD):
        return {}
    return {field: WordMatch(0.6 * voice, header, exact=False)}


def _known_form(word: str, known: Mapping[str, object]) -> str:
    """A word as it stands among the known ones: "målgruppen" is "målgruppe"."""
    if word not in known and len(word) > 5:
        for ending in _ENDINGS:
            for other in (word.removesuffix(ending), word.removesuffix(ending) + "e"):
                if other in known:
                    return other
    return word


def _single_words(text: str) -> list[str]:
    return [word for part in _SPACES.split(text) if len(word := fold(part)) > 1]


@cache
def _shares() -> dict[Kind, dict[str, dict[str, float]]]:
    """{kind: {single word: {field: share of the phrases with that word}}}"""
    counts: dict[Kind, dict[str, Counter[str]]] = {kind: defaultdict(Counter) for kind in Kind}
    for kind, words in _vocabulary().items():
        for fields in words.values():
            for field, (phrase, _) in fields.items():
                for word in set(_single_words(phrase)):
                    counts[kind][word][field] += 1
    return {
        kind: {
            word: {field: number / fields.total() for field, number in fields.items()} for word, fields in words.items()
        }
        for kind, words in counts.items()
    }


@cache
def _vocabulary() -> dict[Kind, dict[str, dict[str, tuple[str, float]]]]:
    """{kind: {folded word: {field: (word, weight)}}}"""
    known: dict[Kind, dict[str, dict[str, tuple[str, float]]]] = {kind: defaultdict(dict) for kind in Kind}
    file = resources.files("kompetanse.domains.integrations") / "header_words.csv"
    with file.open(encoding="utf-8") as lines:
        for entry in csv.DictReader(lines, delimiter=";"):
            weight = _ABBREVIATION_CERTAINTY if entry["form"] == "abbr" else 1.0
            fields = known[Kind(entry["kind"])][fold(entry["word"])]
            if entry["field"] not in fields or fields[entry["field"]][1] < weight:
                fields[entry["field"]] = (entry["word"], weight)
    # The labels and field names that our own exports carry are known too.
    for kind, fields_of in FIELDS.items():
        for field in fields_of:
            for word in (field.label, field.name):
                known[kind][fold(word)].setdefault(field.name, (word, 1.0))
    return {kind: dict(words) for kind, words in known.items()}


def _near_words(kind: Kind, text: str) -> list[tuple[str, dict[str, tuple[str, float]]]]:
    """The closest known words within one slip, or two in long words; none when two fields are equally close."""
    allowed = 0 if len(text) < 5 else 1 if len(text) < 9 else 2
    best: list[tuple[str, dict[str, tuple[str, float]]]] = []
    closest = allowed
    for word, fields in _vocabulary()[kind].items():
        if len(word) < 5 or abs(len(word) - len(text)) > closest or len(set(word) ^ set(text)) > 2 * closest:
            continue
        slips = _slips(word, text, closest)
        if slips > closest:
            continue
        if slips < closest:
            best, closest = [], slips
        best.append((word, fields))
    return best if len({field for _, fields in best for field in fields}) == 1 else []


def _slips(one: str, other: str, most: int) -> int:
    """Edit distance with swapped neighbours as one slip; anything above `most` may come out as `most + 1`."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, left in enumerate(one, 1):
        current = [row]
        for column, right in enumerate(other, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (left != right))
            if row > 1 and column > 1 and left == other[column - 2] and one[row - 2] == right:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, above = above, current
    return above[-1]
