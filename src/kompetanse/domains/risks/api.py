"""The door of the risk register."""

from __future__ import annotations

from .operations import (
    add_mitigation,
    assess_risk,
    change_risk,
    close_risk,
    finish_mitigation,
    note_risk,
    register_risk,
    reopen_risk,
)
from .permissions import Right
from .queries import get_register, get_risk, list_risks

__all__ = [
    "Right",
    "add_mitigation",
    "assess_risk",
    "change_risk",
    "close_risk",
    "finish_mitigation",
    "get_register",
    "get_risk",
    "list_risks",
    "note_risk",
    "register_risk",
    "reopen_risk",
]
