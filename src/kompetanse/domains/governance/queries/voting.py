"""Who stands where in a case, and how they voted."""

from __future__ import annotations

from collections.abc import Iterable

from kompetanse.domains.governance.models import Ballot, Case, CaseAbsence, Meeting, Presence, Vote
from kompetanse.domains.governance.types.procedure import (
    AbsenceKind,
    BallotRow,
    BallotStatus,
    SeatAt,
    VoteChoice,
    VoteRow,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import SeatKind, SeatRow
from kompetanse.kernel.context import Context


def seats_in(ctx: Context, meeting: Meeting, seats: list[SeatRow], case: Case | None = None) -> list[SeatAt]:
    """The body's seats, deputies apart, as they stood at the meeting, and in the case where one is named."""
    noted = {row.seat_id: row for row in Presence.objects.filter(meeting=meeting)}
    absent: dict[int, AbsenceKind] = {}
    if case is not None:
        absent = {row.seat_id: AbsenceKind(row.kind) for row in CaseAbsence.objects.filter(case=case)}
    region = organisation.find_region_of(frozenset({meeting.tenant_id}), meeting.held_on)
    members = {row.tenant_id for row in region.municipalities} if region else set()
    by_id = {seat.id: seat for seat in seats}
    found = []
    for seat in seats:
        if seat.kind is SeatKind.DEPUTY:
            continue
        row = noted.get(seat.id)
        deputy = by_id.get(row.deputy_id) if row is not None and row.deputy_id is not None else None
        found.append(
            SeatAt(
                seat.id, seat.person_id, seat.name, seat.represents, seat.kind, seat.weight,
                seat.kind is SeatKind.CHAIR, row is not None and row.is_present,
                seat.municipality_id is None or region is None or seat.municipality_id in members,
                absent.get(seat.id),
                deputy.id if deputy else None, deputy.name if deputy else "", deputy.person_id if deputy else None,
            )
        )  # fmt: skip
    return found


def votes_of(ballot: Ballot | None) -> list[VoteRow]:
    """What was voted, by seat."""
    return [] if ballot is None else votes_in([ballot]).get(ballot.pk, [])


def votes_in(ballots: Iterable[Ballot]) -> dict[int, list[VoteRow]]:
    found: dict[int, list[VoteRow]] = {}
    votes = Vote.objects.filter(ballot__in=[ballot.pk for ballot in ballots]).select_related("seat", "cast_by")
    for vote in votes.order_by("id"):
        name = vote.seat.name if vote.cast_by_id == vote.seat_id else f"{vote.cast_by.name} (for {vote.seat.name})"
        found.setdefault(vote.ballot_id, []).append(
            VoteRow(
                vote.seat_id, name, vote.seat.represents, VoteChoice(vote.choice), vote.weight,
                vote.seat.kind == SeatKind.CHAIR,
            )
        )  # fmt: skip
    return found


def ballots_of(cases: Iterable[int]) -> dict[int, list[BallotRow]]:
    """The ballots of cases, first first."""
    ballots = list(Ballot.objects.filter(case_id__in=list(cases)).order_by("id"))
    votes = votes_in(ballots) if ballots else {}
    found: dict[int, list[BallotRow]] = {}
    for ballot in ballots:
        found.setdefault(ballot.case_id, []).append(
            BallotRow(
                ballot.pk, ballot.question, ballot.rule, BallotStatus(ballot.status), len(ballot.entitled),
                tuple(votes.get(ballot.pk, ())), ballot.in_favour, ballot.against, ballot.blank, ballot.carried,
                ballot.closed_at,
            )
        )  # fmt: skip
    return found
