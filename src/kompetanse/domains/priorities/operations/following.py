"""What a round does when pools change while they are being weighed."""

from __future__ import annotations

from kompetanse.domains.needs import api as needs
from kompetanse.domains.priorities.events import RoundPoolMerged
from kompetanse.domains.priorities.models import Round, RoundPool
from kompetanse.domains.priorities.types import RoundStatus
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context


@operation
def follow_merged_pool(ctx: Context, *, region_id: int, pool_id: int, from_pool_id: int) -> int:
    """Two pools became one. A round that is being prepared weighs the one that stayed; where members have begun to
    score, what was frozen stands, says where it went, and lays the one that stayed before the case. Gives how many
    rounds follow. For the system."""
    access.require_system(ctx)
    touched = RoundPool.objects.filter(tenant_id=region_id, pool_id=from_pool_id) | RoundPool.objects.filter(
        tenant_id=region_id, merged_into_id=from_pool_id
    )
    followed = 0
    for key in sorted(set(touched.values_list("round_id", flat=True))):
        found = Round.objects.select_for_update(of=("self",)).get(pk=key)
        if found.status == RoundStatus.HANDED_OVER:
            continue  # the case has its list, and what became of it is told there
        rows = RoundPool.objects.filter(round=found)
        if found.status == RoundStatus.PREPARING:
            gone = rows.filter(pool_id=from_pool_id)
            if rows.filter(pool_id=pool_id).exists():
                gone.delete()
            else:
                gone.update(pool_id=pool_id, title=needs.get_pool(ctx, pool_id).title)
        else:
            rows.filter(pool_id=from_pool_id).update(merged_into_id=pool_id)
            rows.filter(merged_into_id=from_pool_id).update(merged_into_id=pool_id)
        publish(
            ctx,
            RoundPoolMerged(tenant_id=region_id, round_id=key, pool_id=pool_id, from_pool_id=from_pool_id),
        )
        followed += 1
    return followed
