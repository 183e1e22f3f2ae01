"""What can be done with plans."""

from .measures import add_measure, change_measure, follow_merged_pool, set_measure_status
from .money import choose_key, record_use, share_cost
from .plans import adopt_plan, draft_plan, record_exception, roll_plan, send_to_hearing
from .results import note_deviation, send_tertial, set_local_measure, write_tertial
from .revisions import open_revision, propose_drop, propose_measure, withdraw_proposal, withdraw_revision
from .strategy import read_indicator, set_focus_area, set_indicator

__all__ = [
    "add_measure",
    "adopt_plan",
    "change_measure",
    "choose_key",
    "draft_plan",
    "follow_merged_pool",
    "note_deviation",
    "open_revision",
    "propose_drop",
    "propose_measure",
    "read_indicator",
    "record_exception",
    "record_use",
    "roll_plan",
    "send_tertial",
    "send_to_hearing",
    "set_focus_area",
    "set_indicator",
    "set_local_measure",
    "set_measure_status",
    "share_cost",
    "withdraw_proposal",
    "withdraw_revision",
    "write_tertial",
]
