"""What a confirmation or a split teaches the next suggestion. The last word counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kompetanse.domains.needs.rules.pooling import Taught, Wording
from kompetanse.kernel.text import fingerprint

Key = tuple[str, str]
Pair = tuple[Wording, Wording]


@dataclass(frozen=True, slots=True)
class Teaching:
    """Pairs of wordings to remember as the same or different, and pairs whose lesson no longer holds."""

    same: tuple[Pair, ...] = ()
    different: tuple[Pair, ...] = ()
    forget: tuple[Pair, ...] = ()


def wording_key(wording: Wording) -> Key:
    """Two wordings with the same stems are one."""
    return fingerprint(wording.title), fingerprint(wording.target_group)


def distinct(wordings: Iterable[Wording]) -> list[Wording]:
    """One of each, in a stable order."""
    found: dict[Key, Wording] = {}
    for wording in sorted(wordings, key=lambda w: (w.title, w.target_group)):
        found.setdefault(wording_key(wording), wording)
    return [found[key] for key in sorted(found)]


def ordered(left: Wording, right: Wording) -> Pair:
    """A pair the same way round whoever is named first."""
    first, second = sorted((left, right), key=lambda w: (wording_key(w), w.title, w.target_group))
    return first, second


def teach_together(group: Iterable[Wording], lessons: Mapping[Pair, bool]) -> Teaching:
    """These ask for the same: each with the first; what said that two of them differ is forgotten."""
    members = distinct(group)
    keys = {wording_key(member) for member in members}
    return Teaching(
        same=tuple(ordered(members[0], other) for other in members[1:]),
        forget=tuple(pair for pair, same in lessons.items() if not same and _both(pair, keys, keys)),
    )


def teach_apart(one: Iterable[Wording], other: Iterable[Wording], lessons: Mapping[Pair, bool]) -> Teaching:
    """These ask for something else than those; what said that one is the other is forgotten.

    Equal wordings on both sides cannot be told apart by words and teach nothing.
    """
    here, there = distinct(one), distinct(other)
    shared = {wording_key(w) for w in here} & {wording_key(w) for w in there}
    here = [w for w in here if wording_key(w) not in shared]
    there = [w for w in there if wording_key(w) not in shared]
    left, right = {wording_key(w) for w in here}, {wording_key(w) for w in there}
    return Teaching(
        different=tuple(ordered(a, b) for a in here for b in there),
        forget=tuple(pair for pair, same in lessons.items() if same and _both(pair, left, right)),
    )


def taught(lessons: Mapping[Pair, bool]) -> Taught:
    """All lessons as the suggestion wants them."""
    return Taught(
        same=frozenset(pair for pair, same in lessons.items() if same),
        different=frozenset(pair for pair, same in lessons.items() if not same),
    )


def _both(pair: Pair, left: set[Key], right: set[Key]) -> bool:
    first, second = wording_key(pair[0]), wording_key(pair[1])
    return (first in left and second in right) or (first in right and second in left)
