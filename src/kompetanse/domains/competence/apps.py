from __future__ import annotations

from django.apps import AppConfig


class CompetenceConfig(AppConfig):
    name = "kompetanse.domains.competence"
    label = "competence"
