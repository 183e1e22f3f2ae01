"""What the plans keep."""

from .plans import ActionPlan, BudgetLine, Measure, MeasurePool, PlanVersion, Proposal
from .reports import Deviation, LocalMeasure, TertialReport
from .strategy import FocusArea, Indicator, Reading

__all__ = [
    "ActionPlan",
    "BudgetLine",
    "Deviation",
    "FocusArea",
    "Indicator",
    "LocalMeasure",
    "Measure",
    "MeasurePool",
    "PlanVersion",
    "Proposal",
    "Reading",
    "TertialReport",
]
