"""Standing evidence: the rows of the ledger that no later row has replaced, read in one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

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

    @property
    def proof(self) -> Proof | None:
        return Proof(self.id, self.proves, self.completed_on, self.valid_to) if self.proves else None


def standing_evidence(which: Q) -> QuerySet[Evidence]:
    """The rows that stand: not corrected by another, and not void."""
    replaced = Evidence.objects.filter(tenant_id=OuterRef("tenant_id"), corrects_id=OuterRef("pk"))
    return Evidence.objects.filter(which, ~Exists(replaced), void=False)


def meaning() -> QuerySet[TextMapping]:
    """What the words of an imported row are confirmed to mean."""
    return TextMapping.objects.filter(tenant_id=OuterRef("tenant_id"), text_key=OuterRef("title_key"), replaced_at=None)


def list_standing(which: Q) -> list[Standing]:
    """Standing evidence with everything a person is shown, newest first."""
    rows = (
        standing_evidence(which)
        .annotate(
            mapped=Subquery(meaning().values("requirement_id")), mapping=Subquery(meaning().values("pk"))
        )
        .order_by("-completed_on", "-pk")
        .values_list(
            "pk", "employee_id", "title", "requirement_id", "mapped", "mapping", "completed_on", "valid_to",
            "source", "issuer", "certificate_number", "reference",
        )
    )  # fmt: skip
    found = []
    for pk, who, title, requirement, mapped, mapping, done, end, source, issuer, number, reference in rows:
        is_words = requirement is None and source == EvidenceSource.IMPORT
        found.append(
            Standing(
                pk, who, title, mapped if is_words else requirement, is_words and mapping is None, done, end,
                EvidenceSource(source), issuer, number, reference,
            )
        )  # fmt: skip
    return found


# By hand: one join to the words' meaning instead of a question per row. Row-level security holds here as elsewhere.
PROOFS = """
    SELECT e.employee_id, e.id, coalesce(e.requirement_id, m.requirement_id), e.completed_on, e.valid_to
    FROM competence_evidence e
    LEFT JOIN competence_textmapping m
           ON m.tenant_id = e.tenant_id AND m.text_key = e.title_key
          AND e.requirement_id IS NULL AND e.source = %(words)s
    WHERE e.tenant_id = ANY(%(tenants)s) AND e.employee_id = ANY(%(employees)s) AND NOT e.void
      AND coalesce(e.requirement_id, m.requirement_id) IS NOT NULL
      AND NOT EXISTS (
          SELECT FROM competence_evidence later WHERE later.tenant_id = e.tenant_id AND later.corrects_id = e.id
      )
"""


def proofs_by_employee(tenants: Iterable[int], employees: Iterable[int]) -> dict[int, list[Proof]]:
    """Only what counts, for these people: employee id → proofs. One query."""
    found: dict[int, list[Proof]] = {}
    told: dict[str, Any] = {
        "words": EvidenceSource.IMPORT.value,
        "tenants": sorted(tenants),
        "employees": sorted(employees),
    }
    with connection.cursor() as cursor:
        cursor.execute(PROOFS, told)
        for who, pk, proves, done, end in cursor:
            found.setdefault(who, []).append(Proof(pk, proves, done, end))
    return found


def grouped(evidence: Iterable[Standing]) -> dict[int, list[Standing]]:
    found: dict[int, list[Standing]] = {}
    for one in evidence:
        found.setdefault(one.employee_id, []).append(one)
    return found
