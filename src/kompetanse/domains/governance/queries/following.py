"""Tasks, hearings, and the closing round."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse.domains.governance.models import Hearing, HearingAnswer, Meeting, RoundText, Task
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.types import CaseStatus, case_reference
from kompetanse.domains.governance.types.procedure import AnswerRow, HearingRow, RoundRow, TaskRow
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role, SeatKind, SeatRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .words import in_written_form


@query
def list_tasks(
    ctx: Context, *, case_ids: tuple[int, ...] | None = None, mine: bool = False, done: bool = False
) -> list[TaskRow]:
    """Tasks in sight, soonest first: those that remain, or also the `done`; of some cases, or the reader's own."""
    tasks = Task.objects.filter(access.rows(ctx.actor, Right.TASK_READ)).select_related("case", "body")
    if not done:
        tasks = tasks.filter(done_at=None)
    if case_ids is not None:
        tasks = tasks.filter(case_id__in=case_ids)
    if mine:
        tasks = tasks.filter(owner_id=ctx.actor.person_id)
    return [
        TaskRow(
            task.pk, task.what, task.owner_id, task.owner_name, task.due_on,
            task.done_at is None and task.due_on < ctx.today, task.done_at, task.outcome,
            task.case_id, case_reference(task.case.number, task.case.year),
            in_written_form(task.body.name_nb, task.body.name_nn),
            task.done_at is None and bool(access.answer(ctx.actor, Right.TASK_FINISH, task)), task.version,
        )
        for task in tasks.order_by("due_on", "id")
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody may answer for."""

    key: str
    name: str
    municipality_id: int
    unit_id: int | None


def places_of(ctx: Context, region_id: int) -> list[Place]:
    """The municipalities of the region the actor speaks for, and the units there that they lead."""
    region = organisation.find_region_of(frozenset({region_id}), ctx.today)
    names = {row.tenant_id: row.name for row in region.municipalities} if region else {}
    speaks = {
        grant.tenant_id
        for role in (Role.CONTACT_PERSON, Role.CHIEF_EXECUTIVE)
        for grant in ctx.actor.places(role)
        if grant.unit_id is None and grant.tenant_id in names
    }
    found = [Place(f"k{key}", names[key], key, None) for key in sorted(speaks)]
    if ctx.actor.places(Role.LEADER):
        found += [
            Place(f"e{unit.id}", f"{unit.name}, {names[unit.tenant_id]}", unit.tenant_id, unit.id)
            for unit in organisation.list_units(ctx, led_only=True)
            if unit.tenant_id in names
        ]
    return found


def hearing_row(ctx: Context, hearing: Hearing, *, with_places: bool) -> HearingRow:
    """A hearing with its answers; with what the reader may answer for, while it is open."""
    answers = list(HearingAnswer.objects.filter(hearing=hearing).order_by("id"))
    region = organisation.find_region_of(frozenset({hearing.tenant_id}), ctx.today)
    answered = {row.municipality_id for row in answers if row.unit_id is None}
    is_open = ctx.today <= hearing.due_on and hearing.case.status == CaseStatus.OPEN
    return HearingRow(
        hearing.pk, hearing.case_id, hearing.case.reference, hearing.case.title, hearing.question, hearing.due_on,
        is_open,
        tuple(AnswerRow(row.place, row.name, row.text, row.answered_at) for row in answers),
        tuple(row.name for row in region.municipalities if row.tenant_id not in answered) if region else (),
        tuple((place.key, place.name) for place in places_of(ctx, hearing.tenant_id))
        if with_places and is_open else (),
    )  # fmt: skip


@query
def find_hearing(ctx: Context, *, case_id: int) -> HearingRow | None:
    """The hearing of a case, if it has one. The case must be in sight: see get_case."""
    hearing = Hearing.objects.select_related("case").filter(case_id=case_id).first()
    return hearing_row(ctx, hearing, with_places=True) if hearing else None


@query
def list_hearings(ctx: Context) -> list[HearingRow]:
    """Open hearings that the reader may answer, soonest due first."""
    if not access.possible(ctx.actor, Right.HEARING_ANSWER):
        return []
    hearings = Hearing.objects.select_related("case").filter(due_on__gte=ctx.today, case__status=CaseStatus.OPEN)
    rows = [hearing_row(ctx, hearing, with_places=True) for hearing in hearings.order_by("due_on", "id")]
    return [row for row in rows if row.places]


def round_of(ctx: Context, meeting: Meeting, seats: list[SeatRow]) -> list[RoundRow]:
    """The closing round: one text for each seat that tells."""
    texts = {row.seat_id: row.text for row in RoundText.objects.filter(meeting=meeting)}
    office = bool(access.answer(ctx.actor, Right.MEETING_PREPARE, meeting))
    return [
        RoundRow(
            seat.id, seat.name, seat.represents, texts.get(seat.id, ""),
            office or (ctx.actor.person_id is not None and seat.person_id == ctx.actor.person_id),
        )
        for seat in seats
        if seat.kind not in (SeatKind.DEPUTY, SeatKind.SECRETARY)
    ]  # fmt: skip
