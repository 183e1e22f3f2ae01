"""Who may see and steer. What a region decides is open to everybody in it; who prepares and decides is not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q

from kompetanse.domains.organisation.types import BodyKind, Role
from kompetanse.foundation.access import NOTHING, Belongs, Holds, InSight, Policy
from kompetanse.kernel.context import Actor

from .models import Case, Frame, Goal, Meeting, Minutes


class Right(StrEnum):
    GOAL_READ = "goal:read"
    GOAL_SET = "goal:set"
    FRAME_READ = "frame:read"
    FRAME_SET = "frame:set"
    MEETING_READ = "meeting:read"
    MEETING_PREPARE = "meeting:prepare"
    CASE_READ = "case:read"
    CASE_PREPARE = "case:prepare"
    CASE_DECIDE = "case:decide"
    CASE_STATE_VIEW = "case:state_view"
    MINUTES_READ = "minutes:read"
    MINUTES_WRITE = "minutes:write"


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


IN_FORUM = HoldsIn(Role.FORUM_MEMBER, BodyKind.COMPETENCE_FORUM)
UNION_IN_FORUM = HoldsIn(Role.UNION_REPRESENTATIVE, BodyKind.COMPETENCE_FORUM)
IN_COMMITTEE = HoldsIn(Role.CHIEF_EXECUTIVE, BodyKind.EXECUTIVE_COMMITTEE)
IN_NETWORK = HoldsIn(Role.NETWORK_MEMBER, BodyKind.SUBJECT_NETWORK)
OFFICE = Holds(Role.COURSE_ADMINISTRATOR)


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
        Right.MEETING_READ: (InSight(),),
        Right.MEETING_PREPARE: (OFFICE,),
    }


class CasePolicy(Policy):
    model = Case
    grants = {
        # A case is public from the day it stands on an agenda; before that it is for those with a place in
        # the region: the bodies, the unions, the office.
        Right.CASE_READ: (InSight("meeting_id"), Belongs()),
        Right.CASE_PREPARE: (OFFICE,),
        Right.CASE_DECIDE: (OFFICE, IN_FORUM, IN_COMMITTEE, IN_NETWORK),
        Right.CASE_STATE_VIEW: (IN_FORUM, UNION_IN_FORUM, IN_COMMITTEE, IN_NETWORK),
    }


class MinutesPolicy(Policy):
    model = Minutes
    grants = {
        Right.MINUTES_READ: (InSight(),),
        Right.MINUTES_WRITE: (OFFICE,),
    }
