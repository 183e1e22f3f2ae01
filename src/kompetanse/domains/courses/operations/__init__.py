"""What can be done to runs, sign-ups and attendance."""

from __future__ import annotations

from .attendance import record_attendance
from .checklist import add_task, assign_task, tick_task
from .messages import send_message, tell_approver, tell_person, write_letters
from .runs import cancel_run, change_run, follow_orders, open_run, plan_run, release_seats
from .sessions import (
    add_session,
    change_session,
    copy_run,
    plan_run_from,
    remove_session,
    set_blocks,
    set_municipality,
)
from .signups import approve_signup, approve_signups, ask_for_seat, ask_for_seats, decline_signup, withdraw
from .templates import (
    add_link,
    attach_material,
    change_course,
    make_course,
    remove_material,
    retire_course,
    take_up_course,
)

__all__ = [
    "add_link",
    "add_session",
    "add_task",
    "approve_signup",
    "approve_signups",
    "ask_for_seat",
    "ask_for_seats",
    "assign_task",
    "attach_material",
    "cancel_run",
    "change_course",
    "change_run",
    "change_session",
    "copy_run",
    "decline_signup",
    "follow_orders",
    "make_course",
    "open_run",
    "plan_run",
    "plan_run_from",
    "record_attendance",
    "release_seats",
    "remove_material",
    "remove_session",
    "retire_course",
    "send_message",
    "set_blocks",
    "set_municipality",
    "take_up_course",
    "tell_approver",
    "tell_person",
    "tick_task",
    "withdraw",
    "write_letters",
]
