"""The few rows and sums that a first page shows, each in one or two queries."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from kompetanse.domains.needs.models import Need, Pool, Share
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.rules.telling import tell
from kompetanse.domains.needs.types import NeedCounts, NeedNews, NeedStatus, PoolStatus, PoolSum
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .tracing import latest_decisions


@query
def list_news(ctx: Context, *, most: int) -> list[NeedNews]:
    """The latest needs the actor may read, with what became of them. Two queries."""
    share = Share.objects.filter(municipality_id=OuterRef("tenant_id"), need_id=OuterRef("pk"))
    beside = Share.objects.filter(pool_id=OuterRef("pool_id")).order_by().values("municipality_id").distinct()
    found = (
        Need.objects.filter(access.rows(ctx.actor, Right.NEED_READ))
        .annotate(pool_id=Subquery(share.values("pool_id")[:1]), pool_status=Subquery(share.values("pool__status")[:1]))
        .annotate(beside=ArraySubquery(beside))
        .order_by("-reported_at", "-id")
        .values_list("id", "title", "withdrawn_at", "withdrawn_why", "pool_id", "pool_status", "beside")
    )
    rows = list(found[:most])
    decisions = latest_decisions({row[4] for row in rows if row[4] is not None})
    return [
        NeedNews(
            need_id,
            title,
            tell(
                withdrawn_on=withdrawn_at.date() if withdrawn_at else None,
                withdrawn_why=why,
                pool_id=pool_id,
                is_confirmed=status == PoolStatus.CONFIRMED,
                other_municipalities=max(0, len(beside) - 1),
                decision=decisions.get(pool_id) if pool_id is not None else None,
            ),
        )
        for need_id, title, withdrawn_at, why, pool_id, status, beside in rows
    ]


@query
def count_needs(ctx: Context) -> NeedCounts:
    """Standing needs the actor may read, and how many of them nobody else has told of. One query."""
    share = Share.objects.filter(municipality_id=OuterRef("tenant_id"), need_id=OuterRef("pk"))
    beside = Share.objects.filter(pool_id=OuterRef("pool_id")).exclude(municipality_id=OuterRef("tenant_id"))
    told = (
        Need.objects.filter(access.rows(ctx.actor, Right.NEED_READ), status=NeedStatus.REPORTED)
        .annotate(pool_id=Subquery(share.values("pool_id")[:1]))
        .annotate(other=Subquery(beside.values("pk")[:1]))
        .aggregate(all=Count("pk"), alone=Count("pk", filter=Q(other=None)))
    )
    return NeedCounts(told["all"], told["alone"])


@query
def list_pool_sums(ctx: Context) -> list[PoolSum]:
    """The pools in sight that hold a need, the most municipalities first, as numbers. One query."""
    shares = Share.objects.filter(pool_id=OuterRef("pk")).order_by().values("pool_id")
    found = (
        Pool.objects.filter(access.rows(ctx.actor, Right.POOL_READ), merged_into=None)
        .annotate(
            places=Subquery(shares.annotate(n=Count("municipality_id", distinct=True)).values("n")),
            people=Coalesce(Subquery(shares.annotate(n=Sum("people")).values("n")), 0),
            must=Subquery(shares.annotate(n=Count("pk", filter=Q(statutory=True))).values("n")),
        )
        .exclude(places=None)
        .order_by("-places", "-people", "id")
        .values_list("id", "title", "status", "places", "people", "must")
    )
    return [
        PoolSum(pool_id, title, PoolStatus(status), places, people, must)
        for pool_id, title, status, places, people, must in found
    ]
