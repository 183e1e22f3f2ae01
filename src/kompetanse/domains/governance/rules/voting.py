"""Who may vote, how many are needed, and what came of it. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kompetanse.domains.governance.types.procedure import (
    AbsenceKind,
    MunicipalityHasLeft,
    Result,
    SeatAt,
    SeatHasNoVote,
    SeatIsAway,
    SeatIsPartial,
    VoteChoice,
    VoteRow,
)
from kompetanse.domains.organisation.types import SeatKind, VoteRule


def has_vote(kind: str, *, unions_vote: bool) -> bool:
    """Members and the chair vote; a union where the body says so; secretaries and deputies in their own name never."""
    return kind in (SeatKind.MEMBER, SeatKind.CHAIR) or (kind == SeatKind.UNION and unions_vote)


def require_vote(seat: SeatAt, *, unions_vote: bool, reference: str, body: str) -> None:
    """May this seat vote in this case, now? Raises what says why not."""
    if not has_vote(seat.kind, unions_vote=unions_vote):
        raise SeatHasNoVote(name=seat.said, body=body)
    if not seat.is_member:
        raise MunicipalityHasLeft(name=seat.said)
    if seat.absence is AbsenceKind.PARTIAL:
        raise SeatIsPartial(name=seat.said, reference=reference)
    if seat.absence is AbsenceKind.AWAY or not (seat.is_present or seat.deputy_id is not None):
        raise SeatIsAway(name=seat.said, reference=reference)


def entitled(seats: Iterable[SeatAt], *, rule: VoteRule, unions_vote: bool) -> dict[int, int]:
    """The seats that may vote now, with what each vote weighs by the body's rule."""
    return {
        seat.seat_id: seat.weight if rule is VoteRule.WEIGHTED else 1
        for seat in seats
        if has_vote(seat.kind, unions_vote=unions_vote)
        and seat.is_member
        and seat.absence is None
        and (seat.is_present or seat.deputy_id is not None)
    }


def reckon(votes: Sequence[VoteRow]) -> Result:
    """More weight for than against carries it; where they are even, the chair's vote decides. Blank counts for none."""
    sums = {choice: sum(vote.weight for vote in votes if vote.choice is choice) for choice in VoteChoice}
    in_favour, against = sums[VoteChoice.FOR], sums[VoteChoice.AGAINST]
    chair = next((vote.choice for vote in votes if vote.is_chair), None)
    by_chair = in_favour == against and in_favour > 0 and chair in (VoteChoice.FOR, VoteChoice.AGAINST)
    carried = chair is VoteChoice.FOR if by_chair else in_favour > against
    return Result(in_favour, against, sums[VoteChoice.BLANK], carried, by_chair)


def dissent_of(votes: Sequence[VoteRow]) -> str:
    """Those who voted against, as the minutes write it."""
    names = [f"{vote.name} ({vote.represents})" if vote.represents else vote.name for vote in votes
             if vote.choice is VoteChoice.AGAINST]  # fmt: skip
    return ", ".join(names)
