"""What can be asked of the courses."""

from __future__ import annotations

from .runs import get_run, list_runs, list_sessions
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

__all__ = [
    "get_run",
    "get_signup",
    "list_approvals",
    "list_candidates",
    "list_line",
    "list_own_signups",
    "list_participants",
    "list_runs",
    "list_sessions",
    "list_signups",
    "list_under_way",
]
