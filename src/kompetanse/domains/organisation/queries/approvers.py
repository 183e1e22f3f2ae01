"""Who answers for a person: asked for each sign-up, so it is one statement."""

from __future__ import annotations

from kompetanse.foundation import access, tenancy
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from ..permissions import Right
from ..types import AskerRow

# At each unit from a post's own to the root: acting before ordinary, and nobody who is away today.
ANSWERS = """
    SELECT DISTINCT ON (cardinality(lu.path)) l.employee_id, le.person_id, cardinality(lu.path) AS depth
      FROM organisation_leadership l
      JOIN organisation_unit lu ON lu.tenant_id = l.tenant_id AND lu.id = l.unit_id
      JOIN organisation_employee le ON le.tenant_id = l.tenant_id AND le.id = l.employee_id
     WHERE l.tenant_id = u.tenant_id AND l.unit_id = ANY (u.path)
       AND l.valid_from <= day.today AND (l.valid_to IS NULL OR l.valid_to >= day.today)
       AND NOT EXISTS (SELECT FROM organisation_post lp
                        WHERE lp.tenant_id = l.tenant_id AND lp.employee_id = l.employee_id AND lp.ended_on IS NULL
                          AND lp.is_main AND lp.leave_from <= day.today
                          AND (lp.leave_to IS NULL OR lp.leave_to >= day.today))
     ORDER BY cardinality(lu.path) DESC, l.is_acting DESC, l.id
"""
ASKER = f"""
    SELECT e.id, e.tenant_id, e.person_id, trim(concat(e.given_name, ' ', e.family_name)), p.unit_id, u.path,
           p.leave_from, p.leave_to, up.employee_id
      FROM organisation_post p JOIN allowed ON allowed.id = p.id
     CROSS JOIN (SELECT %s::date AS today) day
      JOIN organisation_employee e ON e.tenant_id = p.tenant_id AND e.id = p.employee_id
      JOIN organisation_unit u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
      LEFT JOIN LATERAL (SELECT a.employee_id FROM ({ANSWERS}) a WHERE a.person_id <> e.person_id
                          ORDER BY a.depth DESC LIMIT 1) up ON true
     WHERE p.employee_id = ANY (%s) AND p.ended_on IS NULL
       AND p.valid_from <= day.today AND (p.valid_to IS NULL OR p.valid_to >= day.today)
     ORDER BY p.is_main DESC, p.id
"""  # noqa: S608 - constants of this module
ABOVE = f"""
    SELECT a.employee_id FROM organisation_unit u CROSS JOIN (SELECT %s::date AS today) day
     CROSS JOIN LATERAL ({ANSWERS}) a
     WHERE u.id = %s AND a.person_id <> %s ORDER BY a.depth DESC
"""  # noqa: S608 - constants of this module


@query
def list_askers(ctx: Context, *, employee_ids: list[int], right: str = Right.POST_READ) -> dict[int, AskerRow]:
    """People by employee id, at the main of their posts that the actor has the right to, with who answers for them:
    the nearest leader who is not the person and not away, acting before ordinary. One query; who is not reached is
    left out."""
    found: dict[int, AskerRow] = {}
    for key, tenant, person, name, unit, path, leave_from, leave_to, leader in access.select(
        ctx, right, ASKER, ctx.today, employee_ids
    ):
        row = AskerRow(key, tenant, person, name, unit, tuple(path), leader, leave_from, leave_to)
        found.setdefault(key, row)
    return found


@query
def get_asker(ctx: Context, *, employee_id: int, right: str = Right.POST_READ) -> AskerRow | None:
    """One of them; None where the person has no post today. Raises NotFound or Refused. One query where it is so."""
    found = list_askers(ctx, employee_ids=[employee_id], right=right).get(employee_id)
    if found is None:
        _say_why_not(ctx, employee_id, right)
    return found


@query
def list_leaders_up(ctx: Context, *, unit_id: int, person_id: int) -> list[int]:
    """Employee ids of those who may answer for somebody in the unit, the nearest first; never the person. One query."""
    return [row[0] for row in tenancy.select(ABOVE, ctx.today, unit_id, person_id)]


def _say_why_not(ctx: Context, employee_id: int, right: str) -> None:
    from . import access_employee

    employee = access_employee(ctx, employee_id=employee_id, right=right)
    if employee.posts:
        raise NotFound()
