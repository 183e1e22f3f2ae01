"""The leader's pages: my people in a campaign, rating one, registering for one, paper forms."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.assessments import api as assessments
from kompetanse.domains.assessments.api import Right
from kompetanse.domains.assessments.queries.words import level_name
from kompetanse.domains.assessments.types import CampaignStatus, HasNoPostHere, Level, Progress
from kompetanse.kernel.errors import NotFound
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .answering import FAULTS, rating_form, rating_reply
from .shapes import progress_parts, rated_parts, reminded_words, unit_bars


@page("kartlegging/<int:campaign_id>/folk/", right=Right.ANSWER_LEAD)
def people(request: PageRequest, campaign_id: int) -> Reply:
    """My people with how far each answer has come; a POST reminds those who lack it."""
    shows_all = request.GET.get("alle") == "1"
    found = assessments.get_people_page(request.ctx, campaign_id=campaign_id, shows_all=shows_all)
    if request.method == "POST":
        count = assessments.remind_people(request.ctx, campaign_id=campaign_id)
        return Reply.done(reverse("assessments.people", args=[campaign_id]), reminded_words(count))
    rows = [(row, progress_parts(row.own), rated_parts(row.manager)) for row in found.people]
    is_open = found.campaign.status is CampaignStatus.OPEN
    return Reply.page(
        "assessments/people.html", found, rows=rows, is_open=is_open, bars=unit_bars(found.campaign, found.units)
    )


@page("kartlegging/<int:campaign_id>/folk/<int:employee_id>/", right=Right.ANSWER_LEAD)
def rate(request: PageRequest, campaign_id: int, employee_id: int) -> Reply:
    """Rate one of my people, on one page, beside what the person has said."""
    found = assessments.get_rating_page(request.ctx, campaign_id=campaign_id, employee_id=employee_id)
    form = rating_form(request, found)
    if request.method == "POST" and form.is_valid():
        with catching(form, *FAULTS, HasNoPostHere):
            done = assessments.rate_person(
                request.ctx, campaign_id=campaign_id, employee_id=employee_id, answers=form.answers()
            )
            return _saved(campaign_id, found.name, done)
    return rating_reply(found, form, title=found.name, lead=_("Din vurdering som leder. Personen ser hva du svarer."))


@page("kartlegging/<int:campaign_id>/folk/<int:employee_id>/registrer/", right=Right.ANSWER_LEAD)
def register(request: PageRequest, campaign_id: int, employee_id: int) -> Reply:
    """Register a person's own answer, from paper or by phone."""
    found = assessments.get_rating_page(request.ctx, campaign_id=campaign_id, employee_id=employee_id, on_behalf=True)
    form = rating_form(request, found)
    if request.method == "POST" and form.is_valid():
        with catching(form, *FAULTS, HasNoPostHere):
            done = assessments.answer_for(
                request.ctx, campaign_id=campaign_id, employee_id=employee_id, answers=form.answers()
            )
            return _saved(campaign_id, found.name, done)
    lead = _("Registrer det personen selv har svart, på papir eller i telefonen. Det står at svaret kom gjennom deg.")
    return rating_reply(found, form, title=_("Svar for %(name)s") % {"name": found.name}, lead=lead)


@page("kartlegging/<int:campaign_id>/skjema/", right=Right.ANSWER_LEAD, methods=("GET",))
def paper(request: PageRequest, campaign_id: int) -> Reply:
    """Forms on paper: for those of my people who have not answered, or for the one that `?ansatt=` names."""
    asked = request.GET.get("ansatt", "")
    if asked and not asked.isdecimal():
        raise NotFound()
    found = assessments.list_forms(request.ctx, campaign_id=campaign_id, employee_id=int(asked) if asked else None)
    return Reply.page("assessments/paper.html", found, levels=[level_name(level) for level in Level])


def _saved(campaign_id: int, name: str, done: Progress) -> Reply:
    text = _("Svarene for %(name)s er lagret.") if done is Progress.DONE else _("Lagret. Noe gjenstår for %(name)s.")
    return Reply.done(reverse("assessments.people", args=[campaign_id]), text % {"name": name})
