"""Reading what a mail server sends back later: a delivery status notification (RFC 3464)."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from email.message import Message
from typing import Any

from .delivery import Verdict, judge, number_of


@dataclass(frozen=True, slots=True)
class Bounce:
    """A message of ours that came back, and whether it is the address that is wrong."""

    tenant_id: int
    message_id: int
    is_final: bool
    why: str


def read_bounce(raw: bytes, secret: str) -> Bounce | None:
    """The bounce in an e-mail as the server gave it; None where it is about none of our messages.

    Only a notification that names one of our own Message-IDs is believed: nobody else can make one.
    """
    notice = email.message_from_bytes(raw, policy=email.policy.compat32)
    ours: tuple[int, int] | None = None
    action = status = diagnostic = ""
    for part in notice.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            for block in _blocks(part):
                action = action or _header(block, "Action").lower()
                status = status or _header(block, "Status")
                diagnostic = diagnostic or _header(block, "Diagnostic-Code")
        elif kind in {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}:
            for inner in _originals(part):
                ours = ours or number_of(_header(inner, "Message-ID"), secret)
    if ours is None or not action:
        return None
    final = action == "failed" and judge(550, status, about_address=True) is Verdict.BOUNCED
    return Bounce(*ours, is_final=final, why=" ".join((diagnostic or status).split())[:300])


def _blocks(part: Message) -> list[Any]:
    payload = part.get_payload()
    return list(payload) if isinstance(payload, list) else []


def _originals(part: Message) -> list[Any]:
    payload = part.get_payload()
    return list(payload) if isinstance(payload, list) else [email.message_from_string(str(payload))]


def _header(message: Any, name: str) -> str:
    return str(message.get(name, "")).strip()
