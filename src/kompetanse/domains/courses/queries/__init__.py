"""What can be asked of the courses."""

from __future__ import annotations

from .catalogue import find_runs, list_month
from .checklist import list_owners, list_tasks, list_urgent_tasks
from .messages import list_messages
from .runs import count_waiting, get_run, list_runs, list_sessions
from .signups import (
    get_signup,
    list_approvals,
    list_candidates,
    list_line,
    list_own_signups,
    list_participants,
    list_signups,
    list_under_way,
)
from .teaching import (
    get_course,
    get_material,
    get_session,
    get_teaching,
    list_courses,
    missing_prerequisites,
)

__all__ = [
    "count_waiting",
    "find_runs",
    "get_course",
    "get_material",
    "get_run",
    "get_session",
    "get_signup",
    "get_teaching",
    "list_approvals",
    "list_candidates",
    "list_courses",
    "list_line",
    "list_messages",
    "list_month",
    "list_own_signups",
    "list_owners",
    "list_participants",
    "list_runs",
    "list_sessions",
    "list_signups",
    "list_tasks",
    "list_under_way",
    "list_urgent_tasks",
    "missing_prerequisites",
]
