"""The door of the year wheel."""

from __future__ import annotations

from .operations import (
    drop_step,
    follow_wheel,
    read_campaign,
    read_thing,
    roll_wheel,
    set_step,
    start_wheel,
    state_standing,
)
from .permissions import Right
from .queries import get_new_step, get_step, get_wheel, list_now

__all__ = [
    "Right",
    "drop_step",
    "follow_wheel",
    "get_new_step",
    "get_step",
    "get_wheel",
    "list_now",
    "read_campaign",
    "read_thing",
    "roll_wheel",
    "set_step",
    "start_wheel",
    "state_standing",
]
