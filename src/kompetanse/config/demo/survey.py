"""A mapping in one municipality, in the middle of it: opened by HR, answered by some, waiting for the others."""

from __future__ import annotations

from datetime import date

from kompetanse.domains.assessments import api as assessments
from kompetanse.domains.assessments.types import CampaignInput, RatingInput
from kompetanse.domains.competence import api as competence
from kompetanse.domains.organisation.types import StaffRow

from .calendar import at
from .people import Cast, account_of

CRITICAL = "LEGEMIDDEL"
ASKED = ("LEGEMIDDEL", "HLR", "VOLD", "GDPR")
ANSWERED = 4  # of the employee's nearest colleagues


def survey(cast: Cast) -> None:
    """Everything by those who would do it; the demo's employee and leader have something left to do."""
    post = cast.employee_post
    known = {row.code: row.id for row in competence.list_requirements()}
    office = cast.as_(cast.office, at(5, 3))
    assessments.mark_critical(
        office, tenant_id=cast.region.tenant_id, requirement_id=known[CRITICAL],
        reason="Feil i legemiddelhåndtering kan koste liv.", valid_from=date(2027, 5, 3),
    )  # fmt: skip
    assessments.set_range(office, tenant_id=cast.region.tenant_id, requirement_id=known[CRITICAL], lowest=3, highest=4)
    hr = cast.as_(cast.contacts[post.tenant_id], at(5, 24))
    campaign_id = assessments.plan_campaign(
        hr,
        campaign=CampaignInput(
            tenant_id=post.tenant_id, title_nb="Kartlegging i omsorg, våren 2027",
            title_nn="Kartlegging i omsorg, våren 2027", starts_on=date(2027, 5, 24), ends_on=date(2027, 6, 18),
            units=(post.unit_id,), requirements=tuple(known[code] for code in ASKED if code in known),
            letter_nb="Svarene brukes når vi planlegger kurs til høsten.",
            letter_nn="Svara blir brukte når vi planlegg kurs til hausten.",
        ),
    )  # fmt: skip
    assessments.open_campaign(hr, campaign_id=campaign_id)
    assessments.ask_people(hr, campaign_id=campaign_id)
    for number, colleague in enumerate(_colleagues(cast)[:ANSWERED]):
        who = account_of(cast.everything(at(5, 24)), post.tenant_id, colleague.person_id, colleague.name)
        ctx = cast.as_(who, at(5, 25, 10))
        asked = assessments.get_answer_page(ctx, campaign_id=campaign_id).items
        answers = {item.requirement_id: RatingInput(2 + (number + place) % 3) for place, item in enumerate(asked)}
        assessments.answer_self(ctx, campaign_id=campaign_id, answers=answers)
        if number < 2:
            leader = cast.as_(cast.leader, at(5, 26, 12))
            told = {key: RatingInput(min(answer.level, 3)) for key, answer in answers.items()}
            assessments.rate_person(leader, campaign_id=campaign_id, employee_id=colleague.employee_id, answers=told)
    _draft(cast)


def _draft(cast: Cast) -> None:
    """One municipality is still making up its mind about the autumn's."""
    place = next(row for row in cast.region.municipalities if row.number == "4026")
    assessments.plan_campaign(
        cast.as_(cast.contacts[place.tenant_id], at(5, 31)),
        campaign=CampaignInput(
            tenant_id=place.tenant_id, title_nb="Kartlegging høsten 2027", title_nn="Kartlegging hausten 2027",
            starts_on=date(2027, 9, 1), ends_on=date(2027, 10, 15),
        ),
    )  # fmt: skip


def _colleagues(cast: Cast) -> list[StaffRow]:
    """Those at work in the employee's unit, the employee and the leaders apart; each once."""
    found = {
        post.employee_id: post
        for post in cast.staff
        if post.unit_id == cast.employee_post.unit_id and not post.leads and post.leave_from is None
        and post.person_id != cast.employee.person_id
    }  # fmt: skip
    return list(found.values())
