"""A round on its way: what is weighed, by what, and how far the members have come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import CaseRow, case_reference
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import PoolStatus
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import SeatKind, SeatRow
from kompetanse.domains.priorities import rules
from kompetanse.domains.priorities.models import Round, RoundPool, Score, Weight, Weighting
from kompetanse.domains.priorities.permissions import Right
from kompetanse.domains.priorities.types import (
    SCORED,
    Criterion,
    Facts,
    PoolChoice,
    RoundPage,
    RoundPoolRow,
    RoundRow,
    RoundStatus,
    ScorePage,
    SeatProgress,
    WeightingRow,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

OPEN_TO_SCORES = (RoundStatus.SCORING, RoundStatus.DISCUSSING)


@query
def list_rounds(ctx: Context) -> list[RoundRow]:
    """Rounds the actor may read, the latest first."""
    rounds = Round.objects.filter(access.rows(ctx.actor, Right.ROUND_READ)).select_related("case")
    sizes = dict(RoundPool.objects.filter(round__in=rounds).values_list("round_id").annotate(count=Count("id")))
    return [row_of(it, sizes.get(it.id, 0)) for it in rounds.order_by("-opened_at", "-id")]


@query
def get_round(ctx: Context, *, round_id: int) -> RoundPage:
    """A round as those with a place in the region see it. Raises NotFound, Refused."""
    found = access.fetch(ctx, Round.objects.select_related("case"), round_id, Right.ROUND_READ)
    case = governance.get_case(ctx, case_id=found.case_id)
    pools = pools_of(found)
    weightings = weightings_of(found)
    seats = voters(ctx, case)
    is_preparing = found.status == RoundStatus.PREPARING
    may_prepare = bool(access.answer(ctx.actor, Right.ROUND_PREPARE, found))
    return RoundPage(
        row_of(found, len(pools)),
        weightings[0],
        tuple(weightings[1:]),
        tuple(pools),
        tuple(_choices(ctx, found, pools)) if is_preparing and may_prepare else (),
        () if is_preparing else tuple(_progress(ctx, found, seats, weightings[0], len(pools))),
        may_prepare,
        bool(access.answer(ctx.actor, Right.ROUND_WEIGH, found)) and found.status != RoundStatus.HANDED_OVER,
        found.status in OPEN_TO_SCORES and any(seat.person_id == ctx.actor.person_id for seat in seats),
    )


@query
def get_score_page(ctx: Context, *, round_id: int, pool_id: int | None = None) -> ScorePage:
    """One pool to be scored: the one asked for, else the first the actor is not done with. Raises NotFound, Refused."""
    found = access.fetch(ctx, Round.objects.select_related("case"), round_id, Right.ROUND_SCORE)
    pools = pools_of(found)
    weights = weightings_of(found)[0].weights
    case = governance.get_case(ctx, case_id=found.case_id)
    seat = next((it.id for it in voters(ctx, case) if it.person_id == ctx.actor.person_id), None)
    chosen: dict[int, dict[Criterion, int]] = {pool.pool_id: {} for pool in pools}
    for key, criterion, value in Score.objects.filter(round_pool__round=found, seat_id=seat).values_list(
        "round_pool__pool_id", "criterion", "value"
    ):
        chosen[key][Criterion(criterion)] = value
    asked = scored_by(weights)
    done = [pool.pool_id for pool in pools if all(criterion in chosen[pool.pool_id] for criterion in asked)]
    ids = [pool.pool_id for pool in pools]
    if pool_id is None:
        pool_id = next((it for it in ids if it not in done), ids[0] if ids else None)
    if pool_id not in ids:
        raise NotFound()
    at = ids.index(pool_id)
    return ScorePage(
        row_of(found, len(pools)), pools[at], at + 1, len(pools), len(done), chosen[pool_id],
        {criterion: weights[criterion] for criterion in asked},
        ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None,
    )  # fmt: skip


def row_of(found: Round, pools: int) -> RoundRow:
    case = found.case
    return RoundRow(
        found.id, found.tenant_id, found.case_id, case_reference(case.number, case.year), case.title,
        RoundStatus(found.status), pools, found.top,
    )  # fmt: skip


def pools_of(found: Round) -> list[RoundPoolRow]:
    """The round's pools in a stable order; their numbers from when scoring started."""
    rows = []
    for row in RoundPool.objects.filter(round=found).select_related("merged_into").order_by("title", "pool_id"):
        facts = Facts(row.municipalities, row.statutory, row.people_told, row.hidden)
        size = rules.people_class(facts) if facts.municipalities else None
        into = row.merged_into
        rows.append(
            RoundPoolRow(
                row.id, row.pool_id, row.title, facts, size, row.merged_into_id, into.title if into is not None else ""
            )
        )  # fmt: skip
    return rows


def weightings_of(found: Round) -> list[WeightingRow]:
    """Every version of the weights, the latest first."""
    weights: dict[int, dict[Criterion, int]] = {}
    for weighting_id, criterion, points in Weight.objects.filter(weighting__round=found).values_list(
        "weighting_id", "criterion", "points"
    ):
        weights.setdefault(weighting_id, {})[Criterion(criterion)] = points
    order = list(Criterion)
    return [
        WeightingRow(it.version, dict(sorted(weights[it.id].items(), key=lambda pair: order.index(pair[0]))), it.why)
        for it in Weighting.objects.filter(round=found).order_by("-version")
    ]


def scored_by(weights: Mapping[Criterion, int]) -> list[Criterion]:
    """The criteria that members are asked about: those nobody can read, where they count."""
    return [criterion for criterion in SCORED if weights.get(criterion)]


def voters(ctx: Context, case: CaseRow) -> list[SeatRow]:
    """Who has a voice in the case's body today; the secretary writes, and scores nothing."""
    return [it for it in organisation.list_seats(ctx, body_id=case.body_id) if it.kind is not SeatKind.SECRETARY]


def members_of(ctx: Context, region_id: int) -> frozenset[int]:
    """The municipalities that are in the region today."""
    region = organisation.find_region_of(frozenset({region_id}), ctx.today)
    return frozenset(row.tenant_id for row in region.municipalities) if region else frozenset()


def _choices(ctx: Context, found: Round, chosen: Sequence[RoundPoolRow]) -> Iterable[PoolChoice]:
    """The region's confirmed pools, and which are in the round."""
    taken = {pool.pool_id for pool in chosen}
    for pool in needs.list_pools(ctx, region_id=found.tenant_id, status=PoolStatus.CONFIRMED):
        yield PoolChoice(pool.id, pool.title, pool.id in taken)


def _progress(
    ctx: Context, found: Round, seats: Sequence[SeatRow], weighting: WeightingRow, pools: int
) -> Iterable[SeatProgress]:
    asked = scored_by(weighting.weights)
    given = Score.objects.filter(round_pool__round=found, criterion__in=asked)
    answers: Counter[int] = Counter(given.values_list("seat_id", flat=True))
    members = members_of(ctx, found.tenant_id)
    for seat in seats:
        has_left = seat.municipality_id is not None and seat.municipality_id not in members
        yield SeatProgress(seat.id, seat.name, seat.represents, answers[seat.id], pools * len(asked), has_left=has_left)
