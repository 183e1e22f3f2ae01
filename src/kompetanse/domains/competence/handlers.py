"""What competence does when something has happened: a corrected evidence gives a new certificate."""

from __future__ import annotations

from kompetanse.kernel.context import Context

from . import api as competence
from .events import EvidenceCorrected


def reissue_certificate(ctx: Context, event: EvidenceCorrected) -> None:
    """An evidence was corrected: who had a certificate of it gets one of what is right."""
    if not event.void:
        competence.reissue_certificate(ctx, evidence_id=event.evidence_id)
