"""What the governance keeps."""

from .following import Hearing, HearingAnswer, RoundText, Task
from .goals import Frame, Goal
from .meetings import Case, CaseCounter, CaseView, Meeting, Minutes, Presence
from .papers import CaseDocument, EarlierTreatment
from .polls import Poll, PollAnswer, PollDate
from .sending import Forwarding, Incoming
from .voting import Ballot, CaseAbsence, Vote

__all__ = [
    "Ballot",
    "Case",
    "CaseAbsence",
    "CaseCounter",
    "CaseDocument",
    "CaseView",
    "EarlierTreatment",
    "Forwarding",
    "Frame",
    "Goal",
    "Hearing",
    "HearingAnswer",
    "Incoming",
    "Meeting",
    "Minutes",
    "Poll",
    "PollAnswer",
    "PollDate",
    "Presence",
    "RoundText",
    "Task",
    "Vote",
]
