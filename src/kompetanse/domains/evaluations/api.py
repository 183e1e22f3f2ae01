"""The door of the evaluations."""

from __future__ import annotations

from .operations import answer_ticket, open_due
from .permissions import Right
from .queries import get_evaluation, list_evaluations, list_measure_ratings, open_ticket, rate_runs

__all__ = [
    "Right",
    "answer_ticket",
    "get_evaluation",
    "list_evaluations",
    "list_measure_ratings",
    "open_due",
    "open_ticket",
    "rate_runs",
]
