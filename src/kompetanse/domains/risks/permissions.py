"""Who may see and follow up risks. The register is open to the whole region; the forum and the office write."""

from __future__ import annotations

from enum import StrEnum

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.access import Holds, InSight, Policy
from kompetanse.kernel.text_marker import N_

from .models import Risk


class Right(StrEnum):
    RISK_READ = "risk:read"
    RISK_MANAGE = "risk:manage"


class RiskPolicy(Policy):
    model = Risk
    grants = {
        Right.RISK_READ: (InSight(),),
        Right.RISK_MANAGE: (Holds(Role.COURSE_ADMINISTRATOR), Holds(Role.FORUM_MEMBER)),
    }
    refusal = N_("Risikoene føres av forumet og kompetansekontoret. Ta kontakt med dem hvis noe mangler eller er feil.")
