"""Finding a day: the body is asked, answers, and is called together on the day that is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.events import (
    NumbersStarted,
    PollAnswered,
    PollDateChosen,
    PollDropped,
    PollOpened,
)
from kompetanse.domains.governance.models import Case, CaseCounter, Poll, PollAnswer, PollDate
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.queries.members import require_member
from kompetanse.domains.governance.rules.polls import require_dates
from kompetanse.domains.governance.types.polls import (
    NumberIsImpossible,
    NumbersAreDrawn,
    PollChoice,
    PollDateIsUnknown,
    PollHasNoSeat,
    PollIsClosed,
    PollStatus,
)
from kompetanse.domains.governance.types.procedure import DayIsPast
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .meetings import call_meeting


@operation
def open_poll(
    ctx: Context,
    *,
    body_id: int,
    dates: Sequence[tuple[date, time | None]],
    answers_due: date,
    place: str = "",
    note: str = "",
) -> int:
    """Ask everybody with a seat in a body which of some days they can meet. Gives the poll's id.

    Raises NotFound, Refused, DayIsPast, PollNeedsDates or TextIsTooLong.
    """
    body = organisation.get_body(ctx, body_id=body_id)
    access.require(ctx, Right.POLL_OPEN, Poll(tenant_id=body.tenant_id, body_id=body_id))
    if answers_due < ctx.today:
        raise DayIsPast()
    require_dates(dates, answers_due)
    poll = Poll.objects.create(
        tenant_id=body.tenant_id, body_id=body_id, answers_due=answers_due, opened_at=ctx.now,
        place=rules.checked_text(place, "Sted", limit=120), note=rules.checked_text(note, "Melding", limit=4000),
    )  # fmt: skip
    PollDate.objects.bulk_create(
        PollDate(tenant_id=body.tenant_id, poll=poll, held_on=day, starts_at=at)
        for day, at in sorted(dates, key=lambda when: (when[0], when[1] or time.min))
    )
    publish(ctx, PollOpened(tenant_id=body.tenant_id, poll_id=poll.pk, body_id=body_id, dates=len(dates)))
    return int(poll.pk)


@operation
def answer_poll(ctx: Context, *, poll_id: int, answers: Mapping[int, PollChoice], seat_id: int | None = None) -> None:
    """Say which days one can meet, by the days' ids; said again, the newest stands. Deputies answer too.

    The chair, the secretary and the office answer for a seat that is named. Raises NotFound, Refused, PollIsClosed,
    PollHasNoSeat, PollDateIsUnknown or MunicipalityHasLeft.
    """
    poll = _open(ctx, poll_id, Right.POLL_ANSWER)
    if seat_id is not None:
        access.require(ctx, Right.POLL_OPEN, poll)
    for seat in organisation.list_seats(ctx, body_id=poll.body_id):
        own = seat_id is None and ctx.actor.person_id is not None and seat.person_id == ctx.actor.person_id
        if seat.id == seat_id or own:
            break
    else:
        raise PollHasNoSeat(body=poll.body.name_nb)
    require_member(ctx, poll.tenant_id, seat)
    known = set(PollDate.objects.filter(poll=poll).values_list("pk", flat=True))
    if not answers or not set(answers) <= known:
        raise PollDateIsUnknown()
    for key, choice in answers.items():
        PollAnswer.objects.update_or_create(
            tenant_id=poll.tenant_id, date_id=key, seat_id=seat.id, defaults={"choice": PollChoice(choice)}
        )
    publish(ctx, PollAnswered(tenant_id=poll.tenant_id, poll_id=poll_id, seat_id=seat.id))


@operation
def choose_date(ctx: Context, *, poll_id: int, date_id: int, short_notice: str = "") -> int:
    """Call the body together on one of the days; everybody who was asked is told. Gives the meeting's id.

    Raises NotFound, Refused, PollIsClosed, PollDateIsUnknown, DayIsPast or NoticeIsShort.
    """
    poll = _open(ctx, poll_id, Right.POLL_OPEN)
    day = PollDate.objects.filter(poll=poll, pk=date_id).first()
    if day is None:
        raise PollDateIsUnknown()
    if day.held_on < ctx.today:
        raise DayIsPast()
    meeting_id = call_meeting(
        ctx, body_id=poll.body_id, held_on=day.held_on, starts_at=day.starts_at, place=poll.place,
        short_notice=short_notice,
    )  # fmt: skip
    poll.status, poll.meeting_id = PollStatus.CHOSEN, meeting_id
    poll.save()
    publish(
        ctx,
        PollDateChosen(tenant_id=poll.tenant_id, poll_id=poll_id, meeting_id=meeting_id, held_on=day.held_on),
    )
    return meeting_id


@operation
def drop_poll(ctx: Context, *, poll_id: int) -> None:
    """Stop asking without choosing a day. Raises NotFound, Refused or PollIsClosed."""
    poll = _open(ctx, poll_id, Right.POLL_OPEN)
    poll.status = PollStatus.DROPPED
    poll.save()
    publish(ctx, PollDropped(tenant_id=poll.tenant_id, poll_id=poll_id))


@operation
def start_numbers(ctx: Context, *, body_id: int, year: int, last: int) -> None:
    """A body that has numbered its cases elsewhere goes on from its last number of the year.

    Raises NotFound, Refused, NumberIsImpossible or NumbersAreDrawn.
    """
    body = organisation.get_body(ctx, body_id=body_id)
    access.require(ctx, Right.CASE_PREPARE, Case(tenant_id=body.tenant_id, body_id=body_id))
    if not 0 <= last <= 9999:
        raise NumberIsImpossible()
    # The row is the lock that numbers are drawn under: nobody draws one while it is set.
    CaseCounter.objects.get_or_create(tenant_id=body.tenant_id, body_id=body_id, year=year)
    counter = CaseCounter.objects.select_for_update().get(tenant_id=body.tenant_id, body_id=body_id, year=year)
    if Case.objects.filter(body_id=body_id, year=year).exists():
        raise NumbersAreDrawn(body=body.name_nb, year=year)
    counter.last = last
    counter.save()
    publish(ctx, NumbersStarted(tenant_id=body.tenant_id, body_id=body_id, year=year, last=last))


def _open(ctx: Context, poll_id: int, right: str) -> Poll:
    """The poll, locked, while it is open: who answers and who chooses take turns. Raises NotFound, Refused or
    PollIsClosed."""
    poll: Poll = access.fetch(ctx, Poll.objects.select_related("body"), poll_id, right, lock=True)
    if poll.status != PollStatus.OPEN:
        raise PollIsClosed()
    return poll
