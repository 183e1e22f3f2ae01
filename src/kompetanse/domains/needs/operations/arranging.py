"""People put pools right. What a person has arranged is confirmed: no suggestion undoes it."""

from __future__ import annotations

from collections.abc import Collection

from kompetanse.domains.needs.events import PoolConfirmed, PoolsMerged, PoolSplit, ShareMoved
from kompetanse.domains.needs.models import Pool, Share
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.types import (
    PoolCannotMergeWithItself,
    PoolIsMerged,
    PoolStatus,
    ShareIsElsewhere,
    SplitNeedsBothSides,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.text_marker import N_
from kompetanse.kernel.words import Words

from .lessons import remember_apart, remember_together, wordings_of
from .placing import as_data, lock_region

BY_HAND = N_("Satt sammen for hånd.")


@operation
def confirm_pool(ctx: Context, *, pool_id: int) -> None:
    """These needs are one. Teaches that their wordings ask for the same; again does nothing.

    Raises NotFound, Refused, PoolIsMerged.
    """
    pool = _fetch(ctx, pool_id)
    shares = _shares(pool)
    if pool.status == PoolStatus.CONFIRMED:
        return
    _confirm(ctx, pool)
    remember_together(ctx, pool.tenant_id, wordings_of(share.need_id for share in shares))
    publish(
        ctx,
        PoolConfirmed(
            tenant_id=pool.tenant_id, pool_id=pool.pk, needs=len(shares),
            people=sum(share.people or 0 for share in shares),
        ),
    )  # fmt: skip


@operation
def split_pool(ctx: Context, *, pool_id: int, share_ids: Collection[int], title: str = "") -> int:
    """Take some shares out into a confirmed pool of their own, and learn that they are different. Gives its id.

    Raises NotFound, Refused, PoolIsMerged, ShareIsElsewhere, SplitNeedsBothSides.
    """
    pool = _fetch(ctx, pool_id)
    out, stay = _choose(pool, share_ids)
    if not out or not stay:
        raise SplitNeedsBothSides()
    going = wordings_of(share.need_id for share in out)
    new = Pool(tenant_id=pool.tenant_id, title=title or (going[0].title if going else pool.title))
    new.topic_code, new.reason = "", as_data([Words(BY_HAND)])
    new.save()
    _confirm(ctx, new)
    _put(new, out)
    _teach_split(ctx, pool, out, stay)
    publish(ctx, PoolSplit(tenant_id=pool.tenant_id, pool_id=pool.pk, new_pool_id=new.pk, needs=len(out)))
    return new.pk


@operation
def move_share(ctx: Context, *, share_id: int, pool_id: int) -> None:
    """Move one need to another pool, which is then confirmed; learns both what it is and what it is not.

    Raises NotFound, Refused, PoolIsMerged, PoolCannotMergeWithItself.
    """
    target = _fetch(ctx, pool_id)
    there = _shares(target)
    share = Share.objects.filter(pk=share_id, tenant_id=target.tenant_id).select_related("pool").first()
    if share is None:
        raise ShareIsElsewhere()
    source = share.pool
    if source.pk == target.pk:
        raise PoolCannotMergeWithItself()
    stay = [other for other in Share.objects.filter(pool=source) if other.pk != share_id]
    _put(target, [share])
    _teach_split(ctx, source, [share], stay)
    remember_together(ctx, target.tenant_id, wordings_of(it.need_id for it in [*there, share]))
    _confirm(ctx, target)
    if not stay:
        _close(source, target)
    publish(
        ctx,
        ShareMoved(tenant_id=target.tenant_id, share_id=share_id, pool_id=target.pk, from_pool_id=source.pk),
    )


@operation
def merge_pools(ctx: Context, *, pool_id: int, from_pool_id: int) -> None:
    """Everything in one pool moves to another, which is then confirmed. Teaches that all ask for the same.

    Raises NotFound, Refused, PoolIsMerged, PoolCannotMergeWithItself.
    """
    if pool_id == from_pool_id:
        raise PoolCannotMergeWithItself()
    target, source = _fetch(ctx, pool_id), _fetch(ctx, from_pool_id)
    if source.tenant_id != target.tenant_id:
        raise ShareIsElsewhere()
    shares = [*_shares(target), *(coming := _shares(source))]
    _put(target, coming)
    _close(source, target)
    _confirm(ctx, target)
    remember_together(ctx, target.tenant_id, wordings_of(share.need_id for share in shares))
    publish(ctx, PoolsMerged(tenant_id=target.tenant_id, pool_id=target.pk, from_pool_id=source.pk))


def _fetch(ctx: Context, pool_id: int) -> Pool:
    """The pool, with the region's arranging to ourselves."""
    pool: Pool = access.fetch(ctx, Pool.objects.all(), pool_id, Right.POOL_ARRANGE)
    lock_region(pool.tenant_id)
    pool.refresh_from_db()
    return pool


def _shares(pool: Pool) -> list[Share]:
    shares = list(Share.objects.filter(pool=pool).order_by("id"))
    if not shares:
        raise PoolIsMerged(title=pool.title)
    return shares


def _choose(pool: Pool, share_ids: Collection[int]) -> tuple[list[Share], list[Share]]:
    shares = _shares(pool)
    if set(share_ids) - {share.pk for share in shares}:
        raise ShareIsElsewhere()
    return (
        [share for share in shares if share.pk in share_ids],
        [share for share in shares if share.pk not in share_ids],
    )


def _put(pool: Pool, shares: list[Share]) -> None:
    Share.objects.filter(pk__in=[share.pk for share in shares]).update(pool=pool)


def _confirm(ctx: Context, pool: Pool) -> None:
    if pool.status == PoolStatus.CONFIRMED:
        return
    pool.status, pool.confirmed_at, pool.confirmed_by = PoolStatus.CONFIRMED, ctx.now, ctx.actor.person_id
    pool.save(update_fields=["status", "confirmed_at", "confirmed_by"])


def _close(pool: Pool, into: Pool) -> None:
    pool.merged_into = into
    pool.save(update_fields=["merged_into"])


def _teach_split(ctx: Context, pool: Pool, out: list[Share], stay: list[Share]) -> None:
    """The two sides differ. Where the pool was confirmed, each side still holds together."""
    going, staying = (wordings_of(share.need_id for share in side) for side in (out, stay))
    remember_apart(ctx, pool.tenant_id, going, staying)
    if pool.status == PoolStatus.CONFIRMED:
        remember_together(ctx, pool.tenant_id, going)
        remember_together(ctx, pool.tenant_id, staying)
