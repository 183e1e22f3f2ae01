"""Who may see and steer the plans. What is on hearing or adopted is open to everybody in the region."""

from __future__ import annotations

from enum import StrEnum

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.access import Belongs, Holds, InSight, Policy

from .models import ActionPlan, Measure
from .types import PlanStatus

PUBLIC = (PlanStatus.HEARING.value, PlanStatus.ADOPTED.value)


class Right(StrEnum):
    PLAN_READ = "plan:read"
    PLAN_DRAFT = "plan:draft"
    PLAN_ADOPT = "plan:adopt"
    MEASURE_READ = "measure:read"
    MEASURE_CHANGE = "measure:change"


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
