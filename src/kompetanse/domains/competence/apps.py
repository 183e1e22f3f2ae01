from __future__ import annotations

from django.apps import AppConfig


class CompetenceConfig(AppConfig):
    name = "kompetanse.domains.competence"
    label = "competence"

    def ready(self) -> None:
        from kompetanse.foundation import schema

        from .models import (
            collective_statements,
            keeping_statements,
            proof_statements,
            status_statements,
            touching_statements,
        )

        schema.declare_routines(
            "competence",
            *status_statements.ROUTINES,
            *keeping_statements.ROUTINES,
            *touching_statements.ROUTINES,
            *proof_statements.ROUTINES,
            *collective_statements.ROUTINES,
        )
