"""The courses' decisions, and the words they are told with. Plain Python."""

from __future__ import annotations

from .letters import NO_REASON, Letter, Occasion, ground_in_all, kind_of, kinds
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
    "NO_REASON",
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
    "ground_in_all",
    "is_released",
    "kind_of",
    "kinds",
]
