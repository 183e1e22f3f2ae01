"""Rows and refusals about documents, certificates, and who has looked. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kompetanse.foundation.uploads import DocumentKind as DocumentKind
from kompetanse.foundation.uploads import DocumentRefused as DocumentRefused
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

from . import EvidencePage, SourceType, Verified


class CertificateState(StrEnum):
    VALID = "valid"
    EXPIRED = "expired"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class Sight(StrEnum):
    """What somebody opened of what is known about another."""

    COMPETENCE = "competence"
    EVIDENCE = "evidence"
    DOCUMENT = "document"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as it is listed; `replaced` where a later one stands in its place."""

    id: int
    evidence_id: int
    name: str
    kind: DocumentKind
    size: int
    sha256: str
    added_at: datetime
    added_by: str
    replaced: bool


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A document itself, and whose it is."""

    row: DocumentRow
    tenant_id: int
    employee_id: int
    person_id: int
    content: bytes


@dataclass(frozen=True, slots=True)
class CertificateText:
    """What stands on a certificate. Frozen when it is made: a correction gives a new one."""

    person: str
    title: str
    completed_on: date
    last_day: date | None
    requirement_nb: str
    requirement_nn: str
    source_type: SourceType | None
    verified: Verified | None
    reference: str
    issuer: str
    recorded_by: str
    municipality: str
    evidence: str
    course: str


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate and how it stands. `replaces` and `replaced_by` are numbers, where there are such.

    `replaced_code` leads to the page of the one that replaced it.
    """

    id: int
    evidence_id: int
    code: str
    made_at: datetime
    state: CertificateState
    text: CertificateText
    replaces: str = ""
    replaced_by: str = ""
    replaced_code: str = ""

    @property
    def number(self) -> str:
        return f"KB-{self.id}"


@dataclass(frozen=True, slots=True)
class CertificateCheck:
    """What everybody who holds the code is told: no more than stands on the certificate, and how it stands."""

    number: str
    state: CertificateState
    person: str
    title: str
    completed_on: date
    last_day: date | None
    municipality: str
    replaced_by: str
    replaced_code: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """An evidence with its documents and certificates, newest first, and what the reader may do."""

    evidence: EvidencePage
    documents: tuple[DocumentRow, ...]
    certificates: tuple[CertificateRow, ...]
    may_attach: bool
    may_certify: bool

    @property
    def certificate(self) -> CertificateRow | None:
        """The one of the version that is shown."""
        return next((row for row in self.certificates if row.evidence_id == self.evidence.id), None)


@dataclass(frozen=True, slots=True)
class SightingRow:
    """Somebody looked at what is known about the reader, on a day."""

    day: date
    viewer: str
    role: str
    municipality: str
    what: tuple[Sight, ...]


class DocumentIsThere(DocumentRefused):
    code = "document_is_there"
    sentence = N_("Dette dokumentet ligger allerede på beviset. Du trenger ikke legge det til en gang til.")


class DocumentIsReplaced(DocumentRefused):
    code = "document_is_replaced"
    sentence = N_("Dokumentet er erstattet siden du åpnet siden. Last siden på nytt og erstatt det nyeste.")


class TooManyDocuments(DocumentRefused):
    code = "too_many_documents"
    sentence = N_("Det kan ligge %(limit)s dokumenter på ett bevis. Erstatt et av dem i stedet.")


class NotForCertificate(DomainError):
    code = "not_for_certificate"
    sentence = N_(
        "Kompetansebevis lages bare av det kommunen selv har registrert og det som kommer fra et kurs. "
        "Be utstederen om bevis for dette."
    )


class BadgeIsRevoked(DomainError):
    code = "badge_is_revoked"
    sentence = N_("Kompetansebeviset er erstattet eller trukket tilbake, og har ikke lenger noe digitalt merke.")
