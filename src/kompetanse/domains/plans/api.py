"""The door of the plans."""

from __future__ import annotations

from .operations import (
    add_measure,
    adopt_plan,
    change_measure,
    draft_plan,
    follow_merged_pool,
    send_to_hearing,
    set_measure_status,
)
from .permissions import Right
from .queries import (
    get_measure,
    get_measure_page,
    get_plan,
    list_adopting_cases,
    list_measures,
    list_plans,
    plan_pdf,
)

__all__ = [
    "Right",
    "add_measure",
    "adopt_plan",
    "change_measure",
    "draft_plan",
    "follow_merged_pool",
    "get_measure",
    "get_measure_page",
    "get_plan",
    "list_adopting_cases",
    "list_measures",
    "list_plans",
    "plan_pdf",
    "send_to_hearing",
    "set_measure_status",
]
