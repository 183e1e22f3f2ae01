"""The courses' decisions, and the words they are told with. Plain Python."""

from __future__ import annotations

from .letters import Letter, Occasion, write
from .seating import (
    ABSENT,
    ASKED,
    DECLINED,
    POLICY,
    PRESENT,
    PRESENT_WITHOUT_REQUIREMENT,
    RUN_CANCELLED,
    WITHDRAWN,
    Chairs,
    Entry,
    Ground,
    Ruling,
    can_withdraw,
    fit_quotas,
    give_out,
    is_released,
)

__all__ = [
    "ABSENT",
    "ASKED",
    "DECLINED",
    "POLICY",
    "PRESENT",
    "PRESENT_WITHOUT_REQUIREMENT",
    "RUN_CANCELLED",
    "WITHDRAWN",
    "Chairs",
    "Entry",
    "Ground",
    "Letter",
    "Occasion",
    "Ruling",
    "can_withdraw",
    "fit_quotas",
    "give_out",
    "is_released",
    "write",
]
