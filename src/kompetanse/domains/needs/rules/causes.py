"""Why a need is there, sorted so that it can be counted. What words mean what is data: `data/reasons.csv`."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from kompetanse.domains.needs.types import Cause, NeedKind


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reason in the reporter's own words was read as."""

    cause: Cause
    kind: NeedKind


@dataclass(frozen=True, slots=True)
class _Line:
    words: re.Pattern[str]
    reading: Reading


@lru_cache(maxsize=1)
def _lines() -> tuple[_Line, ...]:
    source = resources.files("kompetanse.domains.needs").joinpath("data/reasons.csv")
    with source.open(encoding="utf-8") as file:
        return tuple(
            _Line(
                re.compile("|".join(rf"\b{re.escape(words)}" for words in line["words"].split("|"))),
                Reading(Cause(line["cause"]), NeedKind(line["kind"])),
            )
            for line in csv.DictReader(file, delimiter=";")
        )


@lru_cache(maxsize=4096)
def read_reason(reason: str) -> Reading:
    """The first line of the table whose words begin a word of the reason; none: learn, cause other."""
    text = " ".join(reason.casefold().split())
    if not text:
        return Reading(Cause.NONE, NeedKind.LEARN)
    for line in _lines():
        if line.words.search(text):
            return line.reading
    return Reading(Cause.OTHER, NeedKind.LEARN)
