"""What can be asked about competence."""

from .evidence import get_evidence
from .gaps import get_overview, get_unit_matrix, list_gaps
from .mapping import count_waiting, get_mapping_page, list_mappings, list_unmapped, tenants_to_confirm
from .people import get_own_competence, get_person_competence
from .proof import prove_kept
from .register import find_requirement, get_requirement, list_requirements, list_topics
from .reports import get_forecast, get_statutory_report, tenants_to_report
from .versions import (
    get_equivalence,
    get_local_rule,
    get_requirement_history,
    get_version,
    list_news,
    list_replies,
    tenants_to_answer,
    tenants_to_tighten,
)

__all__ = [
    "count_waiting",
    "find_requirement",
    "get_equivalence",
    "get_evidence",
    "get_forecast",
    "get_local_rule",
    "get_mapping_page",
    "get_overview",
    "get_own_competence",
    "get_person_competence",
    "get_requirement",
    "get_requirement_history",
    "get_statutory_report",
    "get_unit_matrix",
    "get_version",
    "list_gaps",
    "list_mappings",
    "list_news",
    "list_replies",
    "list_requirements",
    "list_topics",
    "list_unmapped",
    "prove_kept",
    "tenants_to_answer",
    "tenants_to_confirm",
    "tenants_to_report",
    "tenants_to_tighten",
]
