"""What can be asked of the plans."""

from .coverage import get_coverage
from .document import plan_pdf
from .measures import get_measure, get_measure_page, list_measures
from .money import get_measure_cost, get_sharing
from .municipal import get_municipal_plan
from .plans import get_plan, list_adopting_cases, list_plans
from .strategy import get_strategy
from .tertial import get_tertial, list_deviations, tertial_pdf
from .versions import get_versions

__all__ = [
    "get_coverage",
    "get_measure",
    "get_measure_cost",
    "get_measure_page",
    "get_municipal_plan",
    "get_plan",
    "get_sharing",
    "get_strategy",
    "get_tertial",
    "get_versions",
    "list_adopting_cases",
    "list_deviations",
    "list_measures",
    "list_plans",
    "plan_pdf",
    "tertial_pdf",
]
