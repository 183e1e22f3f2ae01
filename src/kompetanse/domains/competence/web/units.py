"""The leader's pages: my units, one unit's matrix, one person."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import (
    EvidenceInput,
    EvidenceSource,
    UnknownRequirement,
)
from kompetanse.domains.competence.types.documents import Sight
from kompetanse.domains.competence.types.ledger import CertificateIsAnothers
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.kernel.errors import Refused
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .claims import DATES, ClaimForm, choose_requirement
from .seen import seen
from .shapes import lacking, leave_words, need_url, person_parts, unit_matrix, waiting_words

DUE = (30, 90, 180)  # days ahead that a leader may look


@page("kompetanse/", right=organisation.Right.UNIT_PEOPLE, methods=("GET",))
def overview(request: PageRequest) -> Reply:
    found = competence.get_overview(request.ctx)
    claims = competence.count_claims(request.ctx)
    return Reply.page("competence/overview.html", found, waiting=waiting_words(found.waiting), claims=claims)


@page("kompetanse/enhet/<int:unit_id>/", right=organisation.Right.UNIT_PEOPLE, methods=("GET",))
def unit(request: PageRequest, unit_id: int) -> Reply:
    """`?frist=30` narrows what is due to the next thirty days."""
    found = competence.get_unit_matrix(request.ctx, unit_id=unit_id)
    asked = request.GET.get("frist", "")
    within = int(asked) if asked in {str(days) for days in DUE} else DUE[-1]
    return Reply.page(
        "competence/unit.html",
        found,
        matrix=unit_matrix(found) if found.rows else None,
        lacking=lacking(found),
        columns=[(column, need_url(unit_id, column)) for column in found.columns],
        due=[(days, found.due_within(days), f"?frist={days}#frister") for days in DUE],
        within=within,
        due_rows=[row for row in found.due if row.days_left <= within],
        tabs=[
            {
                "label": _("%(days)s dager") % {"days": days},
                "url": f"?frist={days}#frister",
                "current": days == within,
                "count": found.due_within(days),
            }
            for days in DUE
        ],
        leave=[(row, leave_words(row)) for row in found.leave],
    )


@page("kompetanse/person/<int:employee_id>/", right=organisation.Right.POST_READ)
def person(request: PageRequest, employee_id: int) -> Reply:
    found = competence.get_person_competence(request.ctx, employee_id=employee_id)
    posted = request.method == "POST"
    form = ClaimForm(request.POST if posted else None, initial={"requirement": request.GET.get("krav")})
    choose_requirement(form, found)
    if posted and not found.may_record:
        raise Refused(why=_("Bare leder, HR og kompetansekontoret kan registrere bevis."))
    if posted and form.is_valid():
        data = form.cleaned_data
        with catching(form, *DATES, UnknownRequirement, CertificateIsAnothers):
            competence.record_evidence(
                request.ctx,
                EvidenceInput(
                    tenant_id=found.tenant_id,
                    employee_id=employee_id,
                    requirement_code=data["requirement"],
                    title=data["title"],
                    completed_on=data["completed_on"],
                    source=EvidenceSource.MANAGER,
                    issuer=data["issuer"],
                    certificate_number=data["certificate_number"],
                    valid_to=data["valid_to"],
                ),
            )
            return Reply.done(reverse("competence.person", args=[employee_id]), _("Beviset er registrert."))
    actor = request.ctx.actor
    own = found.person_id == actor.person_id
    reply = Reply.page(
        "competence/person.html",
        found,
        form=form,
        parts=person_parts(found, competence.list_under_way(request.ctx, employee_id=employee_id)),
        own=own,
        may_record=found.may_record and not own,
        may_dispense=not own and access.possible(actor, competence.Right.DISPENSATION_GIVE),
        may_give_duty=found.may_record,
        may_look_back=own or access.possible(actor, competence.Right.DISPENSATION_GIVE),
    )
    return reply.after(seen(request.ctx, found, Sight.COMPETENCE))
