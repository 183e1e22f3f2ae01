"""What the competence domain keeps."""

from .kept import Cell, Clock, Keeping, Status
from .ledger import Dispensation, Duty, Evidence, TextMapping
from .published import PublishedGap
from .register import (
    Alternative,
    Equivalence,
    LocalRule,
    RegisterRevision,
    Requirement,
    RequirementTarget,
    RequirementVersion,
    Topic,
    TopicName,
    VersionReply,
)

__all__ = [
    "Alternative",
    "Cell",
    "Clock",
    "Dispensation",
    "Duty",
    "Equivalence",
    "Evidence",
    "Keeping",
    "LocalRule",
    "PublishedGap",
    "RegisterRevision",
    "Requirement",
    "RequirementTarget",
    "RequirementVersion",
    "Status",
    "TextMapping",
    "Topic",
    "TopicName",
    "VersionReply",
]
