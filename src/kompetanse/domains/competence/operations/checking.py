"""What is checked before a row comes into the ledger: who writes it, its days, and whose certificate it is."""

from __future__ import annotations

from datetime import date

from kompetanse.domains.competence.models import Evidence
from kompetanse.domains.competence.permissions import Right, answers_for
from kompetanse.domains.competence.queries.ledger import counting, standing_evidence
from kompetanse.domains.competence.rules.evidence import certificate_key, is_before_birth, is_too_old
from kompetanse.domains.competence.types import (
    EvidenceEndsBeforeItStarts,
    EvidenceInFuture,
    EvidenceSource,
    EvidenceTooOld,
)
from kompetanse.domains.competence.types.ledger import CertificateIsAnothers, EvidenceBeforeBirth
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access, locks
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound, Refused
from kompetanse.kernel.text_marker import N_

OWN = N_("Du kan ikke føre, rette eller bekrefte dine egne bevis. Be lederen din eller HR gjøre det.")


def require_may_record(ctx: Context, tenant_id: int, employee_id: int, source: EvidenceSource) -> None:
    """Raises NotFound where the person is not in that municipality, Refused where the right is lacking.

    Nobody answers for themself, whatever role they have; what attendance at a course gives is no answer of theirs.
    """
    staff = organisation.list_staff(ctx, right=organisation.Right.POST_OVERSEE, employee_id=employee_id)
    if not staff:
        # Nobody the actor answers for: unknown, refused, or (for HR and the office) somebody who has left.
        gone = organisation.access_employee(ctx, employee_id=employee_id)
        if gone.tenant_id != tenant_id:
            raise NotFound()
        person_id = gone.person_id
    elif staff[0].tenant_id != tenant_id:
        raise NotFound()
    else:
        person_id = staff[0].person_id
    verdict = access.answer(ctx.actor, Right.EVIDENCE_RECORD, Evidence(tenant_id=tenant_id))
    if not verdict and not any(answers_for(ctx.actor, post) for post in staff):
        raise Refused(why=verdict.why)
    if not ctx.actor.is_system and person_id == ctx.actor.person_id and source is not EvidenceSource.COURSE:
        raise Refused(why=OWN)


def check_dates(completed_on: date, valid_to: date | None, today: date) -> None:
    """Raises an error where the days cannot be."""
    told = completed_on.strftime("%d.%m.%Y")
    if completed_on > today:
        raise EvidenceInFuture(day=told)
    if is_too_old(completed_on):
        raise EvidenceTooOld(day=told)
    if valid_to is not None and valid_to < completed_on:
        raise EvidenceEndsBeforeItStarts(day=told, end=valid_to.strftime("%d.%m.%Y"))


def check_birth(ctx: Context, tenant_id: int, employee_id: int, completed_on: date) -> None:
    """Raises EvidenceBeforeBirth where the year of birth is known and the day is before it."""
    born = organisation.list_birth_years(ctx, tenant_id=tenant_id, employee_id=employee_id).get(employee_id)
    if is_before_birth(completed_on, born):
        raise EvidenceBeforeBirth(day=completed_on.strftime("%d.%m.%Y"))


def check_certificate(tenant_id: int, employee_id: int, issuer: str, number: str) -> None:
    """Raises CertificateIsAnothers where somebody else in the municipality holds this issuer's number.

    Two who write the same number at the same moment take turns: the second meets what the first has written.
    """
    key = certificate_key(issuer, number)
    if key is None:
        return
    hold_certificates(tenant_id)
    others = standing_evidence(counting(tenant_id=tenant_id, certificate_number=number.strip()))
    for theirs in others.exclude(employee_id=employee_id).values_list("issuer", "certificate_number"):
        if certificate_key(*theirs) == key:
            raise CertificateIsAnothers(number=number.strip())


def hold_certificates(tenant_id: int) -> None:
    """One at a time writes certificate numbers in a municipality, until the transaction ends."""
    locks.hold("competence.certificates", tenant_id)
