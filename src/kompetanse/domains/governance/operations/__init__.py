"""What can be done: set goals and frames, call meetings, bring up and decide cases, write minutes."""

from .cases import add_case, change_case, decide_case, put_on_agenda, state_view, withdraw_case
from .goals import set_frame, set_goal
from .meetings import call_meeting, note_presence
from .minutes import write_minutes

__all__ = [
    "add_case",
    "call_meeting",
    "change_case",
    "decide_case",
    "note_presence",
    "put_on_agenda",
    "set_frame",
    "set_goal",
    "state_view",
    "withdraw_case",
    "write_minutes",
]
