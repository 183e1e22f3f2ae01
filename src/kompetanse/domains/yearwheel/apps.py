from __future__ import annotations

from django.apps import AppConfig


class YearwheelConfig(AppConfig):
    name = "kompetanse.domains.yearwheel"
    label = "yearwheel"
