"""Who answers for a person: asked for each sign-up, so it is one statement, and the policy is asked of its rows."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from kompetanse.foundation import access, tenancy
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from ..permissions import Right
from ..types import AskerRow

# Who leads at each unit from a post's own to the root, acting before ordinary, and nobody who is away today.
ANSWERS = """
    SELECT DISTINCT ON (array_position(u.path, l.unit_id)) l.employee_id, array_position(u.path, l.unit_id) AS depth
      FROM organisation_leadership l
     WHERE l.tenant_id = u.tenant_id AND l.unit_id = ANY (u.path)
       AND l.valid_from <= %s AND (l.valid_to IS NULL OR l.valid_to >= %s)
       AND NOT EXISTS (SELECT FROM organisation_post lp
                        WHERE lp.tenant_id = l.tenant_id AND lp.employee_id = l.employee_id AND lp.ended_on IS NULL
                          AND lp.is_main AND lp.leave_from <= %s AND (lp.leave_to IS NULL OR lp.leave_to >= %s))
     ORDER BY array_position(u.path, l.unit_id) DESC, l.is_acting DESC, l.id
"""
ASKER = f"""
    SELECT e.id, e.tenant_id, e.person_id, trim(concat(e.given_name, ' ', e.family_name)), p.unit_id, u.path,
           (SELECT a.employee_id FROM ({ANSWERS}) a WHERE a.employee_id <> e.id ORDER BY a.depth DESC LIMIT 1),
           p.leave_from, p.leave_to
      FROM organisation_post p
      JOIN organisation_employee e ON e.tenant_id = p.tenant_id AND e.id = p.employee_id
      JOIN organisation_unit u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
     WHERE p.employee_id = ANY (%s) AND p.ended_on IS NULL
       AND p.valid_from <= %s AND (p.valid_to IS NULL OR p.valid_to >= %s)
     ORDER BY p.is_main DESC, p.id
"""  # noqa: S608 - constants of this module
ABOVE = f"""
    SELECT a.employee_id FROM organisation_unit u CROSS JOIN LATERAL ({ANSWERS}) a
      JOIN organisation_employee e ON e.tenant_id = u.tenant_id AND e.id = a.employee_id
     WHERE u.id = %s AND e.person_id <> %s ORDER BY a.depth DESC
"""  # noqa: S608 - constants of this module
OWN = """
    SELECT p.employee_id FROM organisation_post p
      JOIN organisation_employee e ON e.tenant_id = p.tenant_id AND e.id = p.employee_id
     WHERE e.person_id = %s AND p.ended_on IS NULL
       AND p.valid_from <= %s AND (p.valid_to IS NULL OR p.valid_to >= %s)
     ORDER BY e.family_name, e.given_name, p.employee_id LIMIT 1
"""


@query
def list_askers(ctx: Context, *, employee_ids: list[int], right: str = Right.POST_READ) -> dict[int, AskerRow]:
    """People by employee id, at the main of their posts that the actor has the right to, with who answers for them:
    the nearest leader who is not the person and not away, acting before ordinary. One query; who is not reached is
    left out."""
    found: dict[int, AskerRow] = {}
    for row in tenancy.select(ASKER, *[ctx.today] * 4, employee_ids, ctx.today, ctx.today):
        key, tenant, person, name, unit, path, leader, leave_from, leave_to = row
        # What the policy asks of a post, and nothing else of it.
        post: Any = SimpleNamespace(
            tenant_id=tenant, unit=SimpleNamespace(path=path), employee=SimpleNamespace(person_id=person)
        )
        if key not in found and access.answer(ctx.actor, right, post):
            found[key] = AskerRow(key, tenant, person, name, unit, tuple(path), leader, leave_from, leave_to)
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
    return [row[0] for row in tenancy.select(ABOVE, *[ctx.today] * 4, unit_id, person_id)]


@query
def find_own_employment(ctx: Context) -> int | None:
    """The employee id of the actor's first standing post, by name as `list_own_employments`; None where none. One
    query, for those who need no more."""
    found = tenancy.select(OWN, ctx.actor.person_id, ctx.today, ctx.today)
    return found[0][0] if found else None


def _say_why_not(ctx: Context, employee_id: int, right: str) -> None:
    from . import access_employee

    employee = access_employee(ctx, employee_id=employee_id, right=right)
    if employee.posts:
        raise NotFound()
