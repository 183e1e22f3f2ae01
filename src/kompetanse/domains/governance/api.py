"""The door of the governance."""

from __future__ import annotations

from .operations import (
    add_case,
    call_meeting,
    change_case,
    decide_case,
    note_presence,
    put_on_agenda,
    set_frame,
    set_goal,
    state_view,
    withdraw_case,
    write_minutes,
)
from .permissions import Right
from .queries import (
    find_case_by_reference,
    find_frame,
    get_case,
    get_case_page,
    get_goal,
    get_goals_page,
    get_meeting,
    get_minutes,
    list_cases,
    list_frames,
    list_goals,
    list_meetings,
    minutes_pdf,
    notice_pdf,
)

__all__ = [
    "Right",
    "add_case",
    "call_meeting",
    "change_case",
    "decide_case",
    "find_case_by_reference",
    "find_frame",
    "get_case",
    "get_case_page",
    "get_goal",
    "get_goals_page",
    "get_meeting",
    "get_minutes",
    "list_cases",
    "list_frames",
    "list_goals",
    "list_meetings",
    "minutes_pdf",
    "note_presence",
    "notice_pdf",
    "put_on_agenda",
    "set_frame",
    "set_goal",
    "state_view",
    "withdraw_case",
    "write_minutes",
]
