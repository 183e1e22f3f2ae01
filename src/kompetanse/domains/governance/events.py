"""What has happened in the governance, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kompetanse.foundation.operation import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSet(Event):
    goal_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameSet(Event):
    year: int
    limit_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCalled(Event):
    meeting_id: int
    body_id: int
    held_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAdded(Event):
    case_id: int
    body_id: int
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChanged(Event):
    case_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePutOnAgenda(Event):
    case_id: int
    meeting_id: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewStated(Event):
    case_id: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDecided(Event):
    case_id: int
    meeting_id: int
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn(Event):
    case_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceNoted(Event):
    meeting_id: int
    present: int
    absent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesWritten(Event):
    meeting_id: int
    minutes_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaOrdered(Event):
    meeting_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDocumentAnnounced(Event):
    case_id: int
    document_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDocumentAttached(Event):
    case_id: int
    document_id: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAbsenceNoted(Event):
    case_id: int
    seat_id: int
    absence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotOpened(Event):
    case_id: int
    ballot_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteCast(Event):
    case_id: int
    ballot_id: int
    seat_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotClosed(Event):
    case_id: int
    ballot_id: int
    carried: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWritten(Event):
    case_id: int
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierNamed(Event):
    case_id: int
    earlier_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSentOn(Event):
    case_id: int
    new_case_id: int
    body_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskGiven(Event):
    case_id: int
    task_id: int
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDone(Event):
    case_id: int
    task_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingOpened(Event):
    case_id: int
    hearing_id: int
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingAnswered(Event):
    case_id: int
    hearing_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundWritten(Event):
    meeting_id: int
    seat_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesApproved(Event):
    meeting_id: int
    case_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOpened(Event):
    poll_id: int
    body_id: int
    dates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PollAnswered(Event):
    poll_id: int
    seat_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PollDateChosen(Event):
    poll_id: int
    meeting_id: int
    held_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PollDropped(Event):
    poll_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersStarted(Event):
    body_id: int
    year: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseForwarded(Event):
    case_id: int
    forwarding_id: int
    to_region: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCameIn(Event):
    incoming_id: int
    from_region: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingTakenUp(Event):
    incoming_id: int
    case_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingDeclined(Event):
    incoming_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReminded(Event):
    """The owner of a task is to be written to: it was given, its day is near, or its day is past."""

    task_id: int
    occasion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PollReminded(Event):
    """Those who have not answered a poll are to be written to."""

    poll_id: int
