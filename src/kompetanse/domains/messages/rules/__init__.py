"""Decisions about messages as pure functions: plain Python."""

from __future__ import annotations

from .bounces import Bounce, read_bounce
from .calendars import Entry, Party, feed_of, next_entries, write_calendar
from .delivery import (
    MOST_ATTEMPTS,
    UNDER_WAY,
    Verdict,
    is_interrupted,
    judge,
    message_id_of,
    number_of,
    tried_again_after,
)
from .own import ADDRESS_FAILED, FURTHER_ENTRY, OWN_KINDS
from .texts import check_text, compose, in_braces, language_for, places_of, preview

__all__ = [
    "ADDRESS_FAILED",
    "FURTHER_ENTRY",
    "MOST_ATTEMPTS",
    "OWN_KINDS",
    "UNDER_WAY",
    "Bounce",
    "Entry",
    "Party",
    "Verdict",
    "check_text",
    "compose",
    "feed_of",
    "in_braces",
    "is_interrupted",
    "judge",
    "language_for",
    "message_id_of",
    "next_entries",
    "number_of",
    "places_of",
    "preview",
    "read_bounce",
    "tried_again_after",
    "write_calendar",
]
