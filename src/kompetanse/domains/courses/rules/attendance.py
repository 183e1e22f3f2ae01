"""What attendance comes to, the codes shown in the room, and what a phone may send. Plain Python."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from kompetanse.kernel.text_marker import N_

from ..types import Basis, Enough, NotUnderstood, Part, Presence, Sent, Standing, Stretch

WALK_IN = N_("Ført opp av kurskontoret fordi du møtte uten å stå på listen.")
NOT_ENOUGH = N_("Oppmøtet ditt var mindre enn det kurset krever, så det er ikke skrevet inn kompetanse.")

BEFORE = timedelta(hours=1)  # people come before it begins
AFTER = timedelta(minutes=30)
ROTATION = timedelta(minutes=5)  # how long a code stands on the screen
SLACK = timedelta(minutes=10)  # the walk from the door to the chair
# Read aloud and typed by cold fingers: no I, L, O or U.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6
_MISREAD = str.maketrans("ILOU", "110V")
MOST_BYTES = 64_000
MOST_ITEMS = 200
OLDEST = 60 * 24 * 3_600_000  # sixty days, in milliseconds
_KEY = re.compile(r"[0-9A-Za-z-]{8,40}")


def reckon(enough: Enough, sessions: Sequence[Stretch], told: Mapping[int, Presence]) -> Standing:
    """How much of the run somebody was there for, and whether it is what the run asks for.

    A session nothing is told of counts as none. In sessions a part is not a whole; in hours each minute counts.
    """
    there = {one.id: told[one.id] for one in sessions if one.id in told}
    minutes = sum(min(presence.minutes, one.minutes) for one in sessions if (presence := there.get(one.id)))
    whole = sum(presence.part is Part.WHOLE for presence in there.values())
    of_minutes = sum(one.minutes for one in sessions)
    got, of = (whole, len(sessions)) if enough.basis is Basis.SESSIONS else (minutes, of_minutes)
    return Standing(
        minutes, of_minutes, whole, len(sessions), of > 0 and got * 100 >= enough.percent * of,
        len(sessions) - len(there),
    )  # fmt: skip


def presence(part: Part, minutes: int | None, whole: int) -> Presence | None:
    """A part of a session as it is kept; None where the minutes cannot be. Half where a part says no minutes."""
    if part is Part.NONE:
        return Presence(part, 0)
    if part is Part.WHOLE:
        return Presence(part, whole)
    length = max(1, whole // 2) if minutes is None else minutes
    return Presence(part, length) if 0 < length < whole else None


def code_at(secret: bytes, session: tuple[int, int], moment: datetime) -> str:
    """The code that stands on the screen of a session (its owner and id) at a moment: six letters."""
    window = int(moment.timestamp() // ROTATION.total_seconds())
    digest = hmac.new(secret, f"{session[0]}.{session[1]}.{window}".encode(), hashlib.sha256).digest()
    return "".join(LETTERS[byte % 32] for byte in digest[:LENGTH])


def is_code(secret: bytes, session: tuple[int, int], typed: str, moment: datetime) -> bool:
    """Was this what stood on the screen about then? A few minutes are forgiven."""
    code = re.sub(r"[\s-]", "", typed).upper().translate(_MISREAD)
    if len(code) != LENGTH:
        return False
    return any(hmac.compare_digest(code_at(secret, session, at).encode(), code.encode()) for at in _about(moment))


def _about(moment: datetime) -> Iterator[datetime]:
    at = moment - SLACK
    while at <= moment + SLACK:
        yield at
        at += ROTATION


def is_time(starts_at: datetime, ends_at: datetime, moment: datetime) -> bool:
    """May attendance by code be told as of this moment?"""
    return starts_at - BEFORE <= moment <= ends_at + AFTER


def read_sent(body: bytes, now: datetime) -> list[Sent]:
    """What a phone sends: `{"items": [{"key", "age", "code"} or {"key", "age", "signup", "part", "reason"}]}`.

    The age is in milliseconds since it was pressed, by the phone's own clock, which need not show what ours does.
    Raises NotUnderstood for anything else, whole: nothing of what cannot be read is kept.
    """
    if len(body) > MOST_BYTES:
        raise NotUnderstood()
    try:
        told = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood() from error
    items = told.get("items") if isinstance(told, dict) else None
    if not isinstance(items, list) or not 0 < len(items) <= MOST_ITEMS:
        raise NotUnderstood()
    return [_sent(item, now) for item in items]


def _refuse(_constant: str) -> float:
    raise ValueError("no such number")


def _sent(item: Any, now: datetime) -> Sent:
    if not isinstance(item, dict):
        raise NotUnderstood()
    key, code, reason = (_text(item.get(name, "")) for name in ("key", "code", "reason"))
    signup, part = item.get("signup"), item.get("part", Part.WHOLE.value)
    if not _KEY.fullmatch(key) or len(code) > 20 or len(reason) > 300 or part not in list(Part):
        raise NotUnderstood()
    if signup is not None and (isinstance(signup, bool) or not isinstance(signup, int) or not 0 < signup < 2**63):
        raise NotUnderstood()
    return Sent(key, now - _age(item.get("age")), code, signup, Part(part), reason)


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise NotUnderstood()
    return value.strip()


def _age(value: Any) -> timedelta:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= OLDEST:
        raise NotUnderstood()
    return timedelta(milliseconds=value)
