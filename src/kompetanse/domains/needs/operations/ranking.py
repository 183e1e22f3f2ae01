"""The forum's list of pools, in a case."""

from __future__ import annotations

from collections.abc import Sequence

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import CaseStatus
from kompetanse.domains.needs.events import PoolsRanked
from kompetanse.domains.needs.models import Pool, PoolDecision, Share
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.rules.ranking import check_ranking
from kompetanse.domains.needs.rules.reporting import check_text
from kompetanse.domains.needs.types import (
    CaseIsNotOnAgenda,
    CaseIsNotOpen,
    PoolIsMerged,
    PoolIsNotConfirmed,
    PoolStatus,
    RankInput,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .placing import lock_region


@operation
def rank_pools(ctx: Context, *, case_id: int, ranking: Sequence[RankInput]) -> None:
    """Note the forum's list in an open case on an agenda; it replaces what was noted in the case before.

    Counts when the case is decided (governance). Places are closed up to 1, 2, 3 …. Raises NotFound (a case
    or a pool that is not the region's), Refused, CaseIsNotOpen, CaseIsNotOnAgenda, PoolIsNotConfirmed,
    PoolIsMerged, RankIsMissing, RankIsTaken, ReasonIsMissing, TextIsTooLong.
    """
    case = governance.get_case(ctx, case_id=case_id)
    access.require(ctx, Right.POOL_RANK, Pool(tenant_id=case.tenant_id))
    if case.status != CaseStatus.OPEN:
        raise CaseIsNotOpen(reference=case.reference)
    if case.meeting_id is None:
        raise CaseIsNotOnAgenda(reference=case.reference)
    lock_region(case.tenant_id)
    wanted = {line.pool_id for line in ranking}
    pools = {pool.pk: pool for pool in Pool.objects.filter(tenant_id=case.tenant_id, pk__in=wanted)}
    if len(pools) != len(ranking):
        raise NotFound()
    holding = set(Share.objects.filter(pool_id__in=wanted).values_list("pool_id", flat=True))
    for pool in pools.values():
        if pool.status != PoolStatus.CONFIRMED:
            raise PoolIsNotConfirmed(title=pool.title)
        if pool.pk not in holding:
            raise PoolIsMerged(title=pool.title)
    lines = check_ranking(ranking, {pool.pk: pool.title for pool in pools.values()})
    PoolDecision.objects.filter(tenant_id=case.tenant_id, case_id=case_id).delete()
    PoolDecision.objects.bulk_create(
        PoolDecision(
            tenant_id=case.tenant_id, pool_id=line.pool_id, case_id=case_id, rank=line.rank,
            outcome=line.outcome, reason=check_text("reason", line.reason),
            noted_by=ctx.actor.person_id, noted_at=ctx.now,
        )
        for line in lines
    )  # fmt: skip
    publish(ctx, PoolsRanked(tenant_id=case.tenant_id, case_id=case_id, pools=len(lines)))
