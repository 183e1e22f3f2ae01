"""Messages: their states and rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MessageState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"  # handed to the mail server; a crash here is shown, never sent twice
    SENT = "sent"
    FAILED = "failed"
    KEPT = "kept"  # no address: to be read here


@dataclass(frozen=True, slots=True)
class MessageRow:
    id: int
    subject: str
    body: str
    state: MessageState
    written_at: datetime
    address: str


@dataclass(frozen=True, slots=True)
class PersonalLetter:
    """A letter put into words elsewhere: to whom, in which written form, and the cause that is told once."""

    tenant_id: int
    person_id: int
    address: str
    language: str
    subject: str
    body: str
    cause: str
