"""The tables of the courses."""

from __future__ import annotations

from .messages import Message
from .runs import Quota, Run, Session
from .signups import Signup

__all__ = ["Message", "Quota", "Run", "Session", "Signup"]
