"""Whom a requirement is put to. The lines are data; which posts a line fits the database decides, by the words
that titles, sectors and names are compared by (models/status_statements)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kompetanse.kernel.text import comparable, folded


class TargetKind(StrEnum):
    EVERYONE = "everyone"
    POSITION = "position"
    LEADER = "leader"
    SECTOR = "sector"
    UNIT = "unit"  # a word in the unit's name: barnehage, skole, legevakt
    ROLE = "role"  # a duty beside the post


@dataclass(frozen=True, slots=True)
class Target:
    """One way to come under a requirement. `within`: only in units whose name holds the word."""

    kind: TargetKind
    value: str = ""
    within: str = ""


def word_key(word: str) -> str:
    """A word as it is sought in units' names."""
    return folded(word.casefold())


def target_keys(target: Target) -> tuple[str, str]:
    """The words of a line as they are compared: the value's, and those of `within`."""
    match target.kind:
        case TargetKind.EVERYONE | TargetKind.LEADER:
            key = ""
        case TargetKind.UNIT:
            key = word_key(target.value)
        case _:
            key = comparable(target.value)
    return key, word_key(target.within) if target.within else ""
