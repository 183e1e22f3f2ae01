from __future__ import annotations

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "kompetanse.domains.organisation"
    label = "organisation"

    def ready(self) -> None:
        from kompetanse.foundation import schema

        from .models import history_statements

        schema.declare_routines("organisation", *history_statements.ROUTINES)
