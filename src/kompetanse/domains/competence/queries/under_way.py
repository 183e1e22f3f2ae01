"""What people are on the way to: told by the domains above, which know where competence comes from."""

from __future__ import annotations

from collections.abc import Callable

from kompetanse.domains.competence.types.under_way import UnderWay
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

# Gives the actor's own where the employee is None; else those of the employee's that the actor may see.
Source = Callable[[Context, int | None], list[UnderWay]]
_sources: list[Source] = []


def tell_under_way(source: Source) -> None:
    """A domain above names its source, once, when the programme starts."""
    _sources.append(source)


@query
def list_under_way(ctx: Context, *, employee_id: int | None = None) -> tuple[UnderWay, ...]:
    """What the actor, or one person in reach, is on the way to, by time. One query for each source."""
    found = [row for source in _sources for row in source(ctx, employee_id)]
    return tuple(sorted(found, key=lambda row: (row.starts_at, row.number)))
