"""What can be done with plans."""

from .measures import add_measure, change_measure, follow_merged_pool, set_measure_status
from .plans import adopt_plan, draft_plan, send_to_hearing

__all__ = [
    "add_measure",
    "adopt_plan",
    "change_measure",
    "draft_plan",
    "follow_merged_pool",
    "send_to_hearing",
    "set_measure_status",
]
