"""What happened at a meeting, as it is frozen in minutes and printed in calling letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.models import Case, CaseAbsence, Meeting, Presence
from kompetanse.domains.governance.types import PresenceRow, case_reference
from kompetanse.domains.organisation import api as organisation
from kompetanse.kernel.context import Context

from .following import list_tasks, round_of
from .meetings import cases_of, seats_at
from .papers import chain_of, documents_of
from .voting import ballots_of


def content_of(ctx: Context, meeting: Meeting, presence: Sequence[PresenceRow]) -> dict[str, Any]:
    """Everything there is to tell of a meeting, as plain values. What is kept from the public is told as such."""
    region = organisation.find_region_of(frozenset({meeting.tenant_id}), ctx.today)
    cases = cases_of(meeting)
    content: dict[str, Any] = rules.minutes_content(
        region=region.name if region else "",
        body_nb=meeting.body.name_nb,
        body_nn=meeting.body.name_nn,
        held_on=meeting.held_on,
        starts_at=f"{meeting.starts_at:%H.%M}" if meeting.starts_at else "",
        place=meeting.place,
        written_by="",
        written_on=ctx.today,
        quorum=meeting.body.quorum,
        presence=presence,
        cases=cases,
    )
    content["ends_at"] = f"{meeting.ends_at:%H.%M}" if meeting.ends_at else ""
    content["papers_due"] = meeting.papers_due.isoformat() if meeting.papers_due else ""
    content["also_present"] = meeting.also_present
    deputies = Presence.objects.filter(meeting=meeting, deputy__isnull=False).select_related("seat", "deputy")
    content["deputies"] = [
        {"name": row.deputy.name, "represents": row.seat.represents, "for": row.seat.name}
        for row in deputies.order_by("seat__name")
    ]
    content["round"] = [
        {"name": row.name, "represents": row.represents, "text": row.text}
        for row in (round_of(ctx, meeting, seats_at(ctx, meeting)) if presence else ())
        if row.text
    ]
    for told, extra in zip(content["cases"], _extras(ctx, [case.id for case in cases]), strict=True):
        told.update(extra)
        if told["legal_ground"]:
            told.update(rules.SHIELDED, enclosures=[], earlier=[], absences=[], ballots=[], tasks=[])
    return content


def _extras(ctx: Context, ids: list[int]) -> list[dict[str, Any]]:
    """What goes with each case, in the order of `ids`."""
    rows = {row.pk: row for row in Case.objects.filter(pk__in=ids)}
    documents, ballots = documents_of(ids), ballots_of(ids)
    absences: dict[int, list[dict[str, str]]] = {}
    for row in CaseAbsence.objects.filter(case_id__in=ids).select_related("seat").order_by("seat__name"):
        absences.setdefault(row.case_id, []).append({"name": row.seat.name, "kind": row.kind, "why": row.why})
    tasks: dict[int, list[dict[str, str]]] = {}
    for task in list_tasks(ctx, case_ids=tuple(ids), done=True):
        told = {"what": task.what, "owner": task.owner_name, "due_on": task.due_on.isoformat()}
        tasks.setdefault(task.case_id, []).append(told)
    return [
        {
            "legal_ground": rows[key].legal_ground,
            "discussion": rows[key].discussion,
            "decided_at": rows[key].decided_at.isoformat() if rows[key].decided_at else "",
            "earlier": [f"{row.reference} {row.body_name}" for row in chain_of(ctx, key)],
            "enclosures": [
                {
                    "number": row.number, "title": row.title, "name": row.name, "sha256": row.sha256,
                    "has_come": row.has_come, "legal_ground": row.legal_ground,
                }
                for row in documents.get(key, ())
            ],
            "absences": absences.get(key, []),
            "ballots": [
                {
                    "question": ballot.question, "rule": ballot.rule, "in_favour": ballot.in_favour,
                    "against": ballot.against, "blank": ballot.blank, "carried": ballot.carried,
                    "votes": [
                        {"name": vote.name, "represents": vote.represents, "choice": vote.choice.value}
                        for vote in ballot.votes
                    ],
                }
                for ballot in ballots.get(key, ())
            ],
            "tasks": tasks.get(key, []),
            "reference": case_reference(rows[key].number, rows[key].year),
        }
        for key in ids
    ]  # fmt: skip
