"""Decisions about risks as pure functions."""

from __future__ import annotations

from .types import (
    HIGHEST,
    LOWEST,
    TEXT_LENGTH,
    GradeIsImpossible,
    Level,
    TextIsMissing,
    TextIsTooLong,
)

MEDIUM_FROM, HIGH_FROM = 5, 10


def level_of(probability: int, consequence: int) -> Level:
    """The level of a place in the matrix: by the product, low under 5, high from 10. Raises GradeIsImpossible.

    So the gravest consequence is never a low risk, however unlikely it is.
    """
    if not all(isinstance(grade, int) and LOWEST <= grade <= HIGHEST for grade in (probability, consequence)):
        raise GradeIsImpossible()
    score = probability * consequence
    return Level.HIGH if score >= HIGH_FROM else Level.MEDIUM if score >= MEDIUM_FROM else Level.LOW


def checked_text(text: str, field_name: str, *, limit: int = TEXT_LENGTH, required: bool = False) -> str:
    """The text without control characters and the blanks around it.

    Raises TextIsMissing where it is required and empty, TextIsTooLong past `limit` characters.
    """
    clean = "".join(sign for sign in text.replace("\r\n", "\n") if sign in "\n\t" or sign.isprintable()).strip()
    if required and not clean:
        raise TextIsMissing(field_name=field_name)
    if len(clean) > limit:
        raise TextIsTooLong(field_name=field_name, length=len(clean), limit=limit)
    return clean
