from __future__ import annotations

from django.apps import AppConfig


class RisksConfig(AppConfig):
    name = "kompetanse.domains.risks"
    label = "risks"
