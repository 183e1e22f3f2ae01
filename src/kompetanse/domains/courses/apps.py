from __future__ import annotations

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "kompetanse.domains.courses"
    label = "courses"

    def ready(self) -> None:
        from kompetanse.domains.competence import api as competence
        from kompetanse.domains.messages import api as messages

        from . import rules
        from .queries import list_under_way

        messages.declare_kinds(rules.kinds())

        competence.tell_under_way(lambda ctx, employee_id: list_under_way(ctx, employee_id=employee_id))
