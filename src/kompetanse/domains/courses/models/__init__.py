"""The tables of the courses."""

from __future__ import annotations

from .messages import Message
from .runs import Quota, Run, Session
from .signups import Signup
from .teaching import Block, Course, CourseMaterial, RunContent, RunTask

__all__ = [
    "Block",
    "Course",
    "CourseMaterial",
    "Message",
    "Quota",
    "Run",
    "RunContent",
    "RunTask",
    "Session",
    "Signup",
]
