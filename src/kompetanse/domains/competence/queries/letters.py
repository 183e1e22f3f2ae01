"""What to write to whom when something has happened to somebody's competence: for the system."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from kompetanse.domains.competence.events import (
    DispensationGiven,
    DispensationWithdrawn,
    EvidenceClaimed,
    EvidenceDeclined,
    EvidenceVerified,
)
from kompetanse.domains.competence.models import Dispensation, Evidence
from kompetanse.domains.competence.rules import letters
from kompetanse.domains.competence.rules.letters import Occasion
from kompetanse.domains.competence.types.letters import CompetenceLetter
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import EmployeeRow, HolderRow, Role, WrittenForm
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

Told = DispensationGiven | DispensationWithdrawn | EvidenceClaimed | EvidenceVerified | EvidenceDeclined
OCCASIONS: dict[type[Told], Occasion] = {
    DispensationGiven: Occasion.DISPENSATION_GIVEN,
    DispensationWithdrawn: Occasion.DISPENSATION_WITHDRAWN,
    EvidenceClaimed: Occasion.EVIDENCE_CLAIMED,
    EvidenceVerified: Occasion.EVIDENCE_VERIFIED,
    EvidenceDeclined: Occasion.EVIDENCE_DECLINED,
}


@query
def list_letters(ctx: Context, *, event: Told) -> list[CompetenceLetter]:
    """The letters that an event gives: to the person, or, where something waits, to whoever answers for the person.

    In the municipality's written form, with the requirement's name and a link, and nothing more of the competence.
    """
    access.require_system(ctx)
    occasion = OCCASIONS[type(event)]
    who = organisation.access_employee(ctx, employee_id=event.employee_id)
    row: Dispensation | Evidence
    if isinstance(event, (DispensationGiven, DispensationWithdrawn)):
        row = Dispensation.objects.select_related("requirement").get(pk=event.dispensation_id)
        page = reverse("competence.dispensation", args=[row.pk])
    else:
        row = Evidence.objects.select_related("requirement").get(pk=event.evidence_id)
        where = "competence.answer_claim" if isinstance(event, EvidenceClaimed) else "competence.evidence"
        page = reverse(where, args=[row.pk])
    (place,) = organisation.list_municipalities(frozenset({event.tenant_id}))
    language = "nn" if place.written_form is WrittenForm.NYNORSK else "nb"
    named = row.requirement
    requirement = (named.name_nn if language == "nn" else named.name_nb) if named else ""
    receivers = _who_answers(ctx, who) if isinstance(event, EvidenceClaimed) else [who]
    found = []
    for receiver in receivers:
        letter = letters.write(
            occasion, language, name=receiver.name, person=who.name, requirement=requirement,
            link=settings.PUBLIC_URL.rstrip("/") + page,
        )  # fmt: skip
        found.append(
            CompetenceLetter(
                event.tenant_id, receiver.person_id, receiver.email, language, letter.subject, letter.body,
                f"{occasion}-{row.pk}",
            )
        )  # fmt: skip
    return found


def _who_answers(ctx: Context, who: EmployeeRow) -> list[EmployeeRow] | list[HolderRow]:
    """The leader where the person works most, the one above where that is the person; where none is, HR."""
    posts = sorted(who.posts, key=lambda post: not post.is_main)
    paths = {post.unit_id: post.unit_path for post in organisation.list_staff(ctx, employee_id=who.id)}
    for post in posts:
        for unit_id in reversed(paths.get(post.unit_id, ())):
            leader = organisation.find_leader_of(ctx, unit_id=unit_id)
            if leader and leader.person_id != who.person_id:
                return [leader]
    unit = posts[0].unit_id if posts else None
    holders = organisation.list_role_holders(ctx, tenant_id=who.tenant_id, roles=frozenset({Role.HR}), unit_id=unit)
    return [holder for holder in holders if holder.person_id != who.person_id]
