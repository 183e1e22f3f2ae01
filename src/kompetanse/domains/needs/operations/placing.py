"""Where a need stands in the region: what reporting, synchronising and pooling share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection

from kompetanse.domains.needs.models import Need, Pool, Share
from kompetanse.domains.needs.rules import NOBODY_ELSE
from kompetanse.domains.organisation import api as organisation
from kompetanse.kernel.context import Context
from kompetanse.kernel.words import Words

_ARRANGING, _SYNCHRONISING = 7301, 7302  # advisory locks: one number per kind of work, beside the tenant's id


def lock_region(region_id: int) -> None:
    """One at a time rearranges a region's pools; the lock goes with the transaction."""
    _lock(_ARRANGING, region_id)


def lock_file(tenant_id: int) -> None:
    """One at a time brings in a municipality's needs file."""
    _lock(_SYNCHRONISING, tenant_id)


def _lock(work: int, tenant_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [work, tenant_id])


def find_region(ctx: Context, tenant_id: int) -> int | None:
    """The region where the municipality's needs are pooled; None where there is none in sight."""
    region = organisation.find_region_of(frozenset({tenant_id}), ctx.today)
    return region.tenant_id if region is not None and region.tenant_id in ctx.tenants else None


def place_alone(ctx: Context, tenant_id: int, needs: Sequence[Need]) -> None:
    """Give each need a pool of its own until somebody asks for the same: no need is ever without a place."""
    region_id = find_region(ctx, tenant_id)
    if region_id is None or not needs:
        return
    alone = as_data([Words(NOBODY_ELSE)])
    pools = Pool.objects.bulk_create(
        [Pool(tenant_id=region_id, title=need.title, reason=alone) for need in needs], batch_size=1000
    )
    Share.objects.bulk_create(
        [share_of(need, region_id=region_id, pool_id=pool.pk) for need, pool in zip(needs, pools, strict=True)],
        batch_size=1000,
    )


def as_data(why: Iterable[Words]) -> list[dict[str, Any]]:
    """A reason as it is kept: sentences and their places, to be said in the reader's written form."""
    return [{"sentence": words.sentence, "params": dict(words.params)} for words in why]


def share_of(need: Need, *, region_id: int, pool_id: int) -> Share:
    """A need's part, with the numbers that may cross the border."""
    return Share(
        tenant_id=region_id, pool_id=pool_id, municipality_id=need.tenant_id, need_id=need.pk,
        people=need.people, statutory=need.statutory, cause=need.cause,
    )  # fmt: skip


def leave_pools(ctx: Context, tenant_id: int, need_ids: Collection[int]) -> None:
    """A withdrawn need leaves its pool."""
    region_id = find_region(ctx, tenant_id)
    if region_id is None or not need_ids:
        return
    lock_region(region_id)
    Share.objects.filter(municipality_id=tenant_id, need_id__in=need_ids).delete()
