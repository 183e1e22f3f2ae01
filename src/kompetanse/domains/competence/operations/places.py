"""Somebody in a place: the post that what is written hangs on."""

from __future__ import annotations

from kompetanse.domains.competence.types.ledger import NoPostThere
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import StaffRow
from kompetanse.kernel.context import Context


def post_in(ctx: Context, employee_id: int, unit_id: int) -> StaffRow:
    """A standing post of the person in the unit. Raises NotFound, Refused or NoPostThere."""
    posts = organisation.list_staff(ctx, employee_id=employee_id)
    for post in posts:
        if post.unit_id == unit_id:
            return post
    # Unknown here, not the actor's to see, or somebody who works elsewhere.
    person = organisation.access_employee(ctx, employee_id=employee_id)
    raise NoPostThere(name=person.name)
