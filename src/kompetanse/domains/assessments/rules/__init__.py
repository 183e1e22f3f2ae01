"""The decisions of the assessments, and the words they are told with. Plain Python."""

from __future__ import annotations

from .letters import TO_LEADERS, Letter, Occasion, write
from .sheet import Sheet, write_book
from .sums import Tally, tally
from .targeting import Group, is_complete, reminder_due
from .vulnerability import holding, severity

__all__ = [
    "TO_LEADERS",
    "Group",
    "Letter",
    "Occasion",
    "Sheet",
    "Tally",
    "holding",
    "is_complete",
    "reminder_due",
    "severity",
    "tally",
    "write",
    "write_book",
]
