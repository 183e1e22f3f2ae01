"""What comes of a case: tasks, sending it on, hearing those it concerns; and the closing round."""

from __future__ import annotations

from datetime import date

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.events import (
    CaseAdded,
    CaseSentOn,
    HearingAnswered,
    HearingOpened,
    RoundWritten,
    TaskDone,
    TaskGiven,
)
from kompetanse.domains.governance.models import Case, Hearing, HearingAnswer, RoundText, Task
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.queries.following import places_of
from kompetanse.domains.governance.queries.meetings import seats_at
from kompetanse.domains.governance.queries.members import require_member
from kompetanse.domains.governance.rules.writing import merged
from kompetanse.domains.governance.types import CaseStatus, SeatIsUnknown
from kompetanse.domains.governance.types.procedure import (
    CaseIsNotDecided,
    CaseIsSentOn,
    DayIsPast,
    HearingIsOver,
    HearingIsThere,
    NoBodyAbove,
    OwnerHasNoSeat,
    PlaceIsNotYours,
    TaskIsDone,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .agenda import draw_number, locked_case, open_meeting


@operation
def give_task(ctx: Context, *, case_id: int, what: str, seat_id: int, due_on: date) -> int:
    """Give somebody with a seat in the body something to do until a day. Gives the task's id.

    Raises NotFound, Refused, OwnerHasNoSeat, MunicipalityHasLeft, DayIsPast, TextIsMissing or TextIsTooLong.
    """
    case = locked_case(ctx, case_id, Right.CASE_PREPARE)
    text = rules.checked_text(what, "Hva skal gjøres", limit=400, required=True)
    if due_on < ctx.today:
        raise DayIsPast()
    seats = organisation.list_seats(ctx, body_id=case.body_id)
    owner = next((seat for seat in seats if seat.id == seat_id), None)
    if owner is None:
        raise OwnerHasNoSeat(body=case.body.name_nb)
    require_member(ctx, case.tenant_id, owner)
    task = Task.objects.create(
        tenant_id=case.tenant_id, body_id=case.body_id, case=case, what=text, owner_id=owner.person_id,
        owner_name=owner.name, due_on=due_on, given_at=ctx.now,
    )  # fmt: skip
    publish(ctx, TaskGiven(tenant_id=case.tenant_id, case_id=case_id, task_id=task.pk, due_on=due_on))
    return int(task.pk)


@operation
def finish_task(ctx: Context, *, task_id: int, outcome: str) -> None:
    """The owner, or the office, says that a task is done and what came of it.

    Raises NotFound, Refused, TaskIsDone, TextIsMissing or TextIsTooLong.
    """
    task = access.fetch(ctx, Task.objects.all(), task_id, Right.TASK_FINISH, lock=True)
    if task.done_at is not None:
        raise TaskIsDone()
    task.outcome = rules.checked_text(outcome, "Hva kom ut av det", limit=4000, required=True)
    task.done_at, task.version = ctx.now, task.version + 1
    task.save()
    publish(ctx, TaskDone(tenant_id=task.tenant_id, case_id=task.case_id, task_id=task_id))


@operation
def send_on(ctx: Context, *, case_id: int, body_id: int | None = None) -> int:
    """Send a decided case on to the body above, or to the one named, as a case of its own. Gives that case's id.

    Its proposal is what was decided, and it leads back here. Raises NotFound, Refused, CaseIsNotDecided,
    CaseIsWithdrawn, NoBodyAbove or CaseIsSentOn.
    """
    case = locked_case(ctx, case_id, Right.CASE_PREPARE)
    if case.status == CaseStatus.WITHDRAWN:
        rules.require_open(case.status, case.reference)
    if case.status != CaseStatus.DECIDED:
        raise CaseIsNotDecided(reference=case.reference)
    above = body_id or organisation.get_body(ctx, body_id=case.body_id).above_id
    if above is None or above == case.body_id:
        raise NoBodyAbove(body=case.body.name_nb)
    body = organisation.get_body(ctx, body_id=above)
    if body.tenant_id != case.tenant_id:
        raise NotFound()
    if Case.objects.filter(sent_from=case, body_id=above).exists():
        raise CaseIsSentOn(reference=case.reference, body=body.name_nb)
    sent = Case(
        tenant_id=case.tenant_id, body_id=above, year=ctx.today.year, title=case.title, presenter=case.presenter,
        proposal=case.decision_text, sent_from=case, legal_ground=case.legal_ground,
        number=draw_number(case.tenant_id, above, ctx.today.year),
    )  # fmt: skip
    sent.save()
    publish(ctx, CaseAdded(tenant_id=case.tenant_id, case_id=sent.id, body_id=above, reference=sent.reference))
    publish(ctx, CaseSentOn(tenant_id=case.tenant_id, case_id=case_id, new_case_id=sent.id, body_id=above))
    return sent.id


@operation
def open_hearing(ctx: Context, *, case_id: int, question: str, due_on: date) -> int:
    """Ask the region's municipalities and their units before an open case is decided. Gives the hearing's id.

    Raises NotFound, Refused, CaseIsDecided, CaseIsWithdrawn, HearingIsThere, DayIsPast, TextIsMissing or
    TextIsTooLong.
    """
    case = locked_case(ctx, case_id, Right.CASE_PREPARE)
    rules.require_open(case.status, case.reference)
    if Hearing.objects.filter(case=case).exists():
        raise HearingIsThere(reference=case.reference)
    if due_on < ctx.today:
        raise DayIsPast()
    hearing = Hearing.objects.create(
        tenant_id=case.tenant_id, case=case, due_on=due_on, opened_at=ctx.now,
        question=rules.checked_text(question, "Det spørres om", limit=4000, required=True),
    )  # fmt: skip
    publish(ctx, HearingOpened(tenant_id=case.tenant_id, case_id=case_id, hearing_id=hearing.pk, due_on=due_on))
    return int(hearing.pk)


@operation
def answer_hearing(ctx: Context, *, hearing_id: int, place: str, text: str) -> int:
    """Answer for a municipality (`k` and its id) or a unit one leads (`e` and its id). Gives the answer's id.

    Raises NotFound, Refused, HearingIsOver, PlaceIsNotYours, TextIsMissing or TextIsTooLong.
    """
    hearing = Hearing.objects.select_related("case").filter(pk=hearing_id).first()
    if hearing is None:
        raise NotFound()
    access.require_role(ctx, Right.HEARING_ANSWER)
    if ctx.today > hearing.due_on or hearing.case.status != CaseStatus.OPEN:
        raise HearingIsOver(due_on=f"{hearing.due_on.day}.{hearing.due_on.month}.{hearing.due_on.year}")
    mine = {row.key: row for row in places_of(ctx, hearing.tenant_id)}
    if place not in mine or ctx.actor.person_id is None:
        raise PlaceIsNotYours()
    said = rules.checked_text(text, "Svar", limit=8000, required=True)
    row = HearingAnswer(
        tenant_id=hearing.tenant_id, hearing=hearing, municipality_id=mine[place].municipality_id,
        unit_id=mine[place].unit_id, place=mine[place].name[:200], person_id=ctx.actor.person_id,
        name=ctx.actor.name[:160], text=said, answered_at=ctx.now,
    )  # fmt: skip
    access.require(ctx, Right.HEARING_ANSWER, row).save()
    publish(ctx, HearingAnswered(tenant_id=hearing.tenant_id, case_id=hearing.case_id, hearing_id=hearing_id))
    return row.pk


@operation
def write_round(ctx: Context, *, meeting_id: int, seat_id: int, text: str, seen: str) -> None:
    """Write what a member tells at the closing round, from one's own seat or as the office.

    `seen` marks the text the writer started from. Raises NotFound, Refused, MinutesAreWritten, SeatIsUnknown,
    FieldHasChanged (with both texts) or TextIsTooLong.
    """
    meeting = open_meeting(ctx, meeting_id, Right.MEETING_READ)
    if seat_id not in {seat.id for seat in seats_at(ctx, meeting)}:
        raise SeatIsUnknown()
    written = rules.checked_text(text, "Felles bord", limit=8000)
    row = RoundText.objects.filter(meeting=meeting, seat_id=seat_id).first() or RoundText(
        tenant_id=meeting.tenant_id, meeting=meeting, seat_id=seat_id
    )
    access.require(ctx, Right.ROUND_WRITE, row)
    row.text = merged(row.text, seen, written)
    row.save()
    publish(ctx, RoundWritten(tenant_id=meeting.tenant_id, meeting_id=meeting_id, seat_id=seat_id))
