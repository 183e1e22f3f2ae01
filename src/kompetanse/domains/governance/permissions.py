"""Who may see and steer. What a region decides is open to everybody in it; who prepares and decides is not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q

from kompetanse.domains.organisation.types import BodyKind, Role, SeatKind
from kompetanse.foundation.access import NOTHING, Belongs, Holds, InSight, Owns, Policy, SitsIn
from kompetanse.kernel.context import Actor

from .models import Case, Frame, Goal, HearingAnswer, Incoming, Meeting, Minutes, Poll, RoundText, Task


class Right(StrEnum):
    GOAL_READ = "goal:read"
    GOAL_SET = "goal:set"
    FRAME_READ = "frame:read"
    FRAME_SET = "frame:set"
    MEETING_READ = "meeting:read"
    MEETING_PREPARE = "meeting:prepare"
    CASE_READ = "case:read"
    CASE_READ_SHIELDED = "case:read_shielded"
    CASE_PREPARE = "case:prepare"
    CASE_DECIDE = "case:decide"
    CASE_STATE_VIEW = "case:state_view"
    CASE_VOTE = "case:vote"
    MINUTES_READ = "minutes:read"
    MINUTES_WRITE = "minutes:write"
    TASK_READ = "task:read"
    TASK_FINISH = "task:finish"
    HEARING_ANSWER = "hearing:answer"
    ROUND_WRITE = "round:write"
    POLL_READ = "poll:read"
    POLL_ANSWER = "poll:answer"
    POLL_OPEN = "poll:open"
    INCOMING_READ = "incoming:read"
    INCOMING_ANSWER = "incoming:answer"


@dataclass(frozen=True, slots=True)
class HoldsIn:
    """Holds a role in the row's tenant, where the row is of a body of a kind."""

    role: Role
    kind: BodyKind

    def allows(self, actor: Actor, row: Any) -> bool:
        return bool(row.body.kind == self.kind) and Holds(self.role).allows(actor, row)

    def rows(self, actor: Actor) -> Q:
        found = Holds(self.role).rows(actor)
        return NOTHING if found == NOTHING else found & Q(body__kind=self.kind)

    def possible(self, actor: Actor) -> bool:
        return Holds(self.role).possible(actor)


@dataclass(frozen=True, slots=True)
class OnOpenAgenda(InSight):
    """Stands on an agenda, and is not kept from the public: for anybody who has it in sight."""

    field: str = "meeting_id"

    def allows(self, actor: Actor, row: Any) -> bool:
        return InSight.allows(self, actor, row) and row.legal_ground == ""

    def rows(self, actor: Actor) -> Q:
        found = InSight.rows(self, actor)
        return NOTHING if found == NOTHING else found & Q(legal_ground="")


IN_FORUM = HoldsIn(Role.FORUM_MEMBER, BodyKind.COMPETENCE_FORUM)
UNION_IN_FORUM = HoldsIn(Role.UNION_REPRESENTATIVE, BodyKind.COMPETENCE_FORUM)
IN_COMMITTEE = HoldsIn(Role.CHIEF_EXECUTIVE, BodyKind.EXECUTIVE_COMMITTEE)
IN_NETWORK = HoldsIn(Role.NETWORK_MEMBER, BodyKind.SUBJECT_NETWORK)
IN_ARENA = HoldsIn(Role.NETWORK_MEMBER, BodyKind.INTERREGIONAL_ARENA)
IN_STEERING = HoldsIn(Role.NETWORK_MEMBER, BodyKind.STEERING_GROUP)
OFFICE = Holds(Role.COURSE_ADMINISTRATOR)
DESK = (SeatKind.CHAIR.value, SeatKind.SECRETARY.value)
# The chair and the secretary prepare their own body's meetings and write at its table.
AT_DESK = SitsIn(DESK)


class GoalPolicy(Policy):
    model = Goal
    grants = {
        Right.GOAL_READ: (InSight(),),
        # A council's goals are written in by its contact person; the region's by the office.
        Right.GOAL_SET: (OFFICE, Holds(Role.CHIEF_EXECUTIVE), Holds(Role.CONTACT_PERSON)),
    }


class FramePolicy(Policy):
    model = Frame
    grants = {
        Right.FRAME_READ: (InSight(),),
        Right.FRAME_SET: (OFFICE, Holds(Role.CHIEF_EXECUTIVE)),
    }


class MeetingPolicy(Policy):
    model = Meeting
    grants = {
        # Notices and agendas are public.
        Right.MEETING_READ: (InSight(), SitsIn()),
        Right.MEETING_PREPARE: (OFFICE, AT_DESK),
    }


class CasePolicy(Policy):
    model = Case
    grants = {
        # A case is public from the day it stands on an agenda; before that it is for those with a place in
        # the region: the bodies, the unions, the office. So is a case with a legal ground for it.
        Right.CASE_READ: (OnOpenAgenda(), Belongs(), SitsIn()),
        Right.CASE_READ_SHIELDED: (Belongs(), SitsIn()),
        Right.CASE_PREPARE: (OFFICE, AT_DESK),
        Right.CASE_DECIDE: (OFFICE, AT_DESK, IN_FORUM, IN_COMMITTEE, IN_NETWORK),
        Right.CASE_STATE_VIEW: (IN_FORUM, UNION_IN_FORUM, IN_COMMITTEE, IN_NETWORK, IN_ARENA, IN_STEERING),
        # From a seat; which seats vote is decided at the table. The office notes a show of hands.
        Right.CASE_VOTE: (
            OFFICE,
            SitsIn(),
            IN_FORUM,
            UNION_IN_FORUM,
            IN_COMMITTEE,
            IN_NETWORK,
            IN_ARENA,
            IN_STEERING,
        ),
    }


class MinutesPolicy(Policy):
    model = Minutes
    grants = {
        Right.MINUTES_READ: (InSight(), SitsIn(body="meeting.body_id")),
        Right.MINUTES_WRITE: (OFFICE, SitsIn(DESK, body="meeting.body_id")),
    }


class TaskPolicy(Policy):
    model = Task
    grants = {
        Right.TASK_READ: (Owns("owner_id"), Belongs(), SitsIn()),
        Right.TASK_FINISH: (Owns("owner_id"), OFFICE),
    }


class HearingAnswerPolicy(Policy):
    model = HearingAnswer
    grants = {
        # A leader answers for their units, the contact person and the chief executive for the municipality.
        Right.HEARING_ANSWER: (
            Holds(Role.LEADER, at="unit.path", tenant="municipality_id"),
            Holds(Role.CONTACT_PERSON, tenant="municipality_id"),
            Holds(Role.CHIEF_EXECUTIVE, tenant="municipality_id"),
        ),
    }


class RoundPolicy(Policy):
    model = RoundText
    grants = {Right.ROUND_WRITE: (OFFICE, Owns("seat.person_id"), SitsIn(DESK, body="meeting.body_id"))}


class PollPolicy(Policy):
    model = Poll
    grants = {
        Right.POLL_READ: (Belongs(), SitsIn()),
        Right.POLL_ANSWER: (OFFICE, SitsIn()),
        Right.POLL_OPEN: (OFFICE, AT_DESK),
    }


class IncomingPolicy(Policy):
    model = Incoming
    grants = {
        Right.INCOMING_READ: (Belongs(),),
        Right.INCOMING_ANSWER: (OFFICE,),
    }
