"""A letter about somebody's competence, ready to be sent. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CompetenceLetter:
    """To whom, in which written form, and the cause that makes it one of a kind."""

    tenant_id: int
    person_id: int
    address: str
    language: str
    subject: str
    body: str
    cause: str
