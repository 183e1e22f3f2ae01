"""What can be done to what is known of competence."""

from .keeping import bring_up_to_date
from .ledger import correct_evidence, record_evidence
from .mapping import confirm_mapping, confirm_suggestions, teach_topic_name
from .publishing import publish_gaps
from .register import load_register
from .synchronising import sync_register

__all__ = [
    "bring_up_to_date",
    "confirm_mapping",
    "confirm_suggestions",
    "correct_evidence",
    "load_register",
    "publish_gaps",
    "record_evidence",
    "sync_register",
    "teach_topic_name",
]
