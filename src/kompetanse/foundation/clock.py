"""What time it is. The demo lives in a year of its own, so that its plan has been carried out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings


def now() -> datetime:
    """The moment, with its zone. Only the edges ask; the domain is told through its Context."""
    offset: timedelta = getattr(settings, "CLOCK_OFFSET", timedelta())
    return datetime.now(UTC) + offset
