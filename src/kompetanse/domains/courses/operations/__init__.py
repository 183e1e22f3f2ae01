"""What can be done to runs, sign-ups and attendance."""

from __future__ import annotations

from .attendance import record_attendance
from .bookings import book_for_session, cater_for_session, forget_needs_of, free_for_run, tell_own_needs
from .messages import send_message, tell_approver, tell_person, write_letters
from .runs import cancel_run, change_run, follow_orders, open_run, plan_run, release_seats
from .signups import approve_signup, approve_signups, ask_for_seat, ask_for_seats, decline_signup, withdraw

__all__ = [
    "approve_signup",
    "approve_signups",
    "ask_for_seat",
    "ask_for_seats",
    "book_for_session",
    "cancel_run",
    "cater_for_session",
    "change_run",
    "decline_signup",
    "follow_orders",
    "forget_needs_of",
    "free_for_run",
    "open_run",
    "plan_run",
    "record_attendance",
    "release_seats",
    "send_message",
    "tell_approver",
    "tell_own_needs",
    "tell_person",
    "withdraw",
    "write_letters",
]
