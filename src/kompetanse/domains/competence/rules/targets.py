"""Whom a requirement is put to, from what is known of their posts. Pure; the lines themselves are data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kompetanse.kernel.text import comparable, ends_as, folded, name_words


class TargetKind(StrEnum):
    EVERYONE = "everyone"
    POSITION = "position"
    LEADER = "leader"
    SECTOR = "sector"
    UNIT = "unit"  # a word in the unit's name: barnehage, skole, legevakt
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Target:
    """One way to come under a requirement. `within`: only in units whose name holds the word."""

    kind: TargetKind
    value: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What the rules may know of a post and its holder."""

    position_title: str
    unit_name: str
    sector: str
    leads: bool = False
    roles: frozenset[str] = frozenset()


@lru_cache(maxsize=20_000)
def title_key(text: str) -> str:
    """Equal for titles that differ in case, written form or inflection: Sjukepleiar, sykepleier."""
    return comparable(text)


@lru_cache(maxsize=20_000)
def name_holds(unit_name: str, word: str) -> bool:
    """Does the unit's name hold the word, alone, definite or ending a compound (Breivik ungdomsskule: skole)?"""
    return any(ends_as(name, word_key(word)) for name in name_words(unit_name))


def word_key(word: str) -> str:
    """A word as it is sought in units' names."""
    return folded(word.casefold())


def target_keys(target: Target) -> tuple[str, str]:
    """The words of a line as the database compares them: the value's, and those of `within`."""
    match target.kind:
        case TargetKind.EVERYONE | TargetKind.LEADER:
            key = ""
        case TargetKind.UNIT:
            key = word_key(target.value)
        case _:
            key = title_key(target.value)
    return key, word_key(target.within) if target.within else ""


def matches(target: Target, post: PostFacts) -> bool:
    """Does the post come under the requirement by this line?"""
    if target.within and not name_holds(post.unit_name, target.within):
        return False
    match target.kind:
        case TargetKind.EVERYONE:
            return True
        case TargetKind.POSITION:
            return title_key(post.position_title) == title_key(target.value)
        case TargetKind.LEADER:
            return post.leads
        case TargetKind.SECTOR:
            return title_key(post.sector) == title_key(target.value)
        case TargetKind.UNIT:
            return name_holds(post.unit_name, target.value)
        case TargetKind.ROLE:
            return target.value in post.roles


def find_reason(targets: Iterable[Target], post: PostFacts) -> Target | None:
    """The most telling line that puts the requirement to this post; None when it is not."""
    found = [target for target in targets if matches(target, post)]
    return min(found, key=lambda target: TELLING.index(target.kind), default=None)


# Which reason a person would rather be given, when there are several.
TELLING = [
    TargetKind.POSITION,
    TargetKind.LEADER,
    TargetKind.ROLE,
    TargetKind.UNIT,
    TargetKind.SECTOR,
    TargetKind.EVERYONE,
]


class Targeting:
    """The targets of a whole register, asked once per kind of post: a municipality has few kinds of posts."""

    def __init__(self, targets: Mapping[int, Sequence[Target]]) -> None:
        self.targets = targets
        self._known: dict[PostFacts, tuple[tuple[int, Target], ...]] = {}

    def required(self, post: PostFacts) -> tuple[tuple[int, Target], ...]:
        """(requirement id, the line that puts it there) for a post, in the register's order."""
        found = self._known.get(post)
        if found is None:
            reasons = ((key, find_reason(lines, post)) for key, lines in self.targets.items())
            found = self._known[post] = tuple((key, line) for key, line in reasons if line is not None)
        return found
