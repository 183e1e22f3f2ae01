"""A round before anybody scores: its pools and its weights."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import CaseRow, CaseStatus
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import PoolStatus
from kompetanse.domains.priorities import rules
from kompetanse.domains.priorities.events import RoundOpened, RoundPoolsChosen, ScoringStarted, WeightsSet
from kompetanse.domains.priorities.models import Round, RoundPool, Weight, Weighting
from kompetanse.domains.priorities.permissions import Right
from kompetanse.domains.priorities.queries.rounds import members_of
from kompetanse.domains.priorities.types import (
    LONGEST_REASON,
    MOST_POOLS,
    USUAL,
    CaseIsNotOnAgenda,
    CaseIsNotOpen,
    Criterion,
    NoPoolsChosen,
    PoolIsNotConfirmed,
    RoundExists,
    RoundHasMovedOn,
    RoundIsHandedOver,
    RoundIsUnderWay,
    RoundStatus,
    TextIsTooLong,
    TooManyPools,
    TopIsOutOfRange,
    WeightsHaveChanged,
    WhyIsMissing,
)
from kompetanse.foundation import access, locks
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .weighing import keep_steadiness

LEAST_POOLS = 2


def fetch_round(ctx: Context, round_id: int, right: str) -> Round:
    """The round, locked: nobody scores while it moves on. Raises NotFound, Refused."""
    found: Round = access.fetch(ctx, Round.objects.select_related("case"), round_id, right, lock=True)
    return found


def check_case(case: CaseRow) -> None:
    """A round belongs to an open case on an agenda. Raises CaseIsNotOpen, CaseIsNotOnAgenda."""
    if case.status != CaseStatus.OPEN:
        raise CaseIsNotOpen(reference=case.reference)
    if case.meeting_id is None:
        raise CaseIsNotOnAgenda(reference=case.reference)


@operation
def open_round(ctx: Context, *, case_id: int, pool_ids: Collection[int] | None = None, top: int = 5) -> int:
    """Open a round in a case on an agenda, with the usual weights and all confirmed pools where none are named.

    Gives its id. Raises NotFound, Refused, CaseIsNotOpen, CaseIsNotOnAgenda, RoundExists, and what choose_pools does.
    """
    case = governance.get_case(ctx, case_id=case_id)
    access.require(ctx, Right.ROUND_PREPARE, Round(tenant_id=case.tenant_id))
    check_case(case)
    locks.hold("priorities.round", case.tenant_id, case_id)
    if Round.objects.filter(tenant_id=case.tenant_id, case_id=case_id).exists():
        raise RoundExists(reference=case.reference)
    found = Round.objects.create(tenant_id=case.tenant_id, case_id=case_id, opened_at=ctx.now)
    pools = _choose(ctx, found, pool_ids, top)
    _weigh(ctx, found, 1, USUAL, "")
    publish(ctx, RoundOpened(tenant_id=found.tenant_id, round_id=found.id, case_id=case_id, pools=pools))
    return int(found.id)


@operation
def choose_pools(ctx: Context, *, round_id: int, pool_ids: Collection[int], top: int) -> None:
    """Choose what is weighed, and how many there may be room for.

    Raises NotFound, Refused, RoundIsUnderWay, NoPoolsChosen, TooManyPools, PoolIsNotConfirmed, TopIsOutOfRange.
    """
    found = fetch_round(ctx, round_id, Right.ROUND_PREPARE)
    if found.status != RoundStatus.PREPARING:
        raise RoundIsUnderWay()
    pools = _choose(ctx, found, pool_ids, top)
    publish(ctx, RoundPoolsChosen(tenant_id=found.tenant_id, round_id=round_id, pools=pools))


def _choose(ctx: Context, found: Round, pool_ids: Collection[int] | None, top: int) -> int:
    if not 1 <= top <= MOST_POOLS:
        raise TopIsOutOfRange(limit=MOST_POOLS)
    confirmed = needs.list_pools(ctx, region_id=found.tenant_id, status=PoolStatus.CONFIRMED)
    titles = {pool.id: pool.title for pool in confirmed}
    # Where none are named: those that most municipalities share, as many as can be weighed.
    chosen = set(list(titles)[:MOST_POOLS]) if pool_ids is None else set(pool_ids)
    if not chosen <= set(titles):
        raise PoolIsNotConfirmed()
    if len(chosen) < LEAST_POOLS:
        raise NoPoolsChosen()
    if len(chosen) > MOST_POOLS:
        raise TooManyPools(count=len(chosen), limit=MOST_POOLS)
    RoundPool.objects.filter(round=found).exclude(pool_id__in=chosen).delete()
    held = set(RoundPool.objects.filter(round=found).values_list("pool_id", flat=True))
    RoundPool.objects.bulk_create(
        RoundPool(tenant_id=found.tenant_id, round=found, pool_id=key, title=titles[key])
        for key in sorted(chosen - held)
    )
    Round.objects.filter(pk=found.pk).update(top=top)
    return len(chosen)


@operation
def set_weights(
    ctx: Context, *, round_id: int, weights: Mapping[Criterion, int], why: str = "", version: int | None = None
) -> int:
    """Set what counts, and how much. Once scoring has started this is a new version, and `why` is told to all.

    `version` is the one the writer saw. Gives the version that holds. The forum's own order by earlier weights stays
    with them. Raises NotFound, Refused, RoundIsHandedOver, WeightsHaveChanged, WhyIsMissing, TextIsTooLong,
    WeightIsOutOfRange, NothingCounts, and ScoresAreMissing where a ranked round is given a criterion nobody has scored.
    """
    found = fetch_round(ctx, round_id, Right.ROUND_WEIGH)
    if found.status == RoundStatus.HANDED_OVER:
        raise RoundIsHandedOver()
    last = Weighting.objects.filter(round=found).order_by("-version")[0]
    if version is not None and version != last.version:
        raise WeightsHaveChanged()
    whole, said = rules.check_weights(weights), why.strip()
    if len(said) > LONGEST_REASON:
        raise TextIsTooLong(limit=LONGEST_REASON)
    holds: int = last.version
    if found.status == RoundStatus.PREPARING:
        last.delete()
    elif not said:
        raise WhyIsMissing()
    else:
        holds += 1
    weighting = _weigh(ctx, found, holds, whole, said)
    if found.status == RoundStatus.RANKED:
        keep_steadiness(found, weighting)
    publish(ctx, WeightsSet(tenant_id=found.tenant_id, round_id=round_id, version=holds))
    return holds


def _weigh(ctx: Context, found: Round, version: int, weights: Mapping[Criterion, int], why: str) -> Weighting:
    weighting: Weighting = Weighting.objects.create(
        tenant_id=found.tenant_id, round=found, version=version, why=why,
        set_by=ctx.actor.person_id, set_at=ctx.now,
    )  # fmt: skip
    Weight.objects.bulk_create(
        Weight(tenant_id=found.tenant_id, weighting=weighting, criterion=criterion, points=points)
        for criterion, points in weights.items()
    )
    return weighting


@operation
def start_scoring(ctx: Context, *, round_id: int) -> None:
    """Freeze the weights, the pools and what is read from them, and let the members score.

    Raises NotFound, Refused, RoundIsUnderWay, CaseIsNotOpen, CaseIsNotOnAgenda, NoPoolsChosen.
    """
    found = fetch_round(ctx, round_id, Right.ROUND_PREPARE)
    if found.status != RoundStatus.PREPARING:
        raise RoundIsUnderWay()
    check_case(governance.get_case(ctx, case_id=found.case_id))
    shares = needs.list_pool_shares(ctx, region_id=found.tenant_id)
    pools = list(RoundPool.objects.filter(round=found))
    for pool in pools:
        facts = rules.facts_of(
            (share.municipality_id, share.people, share.statutory is True) for share in shares.get(pool.pool_id, [])
        )
        pool.municipalities, pool.statutory = facts.municipalities, facts.statutory
        pool.people_told, pool.hidden = facts.people_told, facts.hidden
    RoundPool.objects.bulk_update(pools, ["municipalities", "statutory", "people_told", "hidden"])
    emptied = [pool.pk for pool in pools if not pool.municipalities]  # merged into another since it was chosen
    RoundPool.objects.filter(pk__in=emptied).delete()
    if len(pools) - len(emptied) < LEAST_POOLS:
        raise NoPoolsChosen()
    found.status, found.members = RoundStatus.SCORING, len(members_of(ctx, found.tenant_id))
    found.save(update_fields=["status", "members"])
    publish(ctx, ScoringStarted(tenant_id=found.tenant_id, round_id=round_id, pools=len(pools) - len(emptied)))


def require_status(found: Round, *allowed: RoundStatus) -> None:
    """Raises RoundHasMovedOn where the round is not where the page showed it."""
    if found.status not in allowed:
        raise RoundHasMovedOn()
