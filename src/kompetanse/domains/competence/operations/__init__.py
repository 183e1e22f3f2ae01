"""What can be done to what is known of competence."""

from .documents import attach_document, make_certificate
from .keeping import bring_up_to_date
from .ledger import correct_evidence, record_evidence
from .mapping import confirm_mapping, confirm_suggestions, teach_topic_name
from .register import load_register
from .seen import forget_sightings, note_sighting
from .synchronising import sync_register

__all__ = [
    "attach_document",
    "bring_up_to_date",
    "confirm_mapping",
    "confirm_suggestions",
    "correct_evidence",
    "forget_sightings",
    "load_register",
    "make_certificate",
    "note_sighting",
    "record_evidence",
    "sync_register",
    "teach_topic_name",
]
