"""What the governance keeps."""

from .following import Hearing, HearingAnswer, RoundText, Task
from .goals import Frame, Goal
from .meetings import Case, CaseCounter, CaseView, Meeting, Minutes, Presence
from .papers import CaseDocument, EarlierTreatment
from .voting import Ballot, CaseAbsence, Vote

__all__ = [
    "Ballot",
    "Case",
    "CaseAbsence",
    "CaseCounter",
    "CaseDocument",
    "CaseView",
    "EarlierTreatment",
    "Frame",
    "Goal",
    "Hearing",
    "HearingAnswer",
    "Meeting",
    "Minutes",
    "Presence",
    "RoundText",
    "Task",
    "Vote",
]
