"""What the competence does when something has happened: the person, or the leader who must answer, is written to."""

from __future__ import annotations

from dataclasses import asdict

from kompetanse.domains.messages import api as messages
from kompetanse.domains.messages.types import PersonalLetter
from kompetanse.kernel.context import Context

from . import api as competence
from .events import (
    DispensationGiven,
    DispensationWithdrawn,
    EvidenceClaimed,
    EvidenceDeclined,
    EvidenceVerified,
)


def write_letters(
    ctx: Context,
    event: DispensationGiven | DispensationWithdrawn | EvidenceClaimed | EvidenceVerified | EvidenceDeclined,
) -> None:
    """Something happened to somebody's competence: the person, or the leader who must answer, is written to."""
    letters = competence.list_letters(ctx, event=event)
    messages.write(ctx, letters=[PersonalLetter(**asdict(letter)) for letter in letters])
