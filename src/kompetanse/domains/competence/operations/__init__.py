"""What can be done to what is known of competence."""

from .claims import claim_evidence, decline_claim, verify_claim
from .dispensations import give_dispensation, withdraw_dispensation
from .duties import end_duty, give_duty
from .keeping import bring_up_to_date
from .ledger import correct_evidence, record_evidence
from .mapping import confirm_mapping, confirm_suggestions, teach_topic_name
from .practice import sign_off
from .register import load_register
from .synchronising import sync_register

__all__ = [
    "bring_up_to_date",
    "claim_evidence",
    "confirm_mapping",
    "confirm_suggestions",
    "correct_evidence",
    "decline_claim",
    "end_duty",
    "give_dispensation",
    "give_duty",
    "load_register",
    "record_evidence",
    "sign_off",
    "sync_register",
    "teach_topic_name",
    "verify_claim",
    "withdraw_dispensation",
]
