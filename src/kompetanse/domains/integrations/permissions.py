"""Who may bring files in."""

from __future__ import annotations

from enum import StrEnum

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.access import Holds, Policy

from .models import ImportRun


class Right(StrEnum):
    IMPORT_RUN = "import:run"


class ImportRunPolicy(Policy):
    model = ImportRun
    grants = {
        # The files hold a whole municipality's people: only those who see all of them anyway.
        Right.IMPORT_RUN: (
            Holds(Role.HR),
            Holds(Role.CONTACT_PERSON),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
    }
