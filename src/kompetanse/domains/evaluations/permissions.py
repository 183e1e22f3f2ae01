"""Who may see what people have answered. To answer, one holds a ticket."""

from __future__ import annotations

from enum import StrEnum

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.access import Holds, Policy
from kompetanse.kernel.text_marker import N_

from .models import Evaluation


class Right(StrEnum):
    EVALUATION_READ = "evaluation:read"


class EvaluationPolicy(Policy):
    model = Evaluation
    grants = {Right.EVALUATION_READ: (Holds(Role.COURSE_ADMINISTRATOR),)}
    refusal = N_("Evalueringene leses av kurskontoret. Spør dem om resultatet for et kurs.")
