"""The tables of the courses."""

from __future__ import annotations

from .messages import Message
from .runs import Quota, Run, Session
from .seats import Interest, SeatDecision, SeatPolicy
from .signups import Signup

__all__ = ["Interest", "Message", "Quota", "Run", "SeatDecision", "SeatPolicy", "Session", "Signup"]
