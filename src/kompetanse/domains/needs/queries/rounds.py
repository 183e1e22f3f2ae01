"""What can be asked of a municipality's round."""

from __future__ import annotations

from collections import defaultdict

from kompetanse.domains.needs.models import Need, NeedNote, Round
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.rules.rounds import seal
from kompetanse.domains.needs.types import (
    NeedStatus,
    NoteRow,
    PartRow,
    RoundAct,
    RoundRow,
    RoundStatus,
    Step,
    TrailRow,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context


@query
def list_rounds(ctx: Context) -> list[RoundRow]:
    """The rounds in sight, the open first, then the latest. The same three queries for any number."""
    found = list(Round.objects.filter(access.rows(ctx.actor, Right.ROUND_READ)).order_by("-opened_at", "-id"))
    places = {it.tenant_id: it.name for it in organisation.list_municipalities(frozenset(it.tenant_id for it in found))}
    lying: dict[tuple[int, str], list[tuple[int, int | None]]] = defaultdict(list)
    for need_id, people, round_id, step in Need.objects.filter(
        round__in=[it.pk for it in found], status=NeedStatus.IN_ROUND
    ).values_list("id", "people", "round_id", "step"):
        lying[round_id, step].append((need_id, people))
    rows = [
        RoundRow(
            it.pk, it.tenant_id, places[it.tenant_id], it.title, it.deadline, RoundStatus(it.status), it.opened_at,
            it.approved_at, it.delegate, len(lying[it.pk, Step.SECTOR]), len(lying[it.pk, Step.LIST]),
            len(lying[it.pk, Step.RETURNED]), seal(lying[it.pk, Step.LIST]),
            may_approve=bool(access.answer(ctx.actor, Right.ROUND_APPROVE, it)),
            may_delegate=bool(access.answer(ctx.actor, Right.ROUND_DELEGATE, it)),
        )
        for it in found
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row.status is not RoundStatus.OPEN)


@query
def get_need_trail(ctx: Context, *, need_id: int) -> TrailRow:
    """A need's way through its round. Raises NotFound, Refused."""
    need = access.fetch(ctx, Need.objects.select_related("unit"), need_id, Right.NEED_READ)
    parts = [
        PartRow(part.pk, part.title, part.unit.name if part.unit_id else part.unit_text, part.people)
        for part in Need.objects.filter(merged_into=need, composed=False).select_related("unit").order_by("id")
    ]
    notes = [
        NoteRow(RoundAct(it.act), it.text, it.written_at)
        for it in NeedNote.objects.filter(need=need).order_by("written_at", "id")
    ]
    return TrailRow(
        Step(need.step) if need.step else None, need.round_id, need.merged_into_id, tuple(parts), tuple(notes),
        may_mend=need.step == Step.RETURNED and bool(access.answer(ctx.actor, Right.NEED_WITHDRAW, need)),
    )  # fmt: skip
