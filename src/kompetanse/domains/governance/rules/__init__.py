"""Decisions about cases, meetings and minutes, as pure functions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from kompetanse.domains.governance.types import (
    TEXT_LENGTH,
    CaseIsDecided,
    CaseIsNotOnAgenda,
    CaseIsWithdrawn,
    CaseRow,
    CaseStatus,
    MeetingIsNotYet,
    PresenceRow,
    TextIsMissing,
    TextIsTooLong,
    ViewKind,
    ViewRow,
)
from kompetanse.domains.governance.types.polls import NoticeIsShort
from kompetanse.domains.governance.types.procedure import DeputyCannotSit

# What stands in the public minutes of a case that is kept from the public.
SHIELDED = {
    "title": "Unntatt offentlighet", "presenter": "", "proposal": "", "decision_text": "", "union_view": "",
    "dissent": "", "withdrawn_why": "", "discussion": "",
}  # fmt: skip


def checked_text(text: str, field_name: str, *, limit: int = TEXT_LENGTH, required: bool = False) -> str:
    """The text without control characters and the blanks around it.

    Raises TextIsMissing where it is required and empty, TextIsTooLong past `limit` characters.
    """
    clean = "".join(sign for sign in text.replace("\r\n", "\n") if sign in "\n\t" or sign.isprintable()).strip()
    if required and not clean:
        raise TextIsMissing(field_name=field_name)
    if len(clean) > limit:
        raise TextIsTooLong(field_name=field_name, length=len(clean), limit=limit)
    return clean


def require_open(status: str, reference: str) -> None:
    """Only an open case can be changed. Raises CaseIsWithdrawn or CaseIsDecided."""
    if status == CaseStatus.WITHDRAWN:
        raise CaseIsWithdrawn(reference=reference)
    if status == CaseStatus.DECIDED:
        raise CaseIsDecided(reference=reference)


def require_decidable(status: str, reference: str, held_on: date | None, today: date) -> None:
    """A case is decided when it is open and stands on the agenda of a meeting that has come.

    Raises CaseIsWithdrawn, CaseIsDecided, CaseIsNotOnAgenda or MeetingIsNotYet.
    """
    require_open(status, reference)
    if held_on is None:
        raise CaseIsNotOnAgenda(reference=reference)
    require_come(held_on, today)


def require_deputies(sat_for: Mapping[int, int], present: Collection[int], deputies: Collection[int]) -> None:
    """A deputy sits for one, and for somebody who is not there. Raises DeputyCannotSit."""
    chosen = list(sat_for.values())
    if len(chosen) != len(set(chosen)) or set(sat_for) & set(present) or not set(chosen) <= set(deputies):
        raise DeputyCannotSit()


def require_notice(today: date, held_on: date, *, days: int, why: str, body: str) -> None:
    """A meeting that is to come is called in time, or says why not. Raises NoticeIsShort."""
    if held_on >= today and (held_on - today).days < days and not why:
        raise NoticeIsShort(body=body, days=days)


def require_come(held_on: date, today: date) -> None:
    """What happens at a meeting does not happen before it. Raises MeetingIsNotYet."""
    if held_on > today:
        raise MeetingIsNotYet(held_on=f"{held_on.day}.{held_on.month}.{held_on.year}")


def union_view_of(views: Sequence[ViewRow]) -> str:
    """What the unions have said, as the minutes write it: one paragraph each, the newest of each person."""
    newest = {view.name: view for view in views if view.kind is ViewKind.UNION}
    return "\n".join(
        f"{view.name} ({view.represents}): {view.text}" if view.represents else f"{view.name}: {view.text}"
        for view in newest.values()
    )


def minutes_content(
    *,
    region: str,
    body_nb: str,
    body_nn: str,
    held_on: date,
    starts_at: str,
    place: str,
    written_by: str,
    written_on: date,
    quorum: int,
    presence: Sequence[PresenceRow],
    cases: Sequence[CaseRow],
) -> dict[str, object]:
    """What happened at a meeting, as plain values that can be frozen: names and texts, no ids to follow."""

    def people(rows: Sequence[PresenceRow]) -> list[dict[str, str]]:
        return [{"name": row.name, "represents": row.represents, "kind": row.kind} for row in rows]

    return {
        "region": region,
        "body": {"nb": body_nb, "nn": body_nn or body_nb},
        "held_on": held_on.isoformat(),
        "starts_at": starts_at,
        "place": place,
        "quorum": quorum,
        "present": people([row for row in presence if row.is_present]),
        "absent": people([row for row in presence if row.is_present is False]),
        "cases": [
            {
                "reference": case.reference,
                "title": case.title,
                "presenter": case.presenter,
                "proposal": case.proposal,
                "status": case.status.value,
                "decision_text": case.decision_text,
                "union_view": case.union_view,
                "dissent": case.dissent,
                "withdrawn_why": case.withdrawn_why,
            }
            for case in cases
        ],
        "written_by": written_by,
        "written_on": written_on.isoformat(),
    }
