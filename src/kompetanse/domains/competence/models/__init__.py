"""What the competence domain keeps."""

from .collective import Arrangement, RatioPart, UnitCount
from .documents import Certificate, Document, Sighting
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
    "Arrangement",
    "Cell",
    "Certificate",
    "Clock",
    "Dispensation",
    "Document",
    "Duty",
    "Equivalence",
    "Evidence",
    "Keeping",
    "LocalRule",
    "PublishedGap",
    "RatioPart",
    "RegisterRevision",
    "Requirement",
    "RequirementTarget",
    "RequirementVersion",
    "Sighting",
    "Status",
    "TextMapping",
    "Topic",
    "TopicName",
    "UnitCount",
    "VersionReply",
]
