"""The tables of the courses."""

from __future__ import annotations

from .runs import Quota, Run, Session
from .signups import Signup

__all__ = ["Quota", "Run", "Session", "Signup"]
