"""Who may see and steer the year: the wheel is open to the region, where each municipality stands is not."""

from __future__ import annotations

from enum import StrEnum

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.access import Belongs, Holds, InSight, Policy
from kompetanse.kernel.text_marker import N_

from .models import Standing, Step, Wheel


class Right(StrEnum):
    WHEEL_READ = "wheel:read"
    WHEEL_STEER = "wheel:steer"
    STEP_READ = "step:read"
    STEP_STEER = "step:steer"
    STANDING_READ = "standing:read"
    STANDING_STATE = "standing:state"


OFFICE = Holds(Role.COURSE_ADMINISTRATOR)
OWN = "municipality_id"


class WheelPolicy(Policy):
    model = Wheel
    grants = {Right.WHEEL_READ: (InSight(),), Right.WHEEL_STEER: (OFFICE,)}
    refusal = N_("Årshjulet settes opp av kompetansekontoret. Ta kontakt med dem hvis noe er feil.")


class StepPolicy(Policy):
    model = Step
    grants = {Right.STEP_READ: (InSight(),), Right.STEP_STEER: (OFFICE,)}
    refusal = N_("Årshjulet settes opp av kompetansekontoret. Ta kontakt med dem hvis noe er feil.")


class StandingPolicy(Policy):
    model = Standing
    grants = {
        # Its own people see where a municipality stands; so do the bodies that wait for it, the unions and the office.
        Right.STANDING_READ: (
            OFFICE,
            Holds(Role.FORUM_MEMBER),
            Holds(Role.CHIEF_EXECUTIVE),
            Holds(Role.UNION_REPRESENTATIVE),
            Belongs(OWN),
        ),
        Right.STANDING_STATE: (
            OFFICE,
            Holds(Role.CONTACT_PERSON, tenant=OWN),
            Holds(Role.CHIEF_EXECUTIVE, tenant=OWN),
            Holds(Role.HR, tenant=OWN),
        ),
    }
    refusal = N_(
        "Hvor langt kommunen er kommet, føres av kontaktpersonen, HR, kommunedirektøren eller kompetansekontoret."
    )
