"""Who wants a course that has no date yet."""

from __future__ import annotations

from typing import Any

from kompetanse.foundation import access, tenancy
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from ..permissions import Right
from ..types import InterestRow

INTERESTS = """
    SELECT i.id, i.tenant_id, i.measure_id, m.title_nb, i.employee_id,
           trim(concat(e.given_name, ' ', e.family_name)),
           row_number() OVER (PARTITION BY i.measure_id ORDER BY i.told_at, i.id), i.told_at
      FROM courses_interest i
      JOIN plans_measure m ON m.tenant_id = i.region_id AND m.id = i.measure_id
      JOIN organisation_employee e ON e.tenant_id = i.tenant_id AND e.id = i.employee_id
"""
OWN = f"{INTERESTS} WHERE i.status = 'waiting' AND e.person_id = %s ORDER BY i.told_at, i.id"
IN_SIGHT = f"""{INTERESTS} JOIN allowed ON allowed.id = i.id
     WHERE i.status = 'waiting' AND i.measure_id = coalesce(%s, i.measure_id) ORDER BY i.measure_id, i.told_at, i.id
"""


@query
def list_own_interests(ctx: Context) -> list[InterestRow]:
    """What the actor waits for to get a date, by when it was told. One query."""
    return _rows(tenancy.select(OWN, ctx.actor.person_id))


@query
def list_interests(ctx: Context, *, measure_id: int | None = None) -> list[InterestRow]:
    """Interests in sight that still wait, in their order within each measure. One query."""
    return _rows(access.select(ctx, Right.INTEREST_READ, IN_SIGHT, measure_id))


def _rows(found: list[tuple[Any, ...]]) -> list[InterestRow]:
    return [InterestRow(*row) for row in found]
