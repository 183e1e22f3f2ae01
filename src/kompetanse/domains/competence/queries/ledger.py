"""Standing evidence: the rows of the ledger that no later row has replaced, read in one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from kompetanse.domains.competence.models import Evidence, TextMapping
from kompetanse.domains.competence.rules.status import Proof
from kompetanse.domains.competence.types import EvidenceSource


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing evidence. `proves` is the requirement, told directly or through the confirmed words."""

    id: int
    employee_id: int
    title: str
    proves: int | None
    waiting: bool
    completed_on: date
    valid_to: date | None
    source: EvidenceSource
    issuer: str
    certificate_number: str
    reference: str
    unverified: bool = False  # told by the person, and nobody has seen the proof yet: it does not count

    @property
    def proof(self) -> Proof | None:
        if self.unverified or not self.proves:
            return None
        return Proof(self.id, self.proves, self.completed_on, self.valid_to)


def standing_evidence(which: Q) -> QuerySet[Evidence]:
    """The rows that stand: not corrected by another, and not void."""
    replaced = Evidence.objects.filter(tenant_id=OuterRef("tenant_id"), corrects_id=OuterRef("pk"))
    return Evidence.objects.filter(which, ~Exists(replaced), void=False)


def counting(**which: object) -> Q:
    """Rows that count: what a person has told themself does when somebody has verified it."""
    return Q(**which) & (~Q(source=EvidenceSource.SELF) | ~Q(verified_by=""))


def told_and_waiting(**which: object) -> Q:
    """What a person has told themself and nobody has answered."""
    return Q(**which, source=EvidenceSource.SELF, verified_by="")


def meaning() -> QuerySet[TextMapping]:
    """What the words of an imported row are confirmed to mean."""
    return TextMapping.objects.filter(tenant_id=OuterRef("tenant_id"), text_key=OuterRef("title_key"), replaced_at=None)


# By hand, since every page about a person asks it: one join to the words' meaning instead of a question per row.
STANDING = """
    SELECT e.id, e.employee_id, e.title, coalesce(e.requirement_id, m.requirement_id),
           e.requirement_id IS NULL AND e.source = 'import' AND m.id IS NULL,
           e.completed_on, e.valid_to, e.source, e.issuer, e.certificate_number, e.reference,
           e.source = 'self' AND e.verified_by = ''
    FROM competence_evidence e
    JOIN organisation_employee who ON who.tenant_id = e.tenant_id AND who.id = e.employee_id
    LEFT JOIN competence_textmapping m ON m.tenant_id = e.tenant_id AND m.text_key = e.title_key
         AND m.replaced_at IS NULL AND e.requirement_id IS NULL AND e.source = 'import'
    WHERE {which} AND NOT e.void
      AND NOT EXISTS (SELECT FROM competence_evidence later
                      WHERE later.tenant_id = e.tenant_id AND later.corrects_id = e.id)
    ORDER BY e.completed_on DESC, e.id DESC
"""
OF_EMPLOYEE = STANDING.format(which="e.employee_id = %s")
OF_PERSON = STANDING.format(which="who.person_id = %s")


def list_standing(*, employee_id: int | None = None, person_id: int | None = None) -> list[Standing]:
    """Standing evidence of an employee, or of a person in every municipality in sight, newest first. One query."""
    statement, who = (OF_EMPLOYEE, employee_id) if employee_id is not None else (OF_PERSON, person_id)
    with connection.cursor() as cursor:
        cursor.execute(statement, [who])
        return [
            Standing(
                key, owner, title, proves, waiting, done, end, EvidenceSource(source), issuer, number, reference, told
            )
            for (
                key, owner, title, proves, waiting, done, end, source, issuer, number, reference, told,
            ) in cursor.fetchall()
        ]  # fmt: skip


def grouped(evidence: Iterable[Standing]) -> dict[int, list[Standing]]:
    found: dict[int, list[Standing]] = {}
    for one in evidence:
        found.setdefault(one.employee_id, []).append(one)
    return found
