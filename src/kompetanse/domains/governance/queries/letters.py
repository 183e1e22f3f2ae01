"""The letters that polls and tasks give, in the receiver's written form."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.urls import reverse

from kompetanse.domains.governance.events import (
    PollDateChosen,
    PollDropped,
    PollOpened,
    PollReminded,
    TaskGiven,
    TaskReminded,
)
from kompetanse.domains.governance.models import Poll, PollAnswer, Task
from kompetanse.domains.governance.rules import letters
from kompetanse.domains.governance.rules.letters import Occasion
from kompetanse.domains.governance.types.procedure import GovernanceLetter, TaskOccasion
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import BodyRow, WrittenForm
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

Told = PollOpened | PollReminded | PollDateChosen | PollDropped | TaskGiven | TaskReminded
TASK = {
    TaskOccasion.GIVEN: Occasion.TASK_GIVEN,
    TaskOccasion.NEAR: Occasion.TASK_NEAR,
    TaskOccasion.LATE: Occasion.TASK_LATE,
}


@query
def list_letters(ctx: Context, *, event: Told) -> list[GovernanceLetter]:
    """The letters that an event gives: a poll's to those who sit in the body, a task's to its owner. For the system."""
    access.require_system(ctx)
    if isinstance(event, (TaskGiven, TaskReminded)):
        task = Task.objects.select_related("case", "body").get(pk=event.task_id)
        kind = TaskOccasion(event.occasion) if isinstance(event, TaskReminded) else TaskOccasion.GIVEN
        if task.done_at is not None:
            return []
        body = organisation.get_body(ctx, body_id=task.body_id)
        cause = f"task-{task.pk}-{kind}-{task.due_on}"
        return _write(
            ctx, TASK[kind], body, [task.owner_id], cause, task.due_on, page=reverse("governance.tasks"),
            what=task.what, reference=task.case.reference,
        )  # fmt: skip
    poll = Poll.objects.get(pk=event.poll_id)
    body = organisation.get_body(ctx, body_id=poll.body_id)
    asked = [seat.person_id for seat in organisation.list_seats(ctx, body_id=poll.body_id)]
    answered = set(PollAnswer.objects.filter(date__poll=poll).values_list("seat__person_id", flat=True))
    page = reverse("governance.poll", args=[poll.pk])
    if isinstance(event, PollDateChosen):
        page = reverse("governance.meeting", args=[event.meeting_id])
        return _write(ctx, Occasion.POLL_CHOSEN, body, asked, f"poll-{poll.pk}-chosen", event.held_on, page=page)
    if isinstance(event, PollDropped):
        told = [person for person in asked if person in answered]
        return _write(ctx, Occasion.POLL_DROPPED, body, told, f"poll-{poll.pk}-dropped", poll.answers_due, page=page)
    if isinstance(event, PollReminded):
        told = [person for person in asked if person not in answered]
        return _write(ctx, Occasion.POLL_REMINDED, body, told, f"poll-{poll.pk}-late", poll.answers_due, page=page)
    return _write(ctx, Occasion.POLL_OPENED, body, asked, f"poll-{poll.pk}-opened", poll.answers_due, page=page)


def _write(
    ctx: Context, occasion: Occasion, body: BodyRow, people: Collection[int], cause: str, day: date, *, page: str,
    what: str = "", reference: str = "",
) -> list[GovernanceLetter]:  # fmt: skip
    """One letter to each, in the written form of the municipality they sit for."""
    seats = {seat.person_id: seat for seat in organisation.list_seats(ctx, body_id=body.id)}
    places = {row.tenant_id: row for row in organisation.list_municipalities(
        frozenset(seat.municipality_id for seat in seats.values() if seat.municipality_id is not None)
    )}  # fmt: skip
    found = []
    for holder in organisation.list_addresses(ctx, tenant_id=body.tenant_id, people=people):
        seat = seats.get(holder.person_id)
        place = places.get(seat.municipality_id) if seat and seat.municipality_id is not None else None
        language = "nn" if place is not None and place.written_form is WrittenForm.NYNORSK else "nb"
        letter = letters.write(
            occasion, language, day=day, name=holder.name, what=what, reference=reference,
            body=body.name_nn if language == "nn" else body.name_nb, link=settings.PUBLIC_URL.rstrip("/") + page,
        )  # fmt: skip
        found.append(
            GovernanceLetter(
                body.tenant_id, holder.person_id, holder.email, language, letter.subject, letter.body, cause
            )
        )
    return found
