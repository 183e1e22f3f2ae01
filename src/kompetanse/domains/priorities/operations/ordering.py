"""From scores to an order, the forum's own where it will, and on to the case."""

from __future__ import annotations

from collections.abc import Sequence

from kompetanse.domains.governance import api as governance
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import PoolOutcome, RankInput
from kompetanse.domains.priorities import rules
from kompetanse.domains.priorities.events import OrderChosen, OrderHandedOver, PoolsWeighed
from kompetanse.domains.priorities.models import OrderLine, RoundPool, Weighting
from kompetanse.domains.priorities.permissions import Right
from kompetanse.domains.priorities.queries import get_ranked
from kompetanse.domains.priorities.queries.weighed import weigh
from kompetanse.domains.priorities.types import OrderInput, PlacedRow, RoundStatus, WeightsHaveChanged
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .preparing import check_case, fetch_round, require_status
from .weighing import keep_steadiness


@operation
def rank_round(ctx: Context, *, round_id: int) -> None:
    """The differences have been seen: the scores are final, and the pools are ranked.

    Raises NotFound, Refused, RoundHasMovedOn, ScoresAreMissing.
    """
    found = fetch_round(ctx, round_id, Right.ROUND_PREPARE)
    require_status(found, RoundStatus.DISCUSSING)
    weighting = Weighting.objects.filter(round=found).order_by("-version")[0]
    keep_steadiness(found, weighting)
    found.status = RoundStatus.RANKED
    found.save(update_fields=["status"])
    publish(ctx, PoolsWeighed(tenant_id=found.tenant_id, round_id=round_id, version=weighting.version))


@operation
def set_order(ctx: Context, *, round_id: int, order: Sequence[OrderInput], version: int | None = None) -> int:
    """The forum's own order of all the round's pools, with why for each that is moved. Gives how many have a reason.

    `version` is that of the weights the writer saw. Raises NotFound, Refused, RoundHasMovedOn, WeightsHaveChanged,
    OrderIsNotWhole, MoveHasNoReason, TextIsTooLong.
    """
    found = fetch_round(ctx, round_id, Right.ROUND_WEIGH)
    require_status(found, RoundStatus.RANKED)
    weighed = weigh(found)
    if version is not None and version != weighed.weighting.version:
        raise WeightsHaveChanged()
    ranked = [standing.key for standing in weighed.order]
    titles = {key: pool.title for key, pool in weighed.pools.items()}
    lines = rules.check_order(order, ranked, titles)
    weighting = Weighting.objects.get(round=found, version=weighed.weighting.version)
    OrderLine.objects.filter(weighting=weighting).delete()
    if [line.pool_id for line in lines] != ranked:
        ids = dict(RoundPool.objects.filter(round=found).values_list("pool_id", "id"))
        OrderLine.objects.bulk_create(
            OrderLine(
                tenant_id=found.tenant_id, weighting=weighting, round_pool_id=ids[line.pool_id], place=place,
                reason=line.reason,
            )
            for place, line in enumerate(lines, start=1)
        )  # fmt: skip
    moved = sum(1 for line in lines if line.reason)
    publish(ctx, OrderChosen(tenant_id=found.tenant_id, round_id=round_id, moved=moved))
    return moved


@operation
def hand_over_order(ctx: Context, *, round_id: int) -> None:
    """Lay the order before the case as its prioritised list, each pool with why. What the case has said of other
    pools stays, after these. Raises NotFound, Refused, RoundHasMovedOn, CaseIsNotOpen, CaseIsNotOnAgenda, and what
    needs.rank_pools does.
    """
    found = fetch_round(ctx, round_id, Right.ROUND_PREPARE)
    require_status(found, RoundStatus.RANKED)
    check_case(governance.get_case(ctx, case_id=found.case_id))
    page = get_ranked(ctx, round_id=round_id)
    # A pool that became part of another while it was weighed is answered by that one, at the best of their places.
    best: dict[int, PlacedRow] = {}
    for row in page.rows:
        best.setdefault(row.pool.stands_as, row)
    lines = [
        RankInput(pool_id, place, PoolOutcome.PRIORITISED, _reason(row))
        for place, (pool_id, row) in enumerate(best.items(), start=1)
    ]
    ours = set(best) | {row.pool.pool_id for row in page.rows}
    for number, said in enumerate(needs.list_decisions(ctx, case_id=found.case_id), start=len(lines) + 1):
        if said.pool_id not in ours:
            lines.append(RankInput(said.pool_id, number if said.rank else None, said.outcome, said.reason))
    needs.rank_pools(ctx, case_id=found.case_id, ranking=lines)
    found.status = RoundStatus.HANDED_OVER
    found.save(update_fields=["status"])
    publish(
        ctx,
        OrderHandedOver(tenant_id=found.tenant_id, round_id=round_id, case_id=found.case_id, pools=len(lines)),
    )


def _reason(row: PlacedRow) -> str:
    """Why the pool stands there, as it is kept in the case: the forum's own words, or what the ranking says."""
    said = row.reason or ", ".join(words.text() for words in row.why)
    return said[:1].upper() + said[1:]
