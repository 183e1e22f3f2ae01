"""Members score: each choice its own row, so that many at once, or one in two tabs, never write over each other."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from kompetanse.domains.governance import api as governance
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import SeatRow
from kompetanse.domains.priorities import rules
from kompetanse.domains.priorities.events import PoolScored, ViewsShown
from kompetanse.domains.priorities.models import Round, RoundPool, Score
from kompetanse.domains.priorities.permissions import Right
from kompetanse.domains.priorities.queries.rounds import (
    OPEN_TO_SCORES,
    members_of,
    pools_of,
    scored_by,
    voters,
    weightings_of,
)
from kompetanse.domains.priorities.types import (
    MunicipalityHasLeft,
    RoundIsNotOpen,
    RoundStatus,
    ScoreInput,
    ScoresAreMissing,
    YouHaveNoSeat,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .preparing import check_case, fetch_round, require_status


@operation
def score_pool(ctx: Context, *, round_id: int, pool_id: int, scores: Sequence[ScoreInput]) -> int:
    """Write the choices that are new to the writer for one pool; the last one counts. Gives how many were written.

    What stands unchanged on the writer's page is left alone, so that an old tab does not undo a newer one.
    Raises NotFound, Refused, RoundIsNotOpen, CaseIsNotOpen, YouHaveNoSeat, MunicipalityHasLeft, ScoreIsOutOfRange,
    CriterionIsNotScored.
    """
    found = access.fetch(ctx, Round.objects.select_related("case"), round_id, Right.ROUND_SCORE)
    seat = _seat(ctx, found)
    if _held_still(found) not in OPEN_TO_SCORES:
        raise RoundIsNotOpen()
    weights = weightings_of(found)[0].weights
    pool = RoundPool.objects.filter(round=found, pool_id=pool_id).first()
    if pool is None:
        raise NotFound()
    chosen = [
        Score(
            tenant_id=found.tenant_id, round_pool=pool, criterion=it.criterion, seat_id=seat.id,
            person=ctx.actor.person_id, value=rules.check_score(it.criterion, it.value, weights), scored_at=ctx.now,
        )
        for it in scores
        if it.value != it.was
    ]  # fmt: skip
    if chosen:
        Score.objects.bulk_create(
            chosen, update_conflicts=True, unique_fields=["tenant", "round_pool", "criterion", "seat"],
            update_fields=["value", "person", "scored_at"],
        )  # fmt: skip
        publish(ctx, PoolScored(tenant_id=found.tenant_id, round_id=round_id, pool_id=pool_id))
    return len(chosen)


def _seat(ctx: Context, found: Round) -> SeatRow:
    """The actor's seat in the body today. Raises CaseIsNotOpen, YouHaveNoSeat, MunicipalityHasLeft."""
    case = governance.get_case(ctx, case_id=found.case_id)
    check_case(case)
    body = organisation.get_body(ctx, body_id=case.body_id)
    seat = next((it for it in voters(ctx, case) if it.person_id == ctx.actor.person_id), None)
    if seat is None:
        raise YouHaveNoSeat(body=body.name_nb)
    if seat.municipality_id is not None and seat.municipality_id not in members_of(ctx, found.tenant_id):
        raise MunicipalityHasLeft(place=seat.represents or seat.name, body=body.name_nb)
    return seat


def _held_still(found: Round) -> str:
    """The round's status, which cannot change until this is written. Those who score do not wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT status FROM {Round._meta.db_table} WHERE tenant_id = %s AND id = %s FOR SHARE",  # noqa: S608 - the table's own name
            [found.tenant_id, found.pk],
        )
        status: str = cursor.fetchone()[0]
    return status


@operation
def show_views(ctx: Context, *, round_id: int) -> None:
    """Let everybody see where they differ. Scores may still be changed: that is what the talk is for.

    Raises NotFound, Refused, RoundHasMovedOn, ScoresAreMissing.
    """
    found = fetch_round(ctx, round_id, Right.ROUND_PREPARE)
    require_status(found, RoundStatus.SCORING)
    asked = scored_by(weightings_of(found)[0].weights)
    given = set(Score.objects.filter(round_pool__round=found).values_list("round_pool_id", "criterion"))
    for pool in pools_of(found):
        if any((pool.id, criterion.value) not in given for criterion in asked):
            raise ScoresAreMissing(title=pool.title)
    found.status = RoundStatus.DISCUSSING
    found.save(update_fields=["status"])
    publish(ctx, ViewsShown(tenant_id=found.tenant_id, round_id=round_id))
