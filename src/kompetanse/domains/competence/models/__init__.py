"""What the competence domain keeps."""

from .collective import Arrangement, RatioPart, UnitCount
from .kept import Cell, Clock, Keeping, Status
from .ledger import Dispensation, Duty, Evidence, TextMapping
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
    "Arrangement",
    "Cell",
    "Clock",
    "Dispensation",
    "Duty",
    "Equivalence",
    "Evidence",
    "Keeping",
    "LocalRule",
    "RatioPart",
    "RegisterRevision",
    "Requirement",
    "RequirementTarget",
    "RequirementVersion",
    "Status",
    "TextMapping",
    "Topic",
    "TopicName",
    "UnitCount",
    "VersionReply",
]
