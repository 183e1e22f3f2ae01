"""Polls over days, with what was answered."""

from __future__ import annotations

from kompetanse.domains.governance.models import Poll, PollAnswer, PollDate
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.rules.polls import tally
from kompetanse.domains.governance.rules.voting import has_vote
from kompetanse.domains.governance.types.polls import PollChoice, PollPage, PollRow, PollSeat, PollStatus
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .members import is_member
from .words import in_written_form


@query
def list_polls(ctx: Context, *, mine: bool = False) -> list[PollRow]:
    """Open polls in sight, soonest due first; with `mine` those that the reader is asked in and has not answered."""
    polls = Poll.objects.filter(access.rows(ctx.actor, Right.POLL_READ), status=PollStatus.OPEN)
    if mine:
        polls = polls.filter(body_id__in=sorted({seat.body_id for seat in ctx.actor.sittings}))
    answered = set(
        PollAnswer.objects.filter(date__poll__in=polls, seat__person_id=ctx.actor.person_id)
        .values_list("date__poll_id", flat=True)
    )  # fmt: skip
    rows = [_row(ctx, poll, answered) for poll in polls.select_related("body").order_by("answers_due", "id")]
    return [row for row in rows if not (mine and row.has_answered)]


def _row(ctx: Context, poll: Poll, answered: set[int]) -> PollRow:
    status = PollStatus(poll.status)
    return PollRow(
        poll.pk, poll.tenant_id, poll.body_id, in_written_form(poll.body.name_nb, poll.body.name_nn),
        poll.answers_due, status, poll.meeting_id,
        status is PollStatus.OPEN and poll.answers_due < ctx.today, poll.pk in answered,
    )  # fmt: skip


@query
def get_poll(ctx: Context, *, poll_id: int) -> PollPage:
    """A poll with every seat's answers. Raises NotFound or Refused."""
    poll = access.fetch(ctx, Poll.objects.select_related("body"), poll_id, Right.POLL_READ)
    answers: dict[int, dict[int, PollChoice]] = {}
    for row in PollAnswer.objects.filter(date__poll=poll):
        answers.setdefault(row.seat_id, {})[row.date_id] = PollChoice(row.choice)
    seats = [
        PollSeat(
            seat.id, seat.name, seat.represents,
            has_vote(seat.kind, unions_vote=poll.body.unions_vote) and is_member(ctx, poll.tenant_id, seat),
            answers.get(seat.id, {}),
        )
        for seat in organisation.list_seats(ctx, body_id=poll.body_id)
    ]  # fmt: skip
    standing = organisation.list_seats(ctx, body_id=poll.body_id)
    own = next((seat.id for seat in standing if seat.person_id == ctx.actor.person_id), None)
    dates = PollDate.objects.filter(poll=poll).order_by("held_on", "starts_at", "id")
    answered = {poll.pk} if own is not None and own in answers else set()
    return PollPage(
        poll=_row(ctx, poll, answered),
        place=poll.place,
        note=poll.note,
        quorum=poll.body.quorum,
        dates=tuple(tally([(row.pk, row.held_on, row.starts_at) for row in dates], seats, quorum=poll.body.quorum)),
        seats=tuple(seats),
        own_seat_id=own if ctx.actor.person_id is not None else None,
        may_choose=bool(access.answer(ctx.actor, Right.POLL_OPEN, poll)) and poll.status == PollStatus.OPEN,
    )
