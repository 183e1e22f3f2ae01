"""Who may see and steer the plans. What is on hearing or adopted is open to everybody in the region."""

from __future__ import annotations

from enum import StrEnum

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.access import Belongs, Holds, InSight, Policy

from .models import ActionPlan, FocusArea, LocalMeasure, Measure, TertialReport
from .types import PlanStatus

PUBLIC = (PlanStatus.HEARING.value, PlanStatus.ADOPTED.value)


class Right(StrEnum):
    PLAN_READ = "plan:read"
    PLAN_DRAFT = "plan:draft"
    PLAN_ADOPT = "plan:adopt"
    MEASURE_READ = "measure:read"
    MEASURE_CHANGE = "measure:change"
    STRATEGY_READ = "strategy:read"
    STRATEGY_SET = "strategy:set"
    LOCAL_MEASURE_READ = "local_measure:read"
    LOCAL_MEASURE_SET = "local_measure:set"
    TERTIAL_READ = "tertial:read"
    TERTIAL_WRITE = "tertial:write"


class PlanPolicy(Policy):
    model = ActionPlan
    grants = {
        # A draft is for those with a place in the region: the bodies, the unions, the office.
        Right.PLAN_READ: (InSight("status", PUBLIC), Belongs()),
        Right.PLAN_DRAFT: (Holds(Role.COURSE_ADMINISTRATOR),),
        Right.PLAN_ADOPT: (Holds(Role.COURSE_ADMINISTRATOR), Holds(Role.CHIEF_EXECUTIVE)),
    }


class MeasurePolicy(Policy):
    model = Measure
    grants = {
        Right.MEASURE_READ: (InSight("plan.status", PUBLIC), Belongs()),
        Right.MEASURE_CHANGE: (Holds(Role.COURSE_ADMINISTRATOR),),
    }


class StrategyPolicy(Policy):
    model = FocusArea
    grants = {
        Right.STRATEGY_READ: (InSight(),),
        Right.STRATEGY_SET: (Holds(Role.COURSE_ADMINISTRATOR), Holds(Role.CHIEF_EXECUTIVE)),
    }


class LocalMeasurePolicy(Policy):
    model = LocalMeasure
    grants = {
        Right.LOCAL_MEASURE_READ: (Belongs(), Holds(Role.COURSE_ADMINISTRATOR)),
        Right.LOCAL_MEASURE_SET: (Holds(Role.CONTACT_PERSON), Holds(Role.HR), Holds(Role.CHIEF_EXECUTIVE)),
    }


class TertialPolicy(Policy):
    model = TertialReport
    grants = {
        # What is sent is for everybody in the region; before that for those with a place in it.
        Right.TERTIAL_READ: (InSight("sent_at"), Belongs()),
        Right.TERTIAL_WRITE: (Holds(Role.COURSE_ADMINISTRATOR),),
    }
