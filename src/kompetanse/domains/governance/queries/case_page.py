"""A case with all that is around it."""

from __future__ import annotations

from dataclasses import replace

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.models import Case, Meeting, Minutes
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.types import (
    CasePage,
    CaseStatus,
    MeetingStatus,
)
from kompetanse.domains.governance.types.procedure import ChainRow, SeatAt
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .cases import case_row, views_of
from .following import find_hearing, list_tasks
from .meetings import meeting_rows, meetings_in_sight, seats_at
from .papers import chain_of, documents_of
from .sending import forwarded, origins
from .voting import ballots_of, seats_in
from .words import in_written_form


@query
def get_case_page(ctx: Context, *, case_id: int, right: str = Right.CASE_READ) -> CasePage:
    """A case with what was said about it, and what the reader may do; for those who also have the `right`.

    Raises NotFound or Refused.
    """
    case = access.fetch(ctx, Case.objects.select_related("body", "meeting"), case_id, Right.CASE_READ)
    access.require(ctx, right, case)
    is_frozen = case.meeting_id is not None and Minutes.objects.filter(meeting_id=case.meeting_id).exists()
    is_open = case.status == CaseStatus.OPEN
    may_prepare = is_open and bool(access.answer(ctx.actor, Right.CASE_PREPARE, case))
    meetings: list[Meeting] = []
    if may_prepare:
        open_meetings = meetings_in_sight(ctx).filter(body_id=case.body_id, status=MeetingStatus.PLANNED)
        meetings = list(open_meetings.exclude(pk=case.meeting_id).order_by("held_on", "id"))
    row, views = case_row(case), views_of(case)
    probe = Case(tenant_id=case.tenant_id, body=case.body)
    beside = bool(access.answer(ctx.actor, Right.CASE_READ_SHIELDED, probe))  # with a place beside the body
    standing = organisation.list_seats(ctx, body_id=case.body_id) if beside else []
    seats: list[SeatAt] = []
    if beside and case.meeting is not None:
        seats = seats_in(ctx, case.meeting, seats_at(ctx, case.meeting), case)
    own = next((seat.seat_id for seat in seats if ctx.actor.person_id in (seat.acting_person,)), None)
    may_vote = own is not None and is_open and bool(access.answer(ctx.actor, Right.CASE_VOTE, case))
    return CasePage(
        case=replace(row, union_view=rules.union_view_of(views)) if is_open else row,
        views=tuple(views),
        meetings=tuple(meeting_rows(ctx, meetings)),
        is_frozen=is_frozen,
        may_prepare=may_prepare,
        may_decide=is_open and not is_frozen and bool(access.answer(ctx.actor, Right.CASE_DECIDE, case)),
        may_state_view=is_open and bool(access.answer(ctx.actor, Right.CASE_STATE_VIEW, case)),
        documents=tuple(documents_of([case_id]).get(case_id, ())),
        chain=tuple(chain_of(ctx, case_id)),
        sent_on=tuple(_sent_on(ctx, case_id)),
        hearing=find_hearing(ctx, case_id=case_id),
        seats=tuple(seats),
        ballots=tuple(ballots_of([case_id]).get(case_id, ())),
        tasks=tuple(list_tasks(ctx, case_ids=(case_id,), done=True)),
        task_owners=tuple((seat.id, seat.name) for seat in standing),
        may_keep=bool(access.answer(ctx.actor, Right.CASE_PREPARE, case)),
        may_vote=may_vote and ctx.actor.person_id is not None,
        origins=origins(case_id),
        forwarded=forwarded(case_id) if beside else (),
        regions=_other_regions(ctx, case) if _can_forward(ctx, case) else (),
        own_seat_id=own if ctx.actor.person_id is not None else None,
    )


def _sent_on(ctx: Context, case_id: int) -> list[ChainRow]:
    """The cases of other bodies that continue this one."""
    sent = Case.objects.filter(access.rows(ctx.actor, Right.CASE_READ), sent_from_id=case_id).select_related("body")
    return [
        ChainRow(row.pk, row.reference, row.title, in_written_form(row.body.name_nb, row.body.name_nn), 1, True)
        for row in sent.order_by("id")
    ]


def _can_forward(ctx: Context, case: Case) -> bool:
    decided = case.status == CaseStatus.DECIDED and not case.legal_ground
    return decided and bool(access.answer(ctx.actor, Right.CASE_PREPARE, case))


def _other_regions(ctx: Context, case: Case) -> tuple[str, ...]:
    own = organisation.find_region_of(frozenset({case.tenant_id}), ctx.today)
    return tuple(name for name in organisation.list_region_names() if own is None or name != own.name)
