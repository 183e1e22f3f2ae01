from __future__ import annotations

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "kompetanse.domains.messages"
    label = "messages"

    def ready(self) -> None:
        from .api import declare_kinds
        from .rules import OWN_KINDS

        declare_kinds(OWN_KINDS)
