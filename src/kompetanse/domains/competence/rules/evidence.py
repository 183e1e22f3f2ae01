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
