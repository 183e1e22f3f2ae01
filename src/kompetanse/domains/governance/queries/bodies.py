"""A body with its rules, its seats and its numbering."""

from __future__ import annotations

from kompetanse.domains.governance.models import Case, CaseCounter, Meeting
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.types.bodies import BodyPage
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .members import is_member
from .words import in_written_form


@query
def get_body_page(ctx: Context, *, body_id: int) -> BodyPage:
    """A body, its rules now and before, who sits there, and how far its cases are numbered. Raises NotFound."""
    body = organisation.get_body(ctx, body_id=body_id)
    seats = organisation.list_seats(ctx, body_id=body_id)
    counters = CaseCounter.objects.filter(body_id=body_id).order_by("-year")
    names = {
        row.id: in_written_form(row.name_nb, row.name_nn)
        for row in organisation.list_bodies(ctx)
        if row.tenant_id == body.tenant_id
    }
    return BodyPage(
        body=body,
        name=in_written_form(body.name_nb, body.name_nn),
        above=names.get(body.above_id, "") if body.above_id is not None else "",
        seats=tuple(seats),
        left=frozenset(seat.id for seat in seats if not is_member(ctx, body.tenant_id, seat)),
        rulings=tuple(organisation.list_rulings(ctx, body_id=body_id)),
        bodies=tuple((key, name) for key, name in names.items() if key != body_id),
        numbers=tuple(counters.values_list("year", "last")),
        may_rule=organisation.may_rule(ctx, body_id=body_id),
        may_prepare=bool(
            access.answer(ctx.actor, Right.MEETING_PREPARE, Meeting(tenant_id=body.tenant_id, body_id=body_id))
        ),
        year=ctx.today.year,
        has_cases=Case.objects.filter(body_id=body_id, year=ctx.today.year).exists(),
    )
