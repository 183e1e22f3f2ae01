"""All that is said about one person, and by whom; and the letters about a campaign."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from kompetanse.domains.assessments import rules
from kompetanse.domains.assessments.models import Campaign, Participant, PeerInvitation, Rating
from kompetanse.domains.assessments.permissions import Right, leads, sees
from kompetanse.domains.assessments.types import AboutPage, LetterRow, PeerRow
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import StaffRow, WrittenForm
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import Refused

from .standing import critical_in, everything, items, rating_rows, required_today, standing, wanted

EARLIER_SHOWN = 200


@query
def list_about(ctx: Context) -> list[AboutPage]:
    """All ratings about the actor, one page per municipality they work in."""
    return [get_about(ctx, employee_id=row.id) for row in organisation.list_own_employments(ctx)]


@query
def get_about(ctx: Context, *, employee_id: int) -> AboutPage:
    """All ratings about one person and by whom: for the person, the leader and HR. Raises NotFound or Refused."""
    staff = organisation.list_staff(ctx, employee_id=employee_id)
    who = organisation.access_employee(ctx, employee_id=employee_id)
    if not sees(ctx.actor, staff) and not access.answer(
        ctx.actor, Right.RATING_READ, Rating(tenant_id=who.tenant_id, employee_id=employee_id)
    ):
        raise Refused(why=access.policies()[Right.RATING_READ].refusal)
    asked = required_today(ctx, employee_id)
    stands = standing(Q(employee_id=employee_id))
    every = Rating.objects.filter(employee_id=employee_id).order_by("-rated_at", "-id")
    names = dict(every.values_list("requirement_id", "requirement__name_nb"))
    names |= {row.requirement_id: row.name for row in asked.values()}
    shown = {(row.requirement_id, row.kind, row.rated_at) for row in stands if row.requirement_id in asked}
    may_invite = who.person_id == ctx.actor.person_id or leads(ctx.actor, staff)
    invitations = PeerInvitation.objects.filter(employee_id=employee_id).order_by("-invited_at", "-id")
    return AboutPage(
        employee_id,
        who.tenant_id,
        who.name,
        who.person_id == ctx.actor.person_id,
        items(asked.values(), wanted(who.tenant_id), critical_in(who.tenant_id, ctx.today), stands),
        tuple(
            (names[row.requirement_id], row)
            for row in rating_rows(every[:EARLIER_SHOWN])
            if (row.requirement_id, row.kind, row.rated_at) not in shown
        ),
        tuple(
            PeerRow(pk, employee_id, who.name, f"{given} {family}".strip())
            for pk, given, family in invitations.values_list("id", "peer__given_name", "peer__family_name")
        ),
        tuple(colleagues(ctx, staff, employee_id).items()) if may_invite else (),
        may_invite,
    )


def colleagues(ctx: Context, staff: Collection[StaffRow], employee_id: int) -> dict[int, str]:
    """Those who work in the same units, by name: whom a person or the leader may ask to rate as a colleague."""
    found: dict[int, str] = {}
    for unit_id in sorted({post.unit_id for post in staff}):
        for post in organisation.list_staff(everything(ctx), unit_id=unit_id):
            if post.unit_id == unit_id and post.employee_id != employee_id:
                found[post.employee_id] = post.name
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


@query
def list_letters(
    ctx: Context, *, campaign_id: int, occasion: str, cause: str, employees: Collection[int]
) -> list[LetterRow]:
    """What to write about a campaign to these of its people, in the municipality's written form: for the system."""
    access.require_system(ctx)
    campaign = Campaign.objects.get(pk=campaign_id)
    about = rules.Occasion(occasion)
    role = "manager" if about in rules.TO_LEADERS else "employee"
    (place,) = organisation.list_municipalities(frozenset({campaign.tenant_id}))
    language = "nn" if place.written_form is WrittenForm.NYNORSK else "nb"
    receivers = (
        Participant.objects.filter(campaign_id=campaign_id, **{f"{role}_id__in": list(employees)})
        .order_by(f"{role}_id")
        .distinct(f"{role}_id")
        .values_list(*(f"{role}__{name}" for name in ("person_id", "given_name", "family_name", "email")))
    )
    found = []
    for person_id, given, family, email in receivers:
        letter = rules.write(
            about,
            language,
            title=campaign.title_nn if language == "nn" else campaign.title_nb,
            name=f"{given} {family}".strip(),
            deadline=f"{campaign.ends_on:%d.%m.%Y}",
            own=campaign.letter_nn if language == "nn" else campaign.letter_nb,
        )
        found.append(LetterRow(campaign.tenant_id, person_id, email, language, letter.subject, letter.body, cause))
    return found
