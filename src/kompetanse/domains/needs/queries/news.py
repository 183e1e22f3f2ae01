"""The few rows and sums that a first page shows, each in one query, written out since so many ask."""

from __future__ import annotations

from kompetanse.domains.governance.types import case_reference
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.rules.telling import tell, tell_joined
from kompetanse.domains.needs.types import (
    NeedCounts,
    NeedNews,
    PoolDecisionRow,
    PoolOutcome,
    PoolStatus,
    PoolSum,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.suppression import LEAST, Shown

from .tracing import sees_all

# The latest needs, what each was joined into, the pool it is in with how many municipalities share that, and the
# latest case on that pool that is not withdrawn.
NEWS = """
    SELECT n.id, n.title, t.withdrawn_at, t.withdrawn_why, t.step, t.id, t.title, s.pool_id, p.status,
           (SELECT count(DISTINCT beside.municipality_id) FROM needs_share beside
             WHERE beside.tenant_id = s.tenant_id AND beside.pool_id = s.pool_id),
           d.case_id, d.number, d.year, d.status, d.held_on, d.rank, d.outcome, d.reason
      FROM (SELECT need.* FROM needs_need need JOIN allowed ON allowed.id = need.id
             ORDER BY need.reported_at DESC, need.id DESC LIMIT %s) n
      JOIN needs_need t ON t.tenant_id = n.tenant_id AND t.id = coalesce(n.merged_into_id, n.id)
      LEFT JOIN LATERAL (SELECT share.tenant_id, share.pool_id FROM needs_share share
                          WHERE share.municipality_id = t.tenant_id AND share.need_id = t.id LIMIT 1) s ON true
      LEFT JOIN needs_pool p ON p.tenant_id = s.tenant_id AND p.id = s.pool_id
      LEFT JOIN LATERAL (
           SELECT word.case_id, c.number, c.year, c.status, m.held_on, word.rank, word.outcome, word.reason
             FROM needs_pooldecision word
             JOIN governance_case c ON c.tenant_id = word.tenant_id AND c.id = word.case_id AND c.status <> 'withdrawn'
             LEFT JOIN governance_meeting m ON m.tenant_id = c.tenant_id AND m.id = c.meeting_id
            WHERE word.tenant_id = s.tenant_id AND word.pool_id = s.pool_id
            ORDER BY c.year DESC, c.number DESC, word.rank LIMIT 1) d ON true
     ORDER BY n.reported_at DESC, n.id DESC
"""
COUNTS = """
    SELECT count(*),
           count(*) FILTER (WHERE NOT EXISTS (
               SELECT FROM needs_share own
                 JOIN needs_share other ON other.tenant_id = own.tenant_id AND other.pool_id = own.pool_id
                                       AND other.municipality_id <> own.municipality_id
                WHERE own.municipality_id = n.tenant_id AND own.need_id = n.id))
      FROM needs_need n JOIN allowed ON allowed.id = n.id
     WHERE n.status = 'reported'
"""
# What is told of the people, as `rules.telling_numbers` has it; all of it in the regions given.
SUMS = f"""
    SELECT p.id, p.title, p.status, s.places, s.least, s.most, s.must
      FROM needs_pool p JOIN allowed ON allowed.id = p.id
      JOIN (SELECT tenant_id, pool_id, count(DISTINCT municipality_id) AS places,
                   coalesce(sum(CASE WHEN people < {LEAST} AND NOT tenant_id = ANY(%s) THEN 1 ELSE people END), 0)
                       AS least,
                   coalesce(sum(CASE WHEN people < {LEAST} AND NOT tenant_id = ANY(%s) THEN {LEAST - 1}
                       ELSE people END), 0) AS most,
                   count(*) FILTER (WHERE statutory) AS must
              FROM needs_share GROUP BY tenant_id, pool_id) s ON s.tenant_id = p.tenant_id AND s.pool_id = p.id
     WHERE p.merged_into_id IS NULL
     ORDER BY s.places DESC, s.least DESC, p.id
"""  # noqa: S608 - a number of our own


@query
def list_news(ctx: Context, *, most: int) -> list[NeedNews]:
    """The latest needs the actor may read, with what became of them. One query."""
    found = []
    for need_id, title, withdrawn_at, why, step, whole_id, whole, pool_id, status, places, *word in access.select(
        ctx, Right.NEED_READ, NEWS, most
    ):
        case_id, number, year, case_status, held_on, rank, outcome, reason = word
        decision = None
        if case_id is not None:
            reference = case_reference(number, year)
            decision = PoolDecisionRow(
                pool_id, case_id, reference, case_status, held_on, rank, PoolOutcome(outcome), reason
            )
        fate = tell(
            withdrawn_on=withdrawn_at.date() if withdrawn_at else None,
            withdrawn_why=why,
            pool_id=pool_id,
            is_confirmed=status == PoolStatus.CONFIRMED,
            other_municipalities=max(0, places - 1),
            decision=decision,
            step=step,
        )
        found.append(NeedNews(need_id, title, fate if whole_id == need_id else tell_joined(whole, fate)))
    return found


@query
def count_needs(ctx: Context) -> NeedCounts:
    """Standing needs the actor may read, and how many of them nobody else has told of. One query."""
    return NeedCounts(*access.select(ctx, Right.NEED_READ, COUNTS)[0])


@query
def list_pool_sums(ctx: Context) -> list[PoolSum]:
    """The pools in sight that hold a need, the most municipalities first, as numbers. One query."""
    exact = sorted(it for it in ctx.tenants if sees_all(ctx, it))
    return [
        PoolSum(pool_id, title, PoolStatus(status), places, Shown(int(least), int(most)), must)
        for pool_id, title, status, places, least, most, must in access.select(ctx, Right.POOL_READ, SUMS, exact, exact)
    ]
