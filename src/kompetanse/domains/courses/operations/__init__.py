"""What can be done to runs, sign-ups and attendance."""

from __future__ import annotations

from .attendance import record_attendance
from .messages import tell_approver, tell_change, tell_person, tell_withdrawn, write_letters
from .runs import cancel_run, change_run, follow_orders, open_run, plan_run, release_seats
from .signups import approve_signup, approve_signups, ask_for_seat, ask_for_seats, decline_signup, withdraw

__all__ = [
    "approve_signup",
    "approve_signups",
    "ask_for_seat",
    "ask_for_seats",
    "cancel_run",
    "change_run",
    "decline_signup",
    "follow_orders",
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
