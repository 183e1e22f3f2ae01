"""What can be asked about competence."""

from .collective import get_collective, get_unit_counts
from .evidence import get_evidence
from .gaps import get_overview, get_unit_matrix, list_gaps
from .mapping import count_waiting, get_mapping_page, list_mappings, list_unmapped, tenants_to_confirm
from .people import get_own_competence, get_person_competence
from .register import find_requirement, get_requirement, list_requirements, list_topics
from .reports import get_forecast, get_statutory_report, tenants_to_report

__all__ = [
    "count_waiting",
    "find_requirement",
    "get_collective",
    "get_evidence",
    "get_forecast",
    "get_mapping_page",
    "get_overview",
    "get_own_competence",
    "get_person_competence",
    "get_requirement",
    "get_statutory_report",
    "get_unit_counts",
    "get_unit_matrix",
    "list_gaps",
    "list_mappings",
    "list_requirements",
    "list_topics",
    "list_unmapped",
    "tenants_to_confirm",
    "tenants_to_report",
]
