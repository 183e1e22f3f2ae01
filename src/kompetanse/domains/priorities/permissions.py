"""Who may prepare, weigh, score and read a round."""

from __future__ import annotations

from enum import StrEnum

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.access import Holds, Policy

from .models import Round

_OFFICE = (Holds(Role.COURSE_ADMINISTRATOR), Holds(Role.SYSTEM_ADMINISTRATOR))
_SEATED = (
    Holds(Role.FORUM_MEMBER),
    Holds(Role.UNION_REPRESENTATIVE),
    Holds(Role.NETWORK_MEMBER),
    Holds(Role.CHIEF_EXECUTIVE),
)


class Right(StrEnum):
    ROUND_READ = "priorities:read"
    ROUND_PREPARE = "priorities:prepare"
    ROUND_WEIGH = "priorities:weigh"
    ROUND_SCORE = "priorities:score"


class RoundPolicy(Policy):
    model = Round
    grants = {
        # The same who read the pools: those with a place in the region. Scores are the seats', and seats are public.
        Right.ROUND_READ: (*_SEATED, *_OFFICE),
        Right.ROUND_PREPARE: _OFFICE,
        Right.ROUND_WEIGH: (Holds(Role.FORUM_MEMBER), *_OFFICE),
        # Besides, one must have a seat in the body of the case today; the operation looks.
        Right.ROUND_SCORE: _SEATED,
    }
