"""Cases between regions: rows and refusals. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_


class IncomingStatus(StrEnum):
    WAITING = "waiting"
    TAKEN_UP = "taken_up"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class OriginRow:
    """A case in another region that a case here continues, as it was told when it was sent; nearest first."""

    region: str
    body: str
    reference: str
    title: str
    decided_on: str
    decision_text: str


@dataclass(frozen=True, slots=True)
class IncomingRow:
    id: int
    tenant_id: int
    from_region: str
    title: str
    note: str
    origins: tuple[OriginRow, ...]
    came_at: datetime
    status: IncomingStatus
    case_id: int | None
    declined_why: str


@dataclass(frozen=True, slots=True)
class ForwardedRow:
    """Where a case of one's own was sent."""

    region: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class SentCase:
    """What another region is given."""

    content: dict[str, Any]
    note: str


@dataclass(frozen=True, slots=True)
class SendingPage:
    """What has come from other regions, and the bodies that may take it up."""

    incoming: tuple[IncomingRow, ...]
    bodies: tuple[tuple[int, int, str], ...]  # tenant, id, name


def origins_of(content: dict[str, Any]) -> tuple[OriginRow, ...]:
    return tuple(
        OriginRow(
            row["region"], row["body"], row["reference"], row["title"], row["decided_on"], row["decision_text"]
        )
        for row in content["chain"]
    )  # fmt: skip


class CaseIsShielded(DomainError):
    code = "case_is_shielded"
    sentence = N_("%(reference)s er unntatt offentlighet og kan ikke sendes herfra. Send den gjennom arkivet.")


class RegionIsOwn(DomainError):
    code = "region_is_own"
    field = "region_id"
    sentence = N_("Velg en annen region enn deres egen. Innenfor regionen sendes saken videre til et organ.")


class CaseIsForwarded(DomainError):
    code = "case_is_forwarded"
    sentence = N_("%(reference)s er alt sendt til %(region)s.")


class IncomingIsAnswered(DomainError):
    code = "incoming_is_answered"
    sentence = N_("Saken er alt tatt opp eller avslått. Last siden på nytt for å se hva som er gjort.")
