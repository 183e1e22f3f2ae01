from __future__ import annotations

from django.apps import AppConfig


class SettlementsConfig(AppConfig):
    name = "kompetanse.domains.settlements"
    label = "settlements"

    def ready(self) -> None:
        from kompetanse.foundation import schema

        from .models import statements

        schema.declare_routines("settlements", *statements.ROUTINES)
