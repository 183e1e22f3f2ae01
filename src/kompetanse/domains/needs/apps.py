from __future__ import annotations

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "kompetanse.domains.needs"
    label = "needs"
