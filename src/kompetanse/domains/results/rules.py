"""What kinds of rows, fields, acts and events are called, for people. The words are data: `data/words.csv`.

A contract test fails when a model, a personal field, an operation or an event has no line there.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

LANGUAGES = ("nb", "nn", "en")


@cache
def spoken() -> dict[tuple[str, str], dict[str, str]]:
    """(kind, key) → the words in each written form.

    Kinds: model, purpose, field, after, operation, event, detail, value.
    """
    source = resources.files("kompetanse.domains.results").joinpath("data/words.csv")
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines(), delimiter=";")
    return {(row["kind"], row["key"]): {language: row[language] for language in LANGUAGES} for row in rows}


def word(kind: str, key: str, language: str = "nb") -> str:
    """What people call it; what has no words is called by its key, so that nothing is hidden."""
    found = spoken().get((kind, key))
    return found[language] if found else key


def has_words(kind: str, key: str) -> bool:
    return all(spoken().get((kind, key), {"": ""}).values())
