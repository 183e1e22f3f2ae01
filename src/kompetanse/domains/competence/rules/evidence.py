"""Which dates an evidence may carry, and what its words are compared by."""

from __future__ import annotations

from datetime import date

from kompetanse.kernel.text import normalised

EARLIEST = date(1940, 1, 1)  # nobody at work today completed anything before


def text_key(text: str) -> str:
    """Equal for words that differ only in case, blanks and punctuation: never in what they say."""
    return normalised(text)[:200]


def is_too_old(day: date) -> bool:
    return day < EARLIEST


def is_before_birth(day: date, birth_year: int | None) -> bool:
    """Before the year of birth, where it is known. The year alone: more is not kept."""
    return birth_year is not None and day.year < birth_year


def certificate_key(issuer: str, number: str) -> tuple[str, str] | None:
    """What makes two certificates the same: issuer and number, however the issuer is typed. None without a number."""
    number = number.strip()
    return (normalised(issuer), number) if number else None
