"""Who has looked at the reader's own competence."""

from __future__ import annotations

from datetime import timedelta

from kompetanse.domains.competence.models import Sighting
from kompetanse.domains.competence.types.documents import Sight, SightingRow
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

YEAR = timedelta(days=365)


@query
def list_sightings(ctx: Context) -> tuple[SightingRow, ...]:
    """The last year's, newest first, in every municipality the actor works in. One query."""
    if ctx.actor.person_id is None:
        return ()
    rows = (
        Sighting.objects.filter(employee__person_id=ctx.actor.person_id, day__gte=ctx.today - YEAR)
        .order_by("-day", "viewer_name", "pk")
        .values_list("day", "viewer_name", "role", "tenant__name", "what")
    )
    return tuple(
        SightingRow(day, viewer, role, place, tuple(Sight(one) for one in Sight if one in what))
        for day, viewer, role, place, what in rows
    )
