"""What can be asked of the plans."""

from .document import plan_pdf
from .measures import get_measure, get_measure_page, list_measures
from .plans import get_plan, list_adopting_cases, list_plans

__all__ = [
    "get_measure",
    "get_measure_page",
    "get_plan",
    "list_adopting_cases",
    "list_measures",
    "list_plans",
    "plan_pdf",
]
