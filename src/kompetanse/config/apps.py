from __future__ import annotations

from django.apps import AppConfig


class Composition(AppConfig):
    """Wires handlers to events once every domain is loaded."""

    name = "kompetanse.config"
    label = "composition"

    def ready(self) -> None:
        from . import wiring

        wiring.wire()
