"""Taking no part in a case, and voting in it."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.events import BallotClosed, BallotOpened, CaseAbsenceNoted, VoteCast
from kompetanse.domains.governance.models import Ballot, Case, CaseAbsence, Meeting, Minutes, Vote
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.queries.meetings import seats_at
from kompetanse.domains.governance.queries.voting import seats_in, votes_of
from kompetanse.domains.governance.rules.voting import entitled, reckon, require_vote
from kompetanse.domains.governance.types import CaseHasChanged, MinutesAreWritten, SeatIsUnknown
from kompetanse.domains.governance.types.procedure import (
    AbsenceKind,
    BallotIsOpen,
    BallotStatus,
    HasVoted,
    NoBallotIsOpen,
    QuorumIsLacking,
    Result,
    SeatAt,
    SeatIsOver,
    VoteChoice,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .agenda import locked_case


def _at_the_table(ctx: Context, case_id: int, right: str) -> tuple[Case, Meeting]:
    """The case and its meeting, locked in that order, where the case is being treated. Raises what says why not."""
    meeting_id = Case.objects.filter(pk=case_id).values_list("meeting_id", flat=True).first()
    meeting = None
    if meeting_id is not None:
        meeting = access.fetch(ctx, Meeting.objects.select_related("body"), meeting_id, Right.MEETING_READ, lock=True)
    case = locked_case(ctx, case_id, right)
    rules.require_decidable(case.status, case.reference, case.meeting.held_on if case.meeting else None, ctx.today)
    if meeting is None or case.meeting_id != meeting.id:
        raise CaseHasChanged(reference=case.reference)
    if Minutes.objects.filter(meeting=meeting).exists():
        raise MinutesAreWritten()
    return case, meeting


@operation
def note_absence(ctx: Context, *, case_id: int, seat_id: int, kind: AbsenceKind | None, why: str = "") -> None:
    """Somebody takes no part in a case: away, or partial with the ground; None: they do after all.

    Raises NotFound, Refused, SeatIsUnknown, TextIsMissing, and what says that the case is not being treated.
    """
    case, meeting = _at_the_table(ctx, case_id, Right.CASE_PREPARE)
    if seat_id not in {seat.id for seat in seats_at(ctx, meeting)}:
        raise SeatIsUnknown()
    if Ballot.objects.filter(case=case, status=BallotStatus.OPEN).exists():
        raise BallotIsOpen(reference=case.reference)
    ground = rules.checked_text(why, "Grunn", limit=400, required=kind is AbsenceKind.PARTIAL)
    if kind is None:
        CaseAbsence.objects.filter(case=case, seat_id=seat_id).delete()
    else:
        CaseAbsence.objects.update_or_create(
            tenant_id=case.tenant_id, case=case, seat_id=seat_id, defaults={"kind": kind, "why": ground}
        )
    absence = kind.value if kind else ""
    publish(ctx, CaseAbsenceNoted(tenant_id=case.tenant_id, case_id=case_id, seat_id=seat_id, absence=absence))


@operation
def open_ballot(ctx: Context, *, case_id: int, question: str = "") -> int:
    """Open a vote over a question, or over the proposal. Who may vote, and by which rule, is frozen. Gives its id.

    Raises NotFound, Refused, BallotIsOpen, QuorumIsLacking, TextIsMissing, and what says that the case is not
    being treated.
    """
    case, meeting = _at_the_table(ctx, case_id, Right.CASE_PREPARE)
    if Ballot.objects.filter(case=case, status=BallotStatus.OPEN).exists():
        raise BallotIsOpen(reference=case.reference)
    asked = question or case.draft_decision or case.proposal
    body = organisation.get_body(ctx, body_id=case.body_id)
    seats = seats_in(ctx, meeting, seats_at(ctx, meeting), case)
    may = entitled(seats, rule=body.vote_rule, unions_vote=body.unions_vote)
    if len(may) < body.quorum:
        raise QuorumIsLacking(present=len(may), quorum=body.quorum)
    ballot = Ballot.objects.create(
        tenant_id=case.tenant_id, case=case, meeting=meeting, rule=body.vote_rule, opened_at=ctx.now,
        question=rules.checked_text(asked, "Det stemmes over", required=True),
        entitled={str(seat): weight for seat, weight in may.items()},
    )  # fmt: skip
    publish(ctx, BallotOpened(tenant_id=case.tenant_id, case_id=case_id, ballot_id=ballot.pk))
    return int(ballot.pk)


@operation
def cast_vote(ctx: Context, *, case_id: int, choice: VoteChoice, seat_id: int | None = None) -> int:
    """Vote from one's own seat; the office notes the vote of a seat that is named. Gives the vote's id.

    Raises NotFound, Refused, NoBallotIsOpen, SeatIsOver, SeatHasNoVote, MunicipalityHasLeft, SeatIsPartial,
    SeatIsAway, HasVoted, and what says that the case is not being treated.
    """
    case, meeting = _at_the_table(ctx, case_id, Right.CASE_VOTE)
    if seat_id is not None:
        access.require(ctx, Right.CASE_PREPARE, case)
    ballot = Ballot.objects.filter(case=case, status=BallotStatus.OPEN).first()
    if ballot is None:
        raise NoBallotIsOpen(reference=case.reference)
    seat = _seat_of(ctx, case, meeting, seat_id)
    body = organisation.get_body(ctx, body_id=case.body_id)
    require_vote(seat, unions_vote=body.unions_vote, reference=case.reference, body=case.body.name_nb)
    weight = ballot.entitled.get(str(seat.seat_id))
    if weight is None:  # came in after it was opened
        raise SeatIsOver(body=case.body.name_nb)
    vote = Vote(
        tenant_id=case.tenant_id, ballot=ballot, seat_id=seat.seat_id, cast_by_id=seat.deputy_id or seat.seat_id,
        choice=choice, weight=weight, cast_at=ctx.now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            vote.save(force_insert=True)
    except IntegrityError as error:
        raise HasVoted(name=seat.said) from error
    publish(ctx, VoteCast(tenant_id=case.tenant_id, case_id=case_id, ballot_id=ballot.pk, seat_id=seat.seat_id))
    return int(vote.pk)


def _seat_of(ctx: Context, case: Case, meeting: Meeting, seat_id: int | None) -> SeatAt:
    """The seat that votes: the one named, else the actor's own or the one they sit for. Raises SeatIsOver."""
    for seat in seats_in(ctx, meeting, seats_at(ctx, meeting), case):
        own = seat_id is None and ctx.actor.person_id is not None
        if seat.seat_id == seat_id or (own and ctx.actor.person_id == seat.acting_person):
            return seat
    raise SeatIsOver(body=case.body.name_nb)


@operation
def close_ballot(ctx: Context, *, case_id: int) -> Result:
    """Close the vote of a case and reckon it. Gives the result. Raises NotFound, Refused or NoBallotIsOpen."""
    case, _meeting = _at_the_table(ctx, case_id, Right.CASE_PREPARE)
    ballot = Ballot.objects.filter(case=case, status=BallotStatus.OPEN).first()
    if ballot is None:
        raise NoBallotIsOpen(reference=case.reference)
    result = reckon(votes_of(ballot))
    ballot.in_favour, ballot.against, ballot.blank = result.in_favour, result.against, result.blank
    ballot.carried, ballot.status, ballot.closed_at = result.carried, BallotStatus.CLOSED, ctx.now
    ballot.save()
    publish(ctx, BallotClosed(tenant_id=case.tenant_id, case_id=case_id, ballot_id=ballot.pk, carried=result.carried))
    return result
