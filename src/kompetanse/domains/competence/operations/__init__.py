"""What can be done to what is known of competence."""

from .claims import claim_evidence, decline_claim, verify_claim
from .collective import end_arrangement, record_arrangement, record_counts
from .dispensations import give_dispensation, withdraw_dispensation
from .documents import attach_document, make_certificate, make_certificates, reissue_certificate
from .duties import end_duty, give_duty
from .keeping import bring_up_to_date, catch_up
from .ledger import correct_evidence, record_evidence
from .local_rules import answer_version, end_local_rule, set_local_rule, take_back_local_rule
from .mapping import confirm_mapping, confirm_suggestions, teach_topic_name
from .practice import sign_off
from .previewing import preview_local_rule, preview_requirement, preview_version
from .publishing import publish_gaps
from .register import load_register
from .seen import forget_sightings, note_sighting
from .synchronising import sync_register
from .versions import add_equivalence, add_requirement, end_equivalence, publish_version, take_back_version

__all__ = [
    "add_equivalence",
    "add_requirement",
    "answer_version",
    "attach_document",
    "bring_up_to_date",
    "catch_up",
    "claim_evidence",
    "confirm_mapping",
    "confirm_suggestions",
    "correct_evidence",
    "decline_claim",
    "end_arrangement",
    "end_duty",
    "end_equivalence",
    "end_local_rule",
    "forget_sightings",
    "give_dispensation",
    "give_duty",
    "load_register",
    "make_certificate",
    "make_certificates",
    "note_sighting",
    "preview_local_rule",
    "preview_requirement",
    "preview_version",
    "publish_gaps",
    "publish_version",
    "record_arrangement",
    "record_counts",
    "record_evidence",
    "reissue_certificate",
    "set_local_rule",
    "sign_off",
    "sync_register",
    "take_back_local_rule",
    "take_back_version",
    "teach_topic_name",
    "verify_claim",
    "withdraw_dispensation",
]
