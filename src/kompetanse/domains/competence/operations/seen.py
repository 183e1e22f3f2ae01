"""Who has looked at whom: written when the page has been read, forgotten after a year."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from kompetanse.domains.competence.models import Sighting
from kompetanse.domains.competence.types.documents import Sight
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation
from kompetanse.kernel.context import Actor, Context

KEPT = timedelta(days=365)
# In which role somebody has a person in sight: the widest that they hold there.
ROLES = (Role.HR, Role.COURSE_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR, Role.LEADER)
# One statement, so that two pages opened at once neither meet nor lose anything.
SEEN = """
    INSERT INTO competence_sighting AS known (tenant_id, employee_id, viewer_id, viewer_name, role, what, day)
    VALUES (%s, %s, %s, %s, %s, ARRAY[%s]::varchar[], %s)
    ON CONFLICT (tenant_id, employee_id, viewer_id, day) DO UPDATE SET what = known.what || excluded.what
    WHERE NOT known.what @> excluded.what
"""


@operation
def note_sighting(ctx: Context, *, tenant_id: int, employee_id: int, person_id: int, what: Sight) -> None:
    """The actor has been shown something about somebody else. One's own is not noted, nor what the system does.

    It is called with what a page has just shown, so the page's own query has said that it might be seen; a row
    can only be about the actor's own looking, and only within the tenants in sight.
    """
    if ctx.actor.person_id is None or ctx.actor.person_id == person_id:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            SEEN,
            [tenant_id, employee_id, ctx.actor.person_id, ctx.actor.name, _role(ctx.actor, tenant_id), what, ctx.today],
        )


@operation
def forget_sightings(ctx: Context) -> int:
    """Delete what was seen more than a year ago; gives how many rows. Raises Refused: it is the system's work."""
    access.require_system(ctx)
    old = Sighting.objects.filter(tenant_id__in=ctx.tenants, day__lt=ctx.today - KEPT)
    deleted, _ = old.delete()
    return deleted


def _role(actor: Actor, tenant_id: int) -> str:
    held = {grant.role for grant in actor.grants if grant.tenant_id == tenant_id}
    return next((role.value for role in ROLES if role in held), "")
