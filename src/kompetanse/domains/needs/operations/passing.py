"""How a need moves in a round: what reporting, weighing and approving share."""

from __future__ import annotations

from collections.abc import Sequence

from kompetanse.domains.needs.models import Need, NeedNote, Round
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.rules.rounds import people_of, starts_at_sector
from kompetanse.domains.needs.types import NeedStatus, RoundAct, RoundIsApproved, RoundStatus, Step
from kompetanse.foundation import access
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound
from kompetanse.kernel.text_marker import N_

PARTS_GONE = N_("Alle behovene som var slått sammen, er trukket.")


def find_open_round(tenant_id: int) -> Round | None:
    """The round that needs of this municipality go into now, held so that nobody approves it meanwhile."""
    found: Round | None = (
        Round.objects.select_for_update(no_key=True).filter(tenant_id=tenant_id, status=RoundStatus.OPEN).first()
    )
    return found


def lock_round(round_id: int) -> Round:
    """The round to ourselves: what is done in it is done by one at a time."""
    found: Round | None = Round.objects.select_for_update(no_key=True).filter(pk=round_id).first()
    if found is None:
        raise NotFound()
    return found


def lock_open(round_id: int) -> Round:
    """Raises RoundIsApproved."""
    found = lock_round(round_id)
    if found.status != RoundStatus.OPEN:
        raise RoundIsApproved()
    return found


def first_step(ctx: Context, need: Need) -> Step:
    """To the leader above; straight to the municipality's list where there is none, or they are who asks."""
    path = need.unit.path if need.unit_id else ()
    if starts_at_sector(path) and (ctx.actor.is_system or not access.answer(ctx.actor, Right.NEED_WEIGH, need)):
        return Step.SECTOR
    return Step.LIST


def may_mend(ctx: Context, standing: Round) -> bool:
    """May the actor take something off a list that is approved? Who approved it may."""
    return bool(access.answer(ctx.actor, Right.ROUND_APPROVE, standing))


def note(ctx: Context, needs: Sequence[Need], act: RoundAct, text: str = "") -> None:
    """Write down what was done with these needs, for whoever asked to read."""
    NeedNote.objects.bulk_create(
        [
            NeedNote(
                tenant_id=need.tenant_id, need=need, act=act, text=text, written_by=ctx.actor.person_id,
                written_at=ctx.now,
            )
            for need in needs
        ],
        batch_size=1000,
    )  # fmt: skip


def take_back(ctx: Context, needs: Sequence[Need], why: str) -> None:
    """These needs stand no longer."""
    for need in needs:
        need.status, need.step, need.merged_into = NeedStatus.WITHDRAWN, "", None
        need.withdrawn_at, need.withdrawn_why = ctx.now, why
    Need.objects.bulk_update(needs, ["status", "step", "merged_into", "withdrawn_at", "withdrawn_why"], batch_size=500)


def count_again(ctx: Context, whole: Need) -> None:
    """A joined need has the people of its parts, and stands no longer than they do."""
    parts = list(Need.objects.filter(merged_into=whole, composed=False))
    if not parts:
        take_back(ctx, [whole], PARTS_GONE)
        return
    whole.people = people_of(part.people for part in parts)
    whole.save(update_fields=["people"])
