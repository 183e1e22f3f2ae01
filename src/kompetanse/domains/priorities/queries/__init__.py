"""What can be asked of the priorities."""

from __future__ import annotations

from .rounds import get_round, get_score_page, list_rounds
from .weighed import get_ranked, get_views

__all__ = ["get_ranked", "get_round", "get_score_page", "get_views", "list_rounds"]
