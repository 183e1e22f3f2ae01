"""One requirement in one unit: everybody it is put to there, for confirming their practice."""

from __future__ import annotations

from kompetanse.domains.competence.models import Evidence
from kompetanse.domains.competence.permissions import Right, answers_for
from kompetanse.domains.competence.types.ledger import SignOffPage, SignOffRow
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import StaffRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.text_marker import N_

from .kept import statuses_of
from .register import get_requirement

OWN = N_("Du kan ikke bekrefte din egen praksis. Den som leder deg, må gjøre det.")


@query
def get_sign_off(ctx: Context, *, unit_id: int, requirement_id: int) -> SignOffPage:
    """Those in the unit that the requirement is put to, by name, and how they stand. Raises NotFound or Refused."""
    unit = organisation.get_unit(ctx, unit_id=unit_id, right=organisation.Right.UNIT_PEOPLE)
    requirement = get_requirement(requirement_id=requirement_id).requirement
    posts: dict[int, StaffRow] = {}
    for post in organisation.list_staff(ctx, right=organisation.Right.POST_OVERSEE, unit_id=unit_id, below=False):
        posts.setdefault(post.employee_id, post)
    verdict = access.answer(ctx.actor, Right.EVIDENCE_RECORD, Evidence(tenant_id=unit.tenant_id))
    rows = []
    for one in statuses_of({unit.tenant_id}, posts, ctx.today):
        if one.unit_id != unit_id or one.requirement_id != requirement_id:
            continue
        post = posts[one.employee_id]
        refused = ""
        if not ctx.actor.is_system and post.person_id == ctx.actor.person_id:
            refused = OWN
        elif not verdict and not answers_for(ctx.actor, post):
            refused = verdict.why
        rows.append(SignOffRow(one.employee_id, post.name, post.position_title, one.state, one.ends, refused))
    names = {post.employee_id: place for place, post in enumerate(posts.values())}
    rows.sort(key=lambda row: names[row.employee_id])
    return SignOffPage(
        unit_id, unit.tenant_id, unit.name, requirement_id, requirement.code, requirement.name, tuple(rows)
    )
