"""Results are numbers, and open to everybody in the region."""

from __future__ import annotations

from enum import StrEnum

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.access import Holds, InSight, Policy

from .models import MeasureResult


class Right(StrEnum):
    RESULT_READ = "result:read"
    SYSTEM_WATCH = "system:watch"


class ResultPolicy(Policy):
    model = MeasureResult
    grants = {
        Right.RESULT_READ: (InSight(),),
        Right.SYSTEM_WATCH: (Holds(Role.SYSTEM_ADMINISTRATOR),),
    }
