"""The door of the courses."""

from __future__ import annotations

from kompetanse.domains.messages.api import list_messages

from .operations import (
    approve_signup,
    approve_signups,
    ask_for_seat,
    ask_for_seats,
    cancel_run,
    change_run,
    decline_signup,
    follow_orders,
    open_run,
    plan_run,
    record_attendance,
    release_seats,
    tell_approver,
    tell_change,
    tell_person,
    tell_withdrawn,
    withdraw,
    write_letters,
)
from .permissions import Right
from .queries import (
    get_run,
    get_signup,
    list_approvals,
    list_candidates,
    list_line,
    list_own_signups,
    list_participants,
    list_runs,
    list_sessions,
    list_signups,
)

__all__ = [
    "Right",
    "approve_signup",
    "approve_signups",
    "ask_for_seat",
    "ask_for_seats",
    "cancel_run",
    "change_run",
    "decline_signup",
    "follow_orders",
    "get_run",
    "get_signup",
    "list_approvals",
    "list_candidates",
    "list_line",
    "list_messages",
    "list_own_signups",
    "list_participants",
    "list_runs",
    "list_sessions",
    "list_signups",
    "open_run",
    "plan_run",
    "record_attendance",
    "release_seats",
    "tell_approver",
    "tell_change",
    "tell_person",
    "tell_withdrawn",
    "withdraw",
    "write_letters",
]
