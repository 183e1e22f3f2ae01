"""What can be asked of the governance."""

from .case_page import get_case_page
from .cases import find_case_by_reference, get_case, list_cases
from .goals import find_frame, get_goal, get_goals_page, list_frames, list_goals
from .meetings import get_meeting, list_meetings
from .minutes import get_minutes, minutes_pdf, notice_pdf

__all__ = [
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
    "notice_pdf",
]
