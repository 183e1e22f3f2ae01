"""What can be asked of the governance."""

from .archive import minutes_archive
from .bodies import get_body_page
from .case_page import get_case_page
from .cases import find_case_by_reference, get_case, list_cases
from .following import find_hearing, list_hearings, list_tasks
from .goals import find_frame, get_goal, get_goals_page, list_frames, list_goals
from .letters import list_letters
from .meeting_page import get_meeting
from .meetings import list_meetings
from .minutes import get_minutes, minutes_draft_pdf, minutes_pdf, notice_pdf
from .papers import get_case_document
from .polls import get_poll, list_polls
from .sending import get_incoming, read_forwarding

__all__ = [
    "find_case_by_reference",
    "find_frame",
    "find_hearing",
    "get_body_page",
    "get_case",
    "get_case_document",
    "get_case_page",
    "get_goal",
    "get_goals_page",
    "get_incoming",
    "get_meeting",
    "get_minutes",
    "get_poll",
    "list_cases",
    "list_frames",
    "list_goals",
    "list_hearings",
    "list_letters",
    "list_meetings",
    "list_polls",
    "list_tasks",
    "minutes_archive",
    "minutes_draft_pdf",
    "minutes_pdf",
    "notice_pdf",
    "read_forwarding",
]
