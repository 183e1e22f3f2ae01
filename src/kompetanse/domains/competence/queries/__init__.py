"""What can be asked about competence."""

from .evidence import get_evidence
from .forum import find_latest_gaps, get_gap_forum, get_gap_trend
from .gaps import get_overview, get_unit_matrix, list_gaps
from .mapping import count_waiting, get_mapping_page, list_mappings, list_unmapped, tenants_to_confirm
from .people import get_own_competence, get_person_competence
from .register import find_requirement, get_requirement, list_requirements, list_topics
from .reports import get_forecast, get_statutory_report, tenants_to_report

__all__ = [
    "count_waiting",
    "find_latest_gaps",
    "find_requirement",
    "get_evidence",
    "get_forecast",
    "get_gap_forum",
    "get_gap_trend",
    "get_mapping_page",
    "get_overview",
    "get_own_competence",
    "get_person_competence",
    "get_requirement",
    "get_statutory_report",
    "get_unit_matrix",
    "list_gaps",
    "list_mappings",
    "list_requirements",
    "list_topics",
    "list_unmapped",
    "tenants_to_confirm",
    "tenants_to_report",
]
