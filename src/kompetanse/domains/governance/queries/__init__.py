"""What can be asked of the governance."""

from .archive import minutes_archive
from .case_page import get_case_page
from .cases import find_case_by_reference, get_case, list_cases
from .following import find_hearing, list_hearings, list_tasks
from .goals import find_frame, get_goal, get_goals_page, list_frames, list_goals
from .meeting_page import get_meeting
from .meetings import list_meetings
from .minutes import get_minutes, minutes_draft_pdf, minutes_pdf, notice_pdf
from .papers import get_case_document

__all__ = [
    "find_case_by_reference",
    "find_frame",
    "find_hearing",
    "get_case",
    "get_case_document",
    "get_case_page",
    "get_goal",
    "get_goals_page",
    "get_meeting",
    "get_minutes",
    "list_cases",
    "list_frames",
    "list_goals",
    "list_hearings",
    "list_meetings",
    "list_tasks",
    "minutes_archive",
    "minutes_draft_pdf",
    "minutes_pdf",
    "notice_pdf",
]
