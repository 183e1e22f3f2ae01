"""The tables of the courses."""

from __future__ import annotations

from .attendance import (
    Attendance,
    AttendanceRule,
    TrainerLink,
)
from .runs import (
    Quota,
    Run,
    Session,
)
from .seats import (
    Interest,
    SeatDecision,
    SeatPolicy,
)
from .signups import (
    Signup,
)
from .teaching import (
    Block,
    Course,
    CourseMaterial,
    RunContent,
    RunTask,
)
from .terms import (
    Charge,
    RunDecision,
    RunMove,
    RunTermsChoice,
    Terms,
    TermsTier,
)

__all__ = [
    "Attendance",
    "AttendanceRule",
    "Block",
    "Charge",
    "Course",
    "CourseMaterial",
    "Interest",
    "Quota",
    "Run",
    "RunContent",
    "RunDecision",
    "RunMove",
    "RunTask",
    "RunTermsChoice",
    "SeatDecision",
    "SeatPolicy",
    "Session",
    "Signup",
    "Terms",
    "TermsTier",
    "TrainerLink",
]
