"""Answering: what waits for me, my own answer, what is said about me, a colleague, and an expert's people."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.domains.assessments import api as assessments
from kompetanse.domains.assessments.api import Right
from kompetanse.domains.assessments.types import (
    CampaignIsNotOpen,
    CampaignStatus,
    CommentIsTooLong,
    LevelIsUnknown,
    PeerIsNotColleague,
    Progress,
    RaterIsNotAsked,
    RaterKind,
    RatingPage,
    RequirementIsNotTheirs,
)
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .forms import PeerForm, RatingForm
from .shapes import about_parts, progress_parts, scale

FAULTS = (CampaignIsNotOpen, RaterIsNotAsked, RequirementIsNotTheirs, LevelIsUnknown, CommentIsTooLong)


@page("kartlegging/", signed_in=True, methods=("GET",))
def own(request: PageRequest) -> Reply:
    """What waits for me, as the one asked, as a leader, as a colleague and as an expert."""
    found = assessments.get_own_page(request.ctx)
    waiting = [(row, *progress_parts(row.progress)) for row in found.waiting]
    return Reply.page("assessments/own.html", found, waiting=waiting)


@page("kartlegging/<int:campaign_id>/svar/", right=Right.ANSWER_GIVE)
def answer(request: PageRequest, campaign_id: int) -> Reply:
    """My own answer, on one page; saved as far as it has come."""
    found = assessments.get_answer_page(request.ctx, campaign_id=campaign_id)
    form = rating_form(request, found)
    if request.method == "POST" and form.is_valid():
        with catching(form, *FAULTS):
            done = assessments.answer_self(request.ctx, campaign_id=campaign_id, answers=form.answers())
            if done is Progress.DONE:
                return Reply.done(
                    reverse("assessments.own"),
                    _("Takk. Du har svart på alt, og kan endre svarene til kartleggingen avsluttes."),
                )
            return Reply.done(reverse("assessments.answer", args=[campaign_id]), _("Lagret. Noe gjenstår ennå."))
    lead = _("Hvor godt mestrer du det som kreves i stillingen din? Velg det nivået som passer best i dag.")
    return rating_reply(found, form, title=found.campaign.title if found.campaign else "", lead=lead)


@page("kartlegging/om-meg/", signed_in=True, methods=("GET",))
def about_me(request: PageRequest) -> Reply:
    """Every rating about me, and by whom."""
    pages = assessments.list_about(request.ctx)
    shown = [{**about_parts(it), "form": PeerForm(None, it.colleagues)} for it in pages]
    return Reply.page("assessments/about.html", None, pages=shown, title=_("Vurderinger av meg"))


@page("kartlegging/om/<int:employee_id>/", right=Right.RATING_READ)
def about(request: PageRequest, employee_id: int) -> Reply:
    """Every rating about one person; the person and the leader may ask a colleague."""
    found = assessments.get_about(request.ctx, employee_id=employee_id)
    form = PeerForm(request.POST if request.method == "POST" else None, found.colleagues)
    if request.method == "POST" and form.is_valid():
        with catching(form, PeerIsNotColleague):
            assessments.invite_peer(request.ctx, employee_id=employee_id, peer_id=form.cleaned_data["peer"])
            here = reverse("assessments.about", args=[employee_id])
            return Reply.done(here, _("Kollegaen er spurt, og finner det under «Kartlegging»."))
    shown = [{**about_parts(found), "form": form}]
    status = 422 if form.is_bound and form.errors else 200
    return Reply.page("assessments/about.html", None, status=status, pages=shown, title=found.name)


@page("kartlegging/kollega/<int:invitation_id>/", right=Right.PEER_RATE)
def peer(request: PageRequest, invitation_id: int) -> Reply:
    """I rate a colleague who has asked me, or whose leader has."""
    found = assessments.get_peer_page(request.ctx, invitation_id=invitation_id)
    form = rating_form(request, found)
    if request.method == "POST" and form.is_valid():
        with catching(form, *FAULTS):
            assessments.rate_as_peer(request.ctx, invitation_id=invitation_id, answers=form.answers())
            return Reply.done(reverse("assessments.own"), _("Vurderingen er lagret."))
    lead = _("Du er spurt som kollega. Personen, lederen og HR ser hva du svarer.")
    return rating_reply(found, form, title=found.name, lead=lead)


@page("kartlegging/fagperson/<int:mandate_id>/", right=Right.EXPERT_RATE)
def expert(request: PageRequest, mandate_id: int) -> Reply:
    """I rate people on the one requirement that I have a mandate for."""
    found = assessments.get_expert_page(request.ctx, mandate_id=mandate_id)
    told = [(who.employee_id, f"{who.name}, {who.unit_name}", who.items[0]) for who in found.people]
    form = RatingForm(request.POST if request.method == "POST" else None, told, RaterKind.EXPERT)
    if request.method == "POST" and form.is_valid():
        with catching(form, *FAULTS):
            made = assessments.rate_as_expert(request.ctx, mandate_id=mandate_id, answers=form.answers())
            text = ngettext("%(n)s vurdering er lagret.", "%(n)s vurderinger er lagret.", made) % {"n": made}
            return Reply.done(reverse("assessments.expert", args=[mandate_id]), text)
    lead = _("Du vurderer som fagperson. Personen, lederen og HR ser hva du svarer.")
    return Reply.page(
        "assessments/rating.html", None, form=form, title=found.requirement_name, lead=lead, scale=scale(), is_open=True
    )


def rating_form(request: PageRequest, found: RatingPage) -> RatingForm:
    told = [(item.requirement_id, item.name, item) for item in found.items]
    return RatingForm(request.POST if request.method == "POST" else None, told, found.kind)


def rating_reply(found: RatingPage, form: RatingForm, *, title: str, lead: str) -> Reply:
    """The page with radio groups; a closed campaign is only read."""
    is_open = found.campaign is None or found.campaign.status is CampaignStatus.OPEN
    return Reply.page(
        "assessments/rating.html", found, form=form, title=title, lead=lead, scale=scale(), is_open=is_open
    )
