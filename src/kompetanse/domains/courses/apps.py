from __future__ import annotations

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "kompetanse.domains.courses"
    label = "courses"
