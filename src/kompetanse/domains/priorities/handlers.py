"""What the priorities do when something has happened. Wired in config."""

from __future__ import annotations

from kompetanse.domains.needs.events import PoolsMerged
from kompetanse.kernel.context import Context

from . import api as priorities


def follow_pool(ctx: Context, event: PoolsMerged) -> None:
    """Two pools became one: the rounds that weigh the one that went follow, and say so."""
    priorities.follow_merged_pool(
        ctx, region_id=event.tenant_id, pool_id=event.pool_id, from_pool_id=event.from_pool_id
    )
