"""What can be asked about competence."""

from .ahead import (
    get_status_detail,
)
from .as_of import (
    get_status_as_of,
)
from .badges import (
    badge,
    badge_issuer,
    badge_key,
    revoked_badges,
)
from .claims import (
    count_claims,
    list_claims,
)
from .collective import (
    get_collective,
    get_unit_counts,
)
from .dispensations import (
    get_dispensation,
    list_dispensations,
)
from .documents import (
    certificate_pdf,
    certificates_zip,
    get_document,
    get_document_page,
    verify_certificate,
)
from .duties import (
    get_duty,
    list_duties,
    list_duty_names,
)
from .evidence import (
    get_evidence,
)
from .forum import (
    find_latest_gaps,
    get_gap_forum,
    get_gap_trend,
)
from .gaps import (
    get_overview,
    get_unit_matrix,
    list_gaps,
)
from .lacking import list_lacking
from .lacking_by_law import list_lacking_by_law
from .leave import (
    list_leave_warnings,
)
from .letters import (
    list_letters,
)
from .mapping import (
    count_waiting,
    get_mapping_page,
    list_mappings,
    list_unmapped,
    tenants_to_confirm,
)
from .people import (
    get_own_competence,
    get_person_competence,
    list_own_statuses,
)
from .practice import (
    get_sign_off,
)
from .proof import (
    prove_kept,
)
from .register import (
    find_requirement,
    get_requirement,
    list_requirements,
    list_topics,
)
from .reports import (
    get_forecast,
    get_statutory_report,
    tenants_to_report,
)
from .seen import (
    list_sightings,
)
from .under_way import (
    list_under_way,
    tell_under_way,
)
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
    "badge",
    "badge_issuer",
    "badge_key",
    "certificate_pdf",
    "certificates_zip",
    "count_claims",
    "count_waiting",
    "find_latest_gaps",
    "find_requirement",
    "get_collective",
    "get_dispensation",
    "get_document",
    "get_document_page",
    "get_duty",
    "get_equivalence",
    "get_evidence",
    "get_forecast",
    "get_gap_forum",
    "get_gap_trend",
    "get_local_rule",
    "get_mapping_page",
    "get_overview",
    "get_own_competence",
    "get_person_competence",
    "get_requirement",
    "get_requirement_history",
    "get_sign_off",
    "get_status_as_of",
    "get_status_detail",
    "get_statutory_report",
    "get_unit_counts",
    "get_unit_matrix",
    "get_version",
    "list_claims",
    "list_dispensations",
    "list_duties",
    "list_duty_names",
    "list_gaps",
    "list_lacking",
    "list_lacking_by_law",
    "list_leave_warnings",
    "list_letters",
    "list_mappings",
    "list_news",
    "list_own_statuses",
    "list_replies",
    "list_requirements",
    "list_sightings",
    "list_topics",
    "list_under_way",
    "list_unmapped",
    "prove_kept",
    "revoked_badges",
    "tell_under_way",
    "tenants_to_answer",
    "tenants_to_confirm",
    "tenants_to_report",
    "tenants_to_tighten",
    "verify_certificate",
]
