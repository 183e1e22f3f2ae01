"""What can be asked of the needs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, When
from django.utils.translation import get_language

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import CaseStatus, case_reference
from kompetanse.domains.needs.models import Need, Pool, PoolDecision, Share
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.rules.telling import tell, tell_joined
from kompetanse.domains.needs.rules.telling_numbers import added, exactly, told_of
from kompetanse.domains.needs.types import (
    Cause,
    Fate,
    MunicipalShare,
    NeedFilter,
    NeedKind,
    NeedRow,
    NeedsFound,
    NeedStatus,
    Origin,
    PoolDecisionRow,
    PoolOutcome,
    PoolPage,
    PoolRow,
    PoolStatus,
    RankingPage,
    RankLine,
    RoundStatus,
    ShareRow,
    Step,
    WantedForm,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import MunicipalityRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.suppression import LEAST, Shown
from kompetanse.kernel.words import Words

# What is told of one need's people, as `rules.telling_numbers` has it, for adding up many.
LEAST_TOLD = Case(When(people__lt=LEAST, then=1), default="people", output_field=IntegerField())
MOST_TOLD = Case(When(people__lt=LEAST, then=LEAST - 1), default="people", output_field=IntegerField())

# --- needs ---------------------------------------------------------------------------------------------


@query
def list_needs(ctx: Context, *, narrowed: NeedFilter | None = None) -> list[NeedRow]:
    """Needs the actor may read, newest first, each with what became of it. The same few queries for any number."""
    return list(find_needs(ctx, narrowed=narrowed).needs)


@query
def find_needs(
    ctx: Context, *, narrowed: NeedFilter | None = None, first: int = 0, limit: int | None = None
) -> NeedsFound:
    """A part of the needs the actor may read, newest first, and how many there are in all."""
    by = narrowed or NeedFilter()
    found = Need.objects.filter(access.rows(ctx.actor, Right.NEED_READ)).order_by("-reported_at", "-id")
    if by.mine:
        found = found.filter(reported_by=ctx.actor.person_id)
    if by.text:
        found = found.filter(Q(title__icontains=by.text) | Q(target_group__icontains=by.text))
    if by.kind is not None:
        found = found.filter(kind=by.kind)
    if by.unit_id is not None:
        found = found.filter(unit__path__contains=[by.unit_id])
    if by.round_id is not None:
        found = found.filter(round=by.round_id)
    last = None if limit is None else first + limit
    if by.stage is None:
        return NeedsFound(tuple(_need_rows(ctx, found[first:last])), found.count())
    # How far a need has come is decided in plain Python, so all must be read to know which.
    rows = [row for row in _need_rows(ctx, found) if row.fate.stage is by.stage]
    return NeedsFound(tuple(rows[first:last]), len(rows))


@query
def get_need(ctx: Context, *, need_id: int) -> NeedRow:
    """One need. Raises NotFound, Refused."""
    access.fetch(ctx, Need.objects.select_related("unit"), need_id, Right.NEED_READ)
    return _need_rows(ctx, Need.objects.filter(pk=need_id))[0]


@query
def what_became_of(ctx: Context, *, need_id: int) -> Fate:
    """How far a need has come, in words. Raises NotFound, Refused."""
    need = access.fetch(ctx, Need.objects.select_related("unit"), need_id, Right.NEED_READ)
    return _fates(ctx, [need])[need.id]


@query
def find_share_of(ctx: Context, *, need_id: int) -> ShareRow | None:
    """The need's part in a pool; None before it has one. Raises NotFound, Refused."""
    need = access.fetch(ctx, Need.objects.select_related("unit"), need_id, Right.NEED_READ)
    shares = _share_rows(ctx, Share.objects.filter(municipality_id=need.tenant_id, need_id=need.id))
    return shares[0] if shares else None


def _need_rows(ctx: Context, found: QuerySet[Need]) -> list[NeedRow]:
    needs = list(found.select_related("unit__parent", "goal", "requirement", "round"))
    places = _places(need.tenant_id for need in needs)
    fates = _fates(ctx, needs)
    written = "name_nn" if get_language() == "nn" else "name_nb"
    return [
        NeedRow(
            need.id, need.tenant_id, places[need.tenant_id].name, need.unit_id,
            need.unit.name if need.unit_id else need.unit_text,
            need.title, need.target_group, need.people, need.people_text, need.reason,
            Cause(need.cause), NeedKind(need.kind), need.statutory,
            need.goal_id, _in_language(need.goal.title_nb, need.goal.title_nn) if need.goal_id else "",
            need.wanted_time, need.wanted_place, need.priority, need.regional,
            need.requirement.code if need.requirement else "",
            getattr(need.requirement, written) if need.requirement else "",
            Origin(need.origin), need.file, need.row, NeedStatus(need.status), need.reported_at,
            fates[need.id],
            _may_withdraw(ctx, need),
            WantedForm(need.wanted_form), need.own_measures, Step(need.step) if need.step else None,
            need.round_id, need.composed, _may_weigh(ctx, need),
        )
        for need in needs
    ]  # fmt: skip


def _may_withdraw(ctx: Context, need: Need) -> bool:
    if need.status == NeedStatus.WITHDRAWN or not access.answer(ctx.actor, Right.NEED_WITHDRAW, need):
        return False
    if need.round_id is None or need.round.status == RoundStatus.OPEN:
        return True
    return need.status == NeedStatus.REPORTED and bool(access.answer(ctx.actor, Right.ROUND_APPROVE, need.round))


def _may_weigh(ctx: Context, need: Need) -> bool:
    """Does the need lie with the actor now, in a round that is open?"""
    if need.status != NeedStatus.IN_ROUND or need.round.status != RoundStatus.OPEN:
        return False
    if need.step == Step.LIST:
        return bool(access.answer(ctx.actor, Right.ROUND_KEEP, need.round))
    return need.step == Step.SECTOR and bool(access.answer(ctx.actor, Right.NEED_WEIGH, need))


def _in_language(nb: str, nn: str) -> str:
    return nn if get_language() == "nn" and nn else nb


def _fates(ctx: Context, needs: list[Need]) -> dict[int, Fate]:
    """What became of each need, in four queries: what it was joined into, its share, the pool's municipalities,
    the pool's decisions."""
    joined = {need.merged_into_id for need in needs} - {None}
    wholes = {whole.id: whole for whole in Need.objects.filter(pk__in=joined)}
    asked = {need.id: need for need in needs} | wholes
    shares = {share.need_id: share for share in Share.objects.filter(need_id__in=list(asked)).select_related("pool")}
    pools = {share.pool_id for share in shares.values()}
    others = dict(
        Share.objects.filter(pool_id__in=pools).values_list("pool_id").annotate(Count("municipality_id", distinct=True))
    )
    decisions = latest_decisions(pools)
    fates = {}
    for need in asked.values():
        share = shares.get(need.id)
        fates[need.id] = tell(
            withdrawn_on=need.withdrawn_at.date() if need.withdrawn_at else None,
            withdrawn_why=need.withdrawn_why,
            pool_id=share.pool_id if share else None,
            is_confirmed=bool(share and share.pool.status == PoolStatus.CONFIRMED),
            other_municipalities=others[share.pool_id] - 1 if share else 0,
            decision=decisions.get(share.pool_id) if share else None,
            step=need.step,
        )
    for need in needs:
        if need.merged_into_id is not None:
            fates[need.id] = tell_joined(wholes[need.merged_into_id].title, fates[need.merged_into_id])
    return fates


# --- pools ---------------------------------------------------------------------------------------------


@query
def list_pools(ctx: Context, *, region_id: int, status: PoolStatus | None = None) -> list[PoolRow]:
    """The region's pools that hold a need: most municipalities first, then most people. Numbers only."""
    found = Pool.objects.filter(access.rows(ctx.actor, Right.POOL_READ), tenant_id=region_id)
    if status is not None:
        found = found.filter(status=status)
    return _pool_rows(ctx, found)


@query
def list_pool_shares(ctx: Context, *, region_id: int) -> dict[int, list[ShareRow]]:
    """Every share of the region's pools by pool, with file and row of the needs the actor may read."""
    found = Share.objects.filter(
        tenant_id=region_id, pool__in=Pool.objects.filter(access.rows(ctx.actor, Right.POOL_READ))
    )
    shares: dict[int, list[ShareRow]] = defaultdict(list)
    for share in _share_rows(ctx, found):
        shares[share.pool_id].append(share)
    return dict(shares)


@query
def get_pool(ctx: Context, pool_id: int) -> PoolPage:
    """A pool with its shares. Raises NotFound, Refused."""
    pool = access.fetch(ctx, Pool.objects.all(), pool_id, Right.POOL_READ)
    rows = _pool_rows(ctx, Pool.objects.filter(pk=pool_id))
    row = rows[0] if rows else _pool_row(pool, {}, {}, None, exact=True)
    shares = _share_rows(ctx, Share.objects.filter(pool_id=pool_id))
    return PoolPage(
        row,
        tuple(shares),
        tuple(_by_municipality(shares)),
        tuple(sorted(Counter(share.cause for share in shares).items(), key=lambda it: (-it[1], it[0]))),
        bool(access.answer(ctx.actor, Right.POOL_ARRANGE, pool)),
        pool.merged_into_id,
        tuple(_decisions(PoolDecision.objects.filter(pool_id=pool_id))),
    )


@query
def list_decisions(ctx: Context, *, pool_id: int | None = None, case_id: int | None = None) -> list[PoolDecisionRow]:
    """What cases have said of pools in sight, the latest case first, prioritised in order."""
    found = PoolDecision.objects.filter(pool__in=Pool.objects.filter(access.rows(ctx.actor, Right.POOL_READ)))
    if pool_id is not None:
        found = found.filter(pool_id=pool_id)
    if case_id is not None:
        found = found.filter(case_id=case_id)
    return _decisions(found)


@query
def get_ranking(ctx: Context, *, case_id: int) -> RankingPage:
    """A case with the region's confirmed pools to be prioritised in it. Raises NotFound, Refused."""
    case = governance.get_case(ctx, case_id=case_id)
    access.require(ctx, Right.POOL_READ, Pool(tenant_id=case.tenant_id))
    noted = {row.pool_id: row for row in _decisions(PoolDecision.objects.filter(case_id=case_id))}
    pools = _pool_rows(ctx, Pool.objects.filter(tenant_id=case.tenant_id, status=PoolStatus.CONFIRMED))
    lines = [
        RankLine(pool, noted[pool.id].rank, noted[pool.id].outcome, noted[pool.id].reason)
        if pool.id in noted
        else RankLine(pool, None, None, "")
        for pool in pools
    ]
    lines.sort(key=lambda line: (line.outcome is None, line.rank is None, line.rank or 0))
    return RankingPage(
        case.id, case.tenant_id, case.reference, case.title,
        case.status == CaseStatus.OPEN, case.meeting_id is not None, tuple(lines),
        bool(access.answer(ctx.actor, Right.POOL_RANK, Pool(tenant_id=case.tenant_id))),
    )  # fmt: skip


def _places(tenants: Iterable[int]) -> dict[int, MunicipalityRow]:
    return {row.tenant_id: row for row in organisation.list_municipalities(frozenset(tenants))}


def _pool_rows(ctx: Context, found: QuerySet[Pool]) -> list[PoolRow]:
    pools = list(found)
    sums = {
        row["pool_id"]: row
        for row in Share.objects.filter(pool__in=found)
        .order_by()
        .values("pool_id")
        .annotate(
            needs=Count("id"),
            people_known=Sum("people"),
            least=Sum(LEAST_TOLD),
            most=Sum(MOST_TOLD),
            unknown=Count("id", filter=Q(people=None)),
            required=Count("id", filter=Q(statutory=True)),
            who=ArrayAgg("municipality_id", distinct=True),
        )
    }
    places = _places({tenant for row in sums.values() for tenant in row["who"]})
    decisions = latest_decisions(sums)
    rows = [
        _pool_row(pool, sums[pool.id], places, decisions.get(pool.id), exact=sees_all(ctx, pool.tenant_id))
        for pool in pools
        if pool.id in sums
    ]
    return sorted(rows, key=lambda row: (-len(row.municipalities), -row.told.least, row.title, row.id))


def sees_all(ctx: Context, region_id: int) -> bool:
    """Does the actor see every municipality's numbers as they are? The office does, which processes them for all."""
    return bool(access.answer(ctx.actor, Right.POOL_ARRANGE, Pool(tenant_id=region_id)))


def _pool_row(
    pool: Pool,
    sums: dict[str, object],
    places: dict[int, MunicipalityRow],
    decision: PoolDecisionRow | None,
    *,
    exact: bool,
) -> PoolRow:
    who: list[int] = sums.get("who", [])  # type: ignore[assignment]
    number = {
        name: int(sums.get(name) or 0)  # type: ignore[call-overload]
        for name in ("needs", "people_known", "least", "most", "unknown", "required")
    }
    told = exactly(number["people_known"]) if exact else Shown(number["least"], number["most"])
    return PoolRow(
        pool.id, pool.tenant_id, pool.title, pool.topic_code, PoolStatus(pool.status), pool.score,
        tuple(Words(why["sentence"], why["params"]) for why in pool.reason),
        tuple(sorted(places[tenant].name for tenant in who)),
        number["needs"], told, number["unknown"], number["required"], decision,
    )  # fmt: skip


def _share_rows(ctx: Context, found: QuerySet[Share]) -> list[ShareRow]:
    shares = list(found.order_by("municipality_id", "id"))
    places = _places({share.municipality_id for share in shares})
    readable = {
        need.id: need
        for need in Need.objects.filter(
            access.rows(ctx.actor, Right.NEED_READ), pk__in=[share.need_id for share in shares]
        ).select_related("unit")
    }
    own = {grant.tenant_id for grant in ctx.actor.grants}
    exact = {region_id: sees_all(ctx, region_id) for region_id in {share.tenant_id for share in shares}}
    rows = []
    for share in shares:
        told = exactly(share.people or 0)
        if share.people and not exact[share.tenant_id] and share.municipality_id not in own:
            told = told_of(share.people)
        place, need = places[share.municipality_id], readable.get(share.need_id)
        rows.append(
            ShareRow(
                share.id, share.pool_id, place.tenant_id, place.name, place.number, share.need_id,
                told.value if share.people else None, share.statutory, Cause(share.cause),
                need.file if need else "", need.row if need else None,
                need.title if need else "", need.target_group if need else "",
                (need.unit.name if need.unit_id else need.unit_text) if need else "",
                told, share.people is None,
            )
        )  # fmt: skip
    return sorted(rows, key=lambda row: (row.number, row.id))


def _by_municipality(shares: list[ShareRow]) -> list[MunicipalShare]:
    gathered: dict[str, list[ShareRow]] = defaultdict(list)
    for share in shares:
        gathered[share.municipality].append(share)
    return [
        MunicipalShare(
            name, len(rows), added(row.told for row in rows), sum(row.is_unknown for row in rows),
            sum(row.statutory is True for row in rows),
        )
        for name, rows in gathered.items()
    ]  # fmt: skip


def _decisions(found: QuerySet[PoolDecision]) -> list[PoolDecisionRow]:
    rows = found.order_by("-case__year", "-case__number", "rank", "pool_id").values_list(
        "pool_id", "case_id", "case__number", "case__year", "case__status", "case__meeting__held_on",
        "rank", "outcome", "reason",
    )  # fmt: skip
    return [
        PoolDecisionRow(
            pool_id, case_id, case_reference(number, year), status, held_on, rank, PoolOutcome(outcome), reason
        )
        for pool_id, case_id, number, year, status, held_on, rank, outcome, reason in rows
    ]


def latest_decisions(pools: Iterable[int]) -> dict[int, PoolDecisionRow]:
    """The decided or coming word on each pool: the latest case that is not withdrawn."""
    found = PoolDecision.objects.filter(pool_id__in=list(pools)).exclude(case__status=CaseStatus.WITHDRAWN)
    latest: dict[int, PoolDecisionRow] = {}
    for row in _decisions(found):
        latest.setdefault(row.pool_id, row)
    return latest
