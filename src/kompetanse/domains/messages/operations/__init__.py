"""Writes."""

from __future__ import annotations

from .bouncing import note_bounce, receive_bounce
from .choosing import change_text, choose_channel, close_feed, open_feed, reset_text
from .mending import send_again, tell_of_failing, trust_address
from .sending import find_due, send_waiting
from .writing import write, write_of_kind

__all__ = [
    "change_text",
    "choose_channel",
    "close_feed",
    "find_due",
    "note_bounce",
    "open_feed",
    "receive_bounce",
    "reset_text",
    "send_again",
    "send_waiting",
    "tell_of_failing",
    "trust_address",
    "write",
    "write_of_kind",
]
