"""The tables of the courses."""

from __future__ import annotations

from .attendance import Attendance, AttendanceRule, TrainerLink
from .messages import Message
from .runs import Quota, Run, Session
from .signups import Signup

__all__ = ["Attendance", "AttendanceRule", "Message", "Quota", "Run", "Session", "Signup", "TrainerLink"]
