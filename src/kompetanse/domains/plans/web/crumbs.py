"""The way back from what belongs to a plan."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.plans.types import PlanRow


def crumbs_of(plan: PlanRow, last: str) -> list[dict[str, str]]:
    """Plans, the plan, and where one is."""
    return [
        {"label": _("Planer"), "url": reverse("plans.plans")},
        {"label": str(plan.year), "url": reverse("plans.plan", args=[plan.id])},
        {"label": last},
    ]
