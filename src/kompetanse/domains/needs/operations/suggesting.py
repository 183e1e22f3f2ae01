"""Suggested pools are computed anew; what people have confirmed stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import Q

from kompetanse.domains.competence import api as competence
from kompetanse.domains.needs import rules
from kompetanse.domains.needs.events import PoolsSuggested
from kompetanse.domains.needs.models import Need, Pool, Share
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.rules.assembling import keep_pools
from kompetanse.domains.needs.rules.teaching import taught
from kompetanse.domains.needs.types import LONGEST_TITLE, NeedStatus, PoolStatus
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .lessons import load_lessons
from .placing import as_data, lock_region, share_of


@operation
def suggest_pools(ctx: Context, *, region_id: int) -> int:
    """Suggest pools for every standing need in sight that is in no confirmed pool. Gives how many pools that is.

    A pool whose needs are the same keeps its id, and so does the one that holds most of a group. Emptied
    pools are kept, and say where their needs went. Raises Refused.
    """
    access.require(ctx, Right.POOL_ARRANGE, Pool(tenant_id=region_id))
    lock_region(region_id)
    region = organisation.find_region_of(frozenset({region_id}), ctx.today)
    members = {row.tenant_id for row in region.municipalities} if region else set()
    needs = {need.pk: need for need in Need.objects.filter(tenant_id__in=members, status=NeedStatus.REPORTED)}
    pools = {
        pool.pk: pool
        for pool in Pool.objects.filter(tenant_id=region_id, status=PoolStatus.SUGGESTED, merged_into=None)
    }
    # Shares of needs out of sight are let be: somebody who sees them will tidy.
    seen = Q(municipality_id__in=ctx.tenants) | ~Q(municipality_id__in=members)
    Share.objects.filter(seen, tenant_id=region_id).exclude(need_id__in=needs).delete()
    shares = {share.need_id: share for share in Share.objects.filter(tenant_id=region_id, need_id__in=needs)}
    free = [need for need in needs.values() if need.pk not in shares or shares[need.pk].pool_id in pools]

    groups = _suggest(region_id, free)
    standing: dict[int, set[int]] = defaultdict(set)
    for need in free:
        if need.pk in shares:
            standing[shares[need.pk].pool_id].add(need.pk)
    kept = keep_pools([members for members, _ in groups], {pk: frozenset(held) for pk, held in standing.items()})
    made, changed = _write(region_id, groups, kept, pools, needs, shares)
    emptied = _empty(region_id, pools, {pk for pk in kept if pk is not None}, standing, needs)
    if made or changed or emptied:
        publish(ctx, PoolsSuggested(tenant_id=region_id, made=made, changed=changed, emptied=emptied))
    return len(groups)


Group = tuple[frozenset[int], rules.PoolSuggestion]


def _suggest(region_id: int, needs: Iterable[Need]) -> list[Group]:
    texts = [
        rules.NeedText(str(need.pk), str(need.tenant_id), need.title, need.target_group, need.reason) for need in needs
    ]
    topics = [rules.TopicNames(topic.code, topic.names, topic.target_groups) for topic in competence.list_topics()]
    found = rules.suggest_pools(texts, topics, taught(load_lessons(region_id)))
    return [(frozenset(int(key) for key in suggestion.members), suggestion) for suggestion in found]


def _write(
    region_id: int,
    groups: list[Group],
    kept: list[int | None],
    pools: Mapping[int, Pool],
    needs: Mapping[int, Need],
    shares: Mapping[int, Share],
) -> tuple[int, int]:
    """Make and rename pools, then put every share where it belongs. Gives how many were made, and changed."""
    new, renamed, touched = [], [], set()
    target: list[Pool] = []
    for (_, suggestion), pool_id in zip(groups, kept, strict=True):
        pool = pools[pool_id] if pool_id is not None else Pool(tenant_id=region_id)
        values = {
            "title": suggestion.title[:LONGEST_TITLE],
            "topic_code": suggestion.topic_code or "",
            "score": suggestion.score,
            "reason": as_data(suggestion.reason),
        }
        differs = any(getattr(pool, name) != value for name, value in values.items())
        for name, value in values.items():
            setattr(pool, name, value)
        if pool_id is None:
            new.append(pool)
        elif differs:
            renamed.append(pool)
            touched.add(pool_id)
        target.append(pool)
    Pool.objects.bulk_create(new, batch_size=1000)
    Pool.objects.bulk_update(renamed, ["title", "topic_code", "score", "reason"], batch_size=500)
    moves, missing = [], []
    for (members, _), pool in zip(groups, target, strict=True):
        for need_id in members:
            share = shares.get(need_id)
            if share is None:
                missing.append(share_of(needs[need_id], region_id=region_id, pool_id=pool.pk))
            elif share.pool_id != pool.pk:
                moves.append((share.pk, pool.pk))
                touched.add(pool.pk)
    Share.objects.bulk_create(missing, batch_size=1000)
    _move(region_id, moves)
    return len(new), len(touched - {pool.pk for pool in new})


def _move(region_id: int, moves: list[tuple[int, int]]) -> None:
    """Many shares to many pools in one statement."""
    if not moves:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{Share._meta.db_table}" SET pool_id = to_pool '  # noqa: S608 - our own table's name
            "FROM unnest(%s::bigint[], %s::bigint[]) AS moves(share, to_pool) "
            "WHERE tenant_id = %s AND id = moves.share",
            [[share for share, _ in moves], [pool for _, pool in moves], region_id],
        )


def _empty(
    region_id: int,
    pools: Mapping[int, Pool],
    kept: set[int],
    standing: Mapping[int, set[int]],
    needs: Mapping[int, Need],
) -> int:
    """Pools that no longer hold anything say where most of their needs went. Gives how many."""
    left = [pool_id for pool_id in standing if pool_id in pools and pool_id not in kept]
    went = dict(
        Share.objects.filter(
            tenant_id=region_id, need_id__in=[need for pool_id in left for need in standing[pool_id]]
        ).values_list("need_id", "pool_id")
    )
    emptied = []
    for pool_id in left:
        pool = pools[pool_id]
        pool.merged_into_id = Counter(went[need] for need in sorted(standing[pool_id])).most_common(1)[0][0]
        emptied.append(pool)
    Pool.objects.bulk_update(emptied, ["merged_into"], batch_size=500)
    return len(emptied)
