"""What the governance keeps."""

from .goals import Frame, Goal
from .meetings import Case, CaseCounter, CaseView, Meeting, Minutes, Presence

__all__ = ["Case", "CaseCounter", "CaseView", "Frame", "Goal", "Meeting", "Minutes", "Presence"]
