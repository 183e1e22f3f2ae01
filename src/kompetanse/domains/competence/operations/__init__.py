"""What can be done to what is known of competence."""

from .collective import end_arrangement, record_arrangement, record_counts
from .keeping import bring_up_to_date
from .ledger import correct_evidence, record_evidence
from .mapping import confirm_mapping, confirm_suggestions, teach_topic_name
from .register import load_register
from .synchronising import sync_register

__all__ = [
    "bring_up_to_date",
    "confirm_mapping",
    "confirm_suggestions",
    "correct_evidence",
    "end_arrangement",
    "load_register",
    "record_arrangement",
    "record_counts",
    "record_evidence",
    "sync_register",
    "teach_topic_name",
]
