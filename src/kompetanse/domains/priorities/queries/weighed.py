"""What the scores say: first where they differ, then the order they give."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from kompetanse.domains.priorities import rules
from kompetanse.domains.priorities.models import OrderLine, Round, Score, Weighting
from kompetanse.domains.priorities.permissions import Right
from kompetanse.domains.priorities.types import (
    Criterion,
    Kept,
    PlacedRow,
    RankedPage,
    RankingIsNotShown,
    RoundPoolRow,
    RoundStatus,
    ScoresAreMissing,
    Standing,
    ViewsAreNotShown,
    ViewsPage,
    WeightingRow,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .rounds import OPEN_TO_SCORES, pools_of, row_of, scored_by, weightings_of

BEFORE_VIEWS = (RoundStatus.PREPARING, RoundStatus.SCORING)
RANKED = (RoundStatus.RANKED, RoundStatus.HANDED_OVER)


@dataclass(frozen=True, slots=True)
class Voices:
    """What the seats have said, by (pool, criterion), and what the seats are called."""

    by_cell: dict[tuple[int, Criterion], dict[int, int]]
    seats: dict[int, str]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A round as its latest weights rank it. Keys are the pools' ids."""

    pools: dict[int, RoundPoolRow]
    weighting: WeightingRow
    values: dict[int, dict[Criterion, Fraction]]
    order: list[Standing]


def voices_of(found: Round) -> Voices:
    by_cell: dict[tuple[int, Criterion], dict[int, int]] = defaultdict(dict)
    seats: dict[int, str] = {}
    for pool, criterion, seat, value, name, represents in (
        Score.objects.filter(round_pool__round=found)
        .order_by("round_pool_id", "seat_id")
        .values_list("round_pool__pool_id", "criterion", "seat_id", "value", "seat__name", "seat__represents")
    ):
        by_cell[pool, Criterion(criterion)][seat] = value
        seats[seat] = f"{represents} ({name})" if represents else name
    return Voices(dict(by_cell), seats)


def weigh(found: Round) -> Weighed:
    """The round by its latest weights. Raises ScoresAreMissing."""
    pools = {pool.pool_id: pool for pool in pools_of(found)}
    weighting = weightings_of(found)[0]
    by_cell = voices_of(found).by_cell
    values: dict[int, dict[Criterion, Fraction]] = {}
    for key, pool in pools.items():
        values[key] = dict(rules.read_scores(pool.facts, members=found.members))
        for criterion in scored_by(weighting.weights):
            if (key, criterion) not in by_cell:
                raise ScoresAreMissing(title=pool.title)
            values[key][criterion] = rules.mean(by_cell[key, criterion].values())
    return Weighed(pools, weighting, values, rules.rank(values, weighting.weights))


@query
def get_views(ctx: Context, *, round_id: int) -> ViewsPage:
    """Where the members differ, without any mean. Raises NotFound, Refused, ViewsAreNotShown."""
    found = access.fetch(ctx, Round.objects.select_related("case"), round_id, Right.ROUND_READ)
    if found.status in BEFORE_VIEWS:
        raise ViewsAreNotShown()
    pools = {pool.pool_id: pool.title for pool in pools_of(found)}
    asked = set(scored_by(weightings_of(found)[0].weights))
    voices = voices_of(found)
    disputes = rules.disputes({cell: said for cell, said in voices.by_cell.items() if cell[1] in asked})
    return ViewsPage(
        row_of(found, len(pools)), voices.seats, pools, tuple(rules.spread_by_criterion(disputes)), tuple(disputes),
        bool(access.answer(ctx.actor, Right.ROUND_PREPARE, found)),
        found.status in OPEN_TO_SCORES and bool(access.answer(ctx.actor, Right.ROUND_SCORE, found)),
    )  # fmt: skip


@query
def get_ranked(ctx: Context, *, round_id: int) -> RankedPage:
    """The order with its reasons and how robust it is. Raises NotFound, Refused, RankingIsNotShown."""
    found = access.fetch(ctx, Round.objects.select_related("case"), round_id, Right.ROUND_READ)
    if found.status not in RANKED:
        raise RankingIsNotShown()
    weighed = weigh(found)
    weighting = Weighting.objects.get(round=found, version=weighed.weighting.version)
    own = {
        pool_id: (place, reason)
        for pool_id, place, reason in OrderLine.objects.filter(weighting=weighting).values_list(
            "round_pool__pool_id", "place", "reason"
        )
    }
    swaps = {it.upper: it for it in rules.close_calls(weighed.order, weighed.values, weighed.weighting.weights)}
    rows = []
    for standing in weighed.order:
        key, pool = standing.key, weighed.pools[standing.key]
        place, reason = own.get(key, (standing.place, ""))
        kept, top = weighting.steadiness[str(key)]
        others = [it.facts for it in weighed.pools.values() if it.pool_id != key]
        rows.append(
            PlacedRow(
                pool, place, standing.place, standing.score, standing.parts, weighed.values[key],
                rules.why(standing, weighed.values[key], pool.facts, members=found.members, others=others),
                Kept(kept, top, rules.DRAWS), swaps.get(key), reason,
            )
        )  # fmt: skip
    rows.sort(key=lambda row: row.place)
    return RankedPage(
        row_of(found, len(rows)), weighed.weighting, tuple(rows), bool(own),
        bool(access.answer(ctx.actor, Right.ROUND_WEIGH, found)) and found.status == RoundStatus.RANKED,
        bool(access.answer(ctx.actor, Right.ROUND_PREPARE, found)) and found.status == RoundStatus.RANKED,
    )  # fmt: skip
