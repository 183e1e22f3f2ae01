"""Who lacks what the law asks for, or soon will: for those who must give some a place before others."""

from __future__ import annotations

from collections.abc import Collection

from kompetanse.domains.competence.queries.kept import statuses_of
from kompetanse.domains.competence.queries.register import find_requirement
from kompetanse.domains.competence.types import SourceType, State
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

LAW = frozenset({SourceType.ACT, SourceType.REGULATION})
LACKING = frozenset({State.MISSING, State.EXPIRED, State.EXPIRING})


@query
def list_lacking_by_law(ctx: Context, *, code: str, employee_ids: Collection[int]) -> frozenset[int]:
    """Which of these people, whose posts the actor may read, lack a statutory requirement or have it running out.

    Nobody where the requirement is not statutory. Three queries. Raises UnknownRequirement.
    """
    requirement = find_requirement(code)
    if requirement.source_type not in LAW:
        return frozenset()
    posts = organisation.list_staff(ctx, employees=employee_ids)
    kept = statuses_of({post.tenant_id for post in posts}, {post.employee_id for post in posts}, ctx.today)
    return frozenset(one.employee_id for one in kept if one.requirement_id == requirement.id and one.state in LACKING)
