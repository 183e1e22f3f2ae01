"""The days of the demo's year. The needs are for 2027."""

from __future__ import annotations

from datetime import UTC, date, datetime


def at(month: int, day: int, hour: int = 9, year: int = 2027) -> datetime:
    """An hour of a day, as the clock in UTC shows it."""
    return datetime(year, month, day, hour, tzinfo=UTC)


LOADED = at(11, 23, year=2026)  # the files are taken in
FORUM_NOTICE, FORUM = at(1, 6), date(2027, 1, 21)
HEARING = at(1, 25)
COMMITTEE_NOTICE, COMMITTEE = at(1, 26), date(2027, 2, 11)
ORDERS = at(2, 15)
ACCEPTED = at(2, 19)
PLANNED = at(2, 22)
SIGN_UP = at(3, 1)
APPROVE = at(3, 8)
TODAY = at(6, 1)
NEXT_FORUM = date(2027, 6, 17)
