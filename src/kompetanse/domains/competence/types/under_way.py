"""What people are on the way to, as the domains that teach tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Something that will answer a requirement when it is done. `standing` is a message id."""

    employee_id: int
    requirement_code: str
    title: str
    starts_at: datetime
    standing: str
    page: str  # the name of the page that tells more, and its number
    number: int
