from __future__ import annotations

from django.apps import AppConfig
from django.contrib.messages.apps import MessagesConfig


class Composition(AppConfig):
    """Wires handlers to events once every domain is loaded."""

    name = "kompetanse.config"
    label = "composition"

    def ready(self) -> None:
        from . import wiring

        wiring.wire()


class Notices(MessagesConfig):
    """Django's one-time notices under another label: the messages to people have that name here."""

    label = "notices"
