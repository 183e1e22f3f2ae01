"""When to try again, and when to stop: what a mail server's answer means."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import datetime, timedelta
from enum import StrEnum

from ..types import MessageState

# Minutes until the next try, by how many there have been. The last is for all after; about two days in all.
WAITS = (1, 5, 15, 60, 180, 360, 720)
MOST_ATTEMPTS = 10
# After so long, what was being handed over is not under way: the programme was stopped in between.
UNDER_WAY = timedelta(minutes=10)
# An address that is wrong or gone. 5.1.7 and 5.1.8 are about the sender, 5.7 the server's rule about us.
_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")


class Verdict(StrEnum):
    AGAIN = "again"  # not now
    BOUNCED = "bounced"  # not this address
    UNCERTAIN = "uncertain"  # it may have arrived


def judge(code: int, text: str, *, about_address: bool) -> Verdict:
    """What an SMTP answer means for the message. `about_address`: it was given to the receiver's address."""
    if not 500 <= code <= 599:
        return Verdict.AGAIN
    found = _ENHANCED.search(text)
    if found:
        wrong_address = (found[2] == "1" and found[3] not in {"7", "8"}) or (found[2], found[3]) in {
            ("2", "0"),
            ("2", "1"),
        }
        return Verdict.BOUNCED if found[1] == "5" and wrong_address else Verdict.AGAIN
    return Verdict.BOUNCED if about_address and code in {550, 551, 553} else Verdict.AGAIN


def tried_again_after(attempts: int) -> timedelta:
    """How long to wait when there have been so many attempts."""
    return timedelta(minutes=WAITS[min(attempts, len(WAITS)) - 1])


def is_interrupted(state: MessageState, claimed_at: datetime | None, now: datetime) -> bool:
    """Was it being handed over when the programme stopped? Nobody knows then whether it arrived."""
    return state is MessageState.SENDING and (claimed_at is None or claimed_at + UNDER_WAY < now)


def message_id_of(tenant_id: int, message_id: int, host: str, secret: str) -> str:
    """The same for every try, so that whoever gets it twice sees one; and only we can make it."""
    return f"<{tenant_id}.{message_id}.{_mark(tenant_id, message_id, secret)}@{host}>"


def number_of(message_id: str, secret: str) -> tuple[int, int] | None:
    """The tenant and the message that one of our own Message-IDs names; None for all others."""
    found = re.search(r"<(\d{1,18})\.(\d{1,18})\.([0-9a-f]{20})@", message_id)
    if found is None:
        return None
    tenant_id, number = int(found[1]), int(found[2])
    return (tenant_id, number) if hmac.compare_digest(found[3], _mark(tenant_id, number, secret)) else None


def _mark(tenant_id: int, message_id: int, secret: str) -> str:
    told = f"message {tenant_id}.{message_id}".encode()
    return hmac.new(secret.encode(), told, hashlib.sha256).hexdigest()[:20]
