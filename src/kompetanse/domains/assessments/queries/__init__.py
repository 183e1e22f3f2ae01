"""What can be asked of the assessments."""

from __future__ import annotations

from .about import get_about, list_about, list_letters
from .answers import (
    count_waiting_answers,
    get_answer_page,
    get_own_page,
    get_peer_page,
    get_people_page,
    get_rating_page,
    list_forms,
)
from .campaigns import get_campaign, get_report, list_campaign_places, list_campaigns
from .marks import get_expert_page, get_marks, list_critical, list_mandates, list_ranges
from .vulnerability import get_vulnerability

__all__ = [
    "count_waiting_answers",
    "get_about",
    "get_answer_page",
    "get_campaign",
    "get_expert_page",
    "get_marks",
    "get_own_page",
    "get_peer_page",
    "get_people_page",
    "get_rating_page",
    "get_report",
    "get_vulnerability",
    "list_about",
    "list_campaign_places",
    "list_campaigns",
    "list_critical",
    "list_forms",
    "list_letters",
    "list_mandates",
    "list_ranges",
]
