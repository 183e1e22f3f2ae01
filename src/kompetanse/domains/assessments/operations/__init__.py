"""What can be done in the assessments."""

from __future__ import annotations

from .asking import ask_people
from .campaigns import (
    change_campaign,
    close_campaign,
    open_campaign,
    plan_campaign,
)
from .following import follow_campaign, remind_people
from .marks import end_critical, end_mandate, give_mandate, mark_critical, set_range
from .rating import answer_for, answer_self, invite_peer, rate_as_expert, rate_as_peer, rate_person

__all__ = [
    "answer_for",
    "answer_self",
    "ask_people",
    "change_campaign",
    "close_campaign",
    "end_critical",
    "end_mandate",
    "follow_campaign",
    "give_mandate",
    "invite_peer",
    "mark_critical",
    "open_campaign",
    "plan_campaign",
    "rate_as_expert",
    "rate_as_peer",
    "rate_person",
    "remind_people",
    "set_range",
]
