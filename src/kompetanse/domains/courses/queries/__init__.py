"""What can be asked of the courses."""

from __future__ import annotations

from .interest import list_interests, list_own_interests
from .listed import list_cautions, read_list
from .messages import list_messages
from .runs import get_run, list_runs, list_sessions
from .seats import get_policy, get_why, replay_run
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
    "get_policy",
    "get_run",
    "get_signup",
    "get_why",
    "list_approvals",
    "list_candidates",
    "list_cautions",
    "list_interests",
    "list_line",
    "list_messages",
    "list_own_interests",
    "list_own_signups",
    "list_participants",
    "list_runs",
    "list_sessions",
    "list_signups",
    "list_under_way",
    "read_list",
    "replay_run",
]
