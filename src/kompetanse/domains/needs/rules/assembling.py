"""How suggested groups of needs meet the pools that stand, so that what does not change keeps its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence


def keep_pools(groups: Sequence[frozenset[int]], standing: Mapping[int, frozenset[int]]) -> list[int | None]:
    """For each group of needs the standing pool that goes on as it, or None for a new one.

    A pool goes on as the group that holds most of it, and as one group only. A pool whose members are
    exactly a group always goes on as that group. Ties go to the lowest pool, then the first group.
    """
    where = {need: place for place, group in enumerate(groups) for need in group}
    candidates = []
    for pool_id, members in standing.items():
        for place, shared in Counter(where[need] for need in members if need in where).items():
            exact = members == groups[place]
            candidates.append((not exact, -shared, pool_id, place))
    answer: list[int | None] = [None] * len(groups)
    used: set[int] = set()
    for _, _, pool_id, place in sorted(candidates):
        if answer[place] is None and pool_id not in used:
            answer[place] = pool_id
            used.add(pool_id)
    return answer
