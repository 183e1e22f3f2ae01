"""What can be done to runs, sign-ups and attendance."""

from __future__ import annotations

from .attendance import record_attendance
from .escalation import pass_up_approvals
from .interest import tell_interest, withdraw_interest
from .messages import send_message, tell_approver, tell_interested, tell_person, write_letters
from .moving import move_signup, replace_participant
from .offers import accept_offer, expire_offers, refuse_offer
from .policy import declare_policy, give_office_seat
from .runs import cancel_run, change_run, follow_orders, open_run, plan_run, release_seats
from .signups import (
    approve_signup,
    approve_signups,
    ask_for_seat,
    ask_for_seats,
    decline_signup,
    sign_up,
    sign_up_listed,
    withdraw,
)

__all__ = [
    "accept_offer",
    "approve_signup",
    "approve_signups",
    "ask_for_seat",
    "ask_for_seats",
    "cancel_run",
    "change_run",
    "declare_policy",
    "decline_signup",
    "expire_offers",
    "follow_orders",
    "give_office_seat",
    "move_signup",
    "open_run",
    "pass_up_approvals",
    "plan_run",
    "record_attendance",
    "refuse_offer",
    "release_seats",
    "replace_participant",
    "send_message",
    "sign_up",
    "sign_up_listed",
    "tell_approver",
    "tell_interest",
    "tell_interested",
    "tell_person",
    "withdraw",
    "withdraw_interest",
    "write_letters",
]
