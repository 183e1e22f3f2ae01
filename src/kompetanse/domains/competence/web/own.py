"""An employee's own page, and one evidence."""

from __future__ import annotations

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types.documents import Sight
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply

from .seen import seen
from .shapes import evidence_parts, person_parts


@page("min-kompetanse/", right=competence.Right.EVIDENCE_READ, methods=("GET",))
def own(request: PageRequest) -> Reply:
    pages = competence.get_own_competence(request.ctx)
    coming = competence.list_under_way(request.ctx)
    return Reply.page("competence/own.html", None, employments=[person_parts(one, coming) for one in pages])


@page("bevis/<int:evidence_id>/", right=competence.Right.EVIDENCE_READ, methods=("GET",))
def evidence(request: PageRequest, evidence_id: int) -> Reply:
    found = competence.get_evidence(request.ctx, evidence_id)
    own_one = found.person_id == request.ctx.actor.person_id
    reply = Reply.page("competence/evidence.html", found, own=own_one, **evidence_parts(found))
    return reply.after(seen(request.ctx, found, Sight.EVIDENCE))
