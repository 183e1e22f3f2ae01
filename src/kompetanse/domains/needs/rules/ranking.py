"""What a prioritised list must be like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kompetanse.domains.needs.types import (
    PoolOutcome,
    RankInput,
    RankIsMissing,
    RankIsTaken,
    ReasonIsMissing,
)


def check_ranking(ranking: Sequence[RankInput], titles: Mapping[int, str]) -> list[RankInput]:
    """The list in order, places closed up to 1, 2, 3 …; deferred and rejected last, without a place.

    `titles` gives each pool's title, for the sentences. Raises RankIsMissing, RankIsTaken, ReasonIsMissing.
    """
    held: dict[int, str] = {}
    for line in ranking:
        title = titles[line.pool_id]
        if line.outcome is not PoolOutcome.PRIORITISED:
            if not line.reason.strip():
                raise ReasonIsMissing(title=title)
            continue
        if line.rank is None or line.rank < 1:
            raise RankIsMissing(title=title)
        if line.rank in held:
            raise RankIsTaken(rank=line.rank, first=held[line.rank], second=title)
        held[line.rank] = title
    places = {rank: place for place, rank in enumerate(sorted(held), start=1)}
    closed = [
        RankInput(line.pool_id, places[line.rank] if line.outcome is PoolOutcome.PRIORITISED and line.rank else None,
                  line.outcome, line.reason.strip())
        for line in ranking
    ]  # fmt: skip
    return sorted(closed, key=lambda line: (line.rank is None, line.rank or 0, line.pool_id))
