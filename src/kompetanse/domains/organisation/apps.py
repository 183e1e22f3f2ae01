from __future__ import annotations

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "kompetanse.domains.organisation"
    label = "organisation"
