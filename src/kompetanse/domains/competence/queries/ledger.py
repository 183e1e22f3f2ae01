"""Standing evidence: the rows of the ledger that no later row has replaced, read in one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

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
            "source", "issuer", "certificate_number", "reference", "verified_by",
        )
    )  # fmt: skip
    found = []
    for pk, who, title, requirement, mapped, mapping, done, end, source, issuer, number, reference, seen_by in rows:
        is_words = requirement is None and source == EvidenceSource.IMPORT
        found.append(
            Standing(
                pk, who, title, mapped if is_words else requirement, is_words and mapping is None, done, end,
                EvidenceSource(source), issuer, number, reference, source == EvidenceSource.SELF and not seen_by,
            )
        )  # fmt: skip
    return found


def grouped(evidence: Iterable[Standing]) -> dict[int, list[Standing]]:
    found: dict[int, list[Standing]] = {}
    for one in evidence:
        found.setdefault(one.employee_id, []).append(one)
    return found
