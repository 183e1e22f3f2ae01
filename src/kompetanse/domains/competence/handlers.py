"""What competence does when something has happened: letters to those it concerns, and a new certificate."""

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
    EvidenceCorrected,
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


def reissue_certificate(ctx: Context, event: EvidenceCorrected) -> None:
    """An evidence was corrected: who had a certificate of it gets one of what is right."""
    if not event.void:
        competence.reissue_certificate(ctx, evidence_id=event.evidence_id)
