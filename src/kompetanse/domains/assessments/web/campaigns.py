"""Campaigns for those who run them: list, make, open, follow, close, report."""

from __future__ import annotations

import io

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.assessments import api as assessments
from kompetanse.domains.assessments import rules
from kompetanse.domains.assessments.api import Right
from kompetanse.domains.assessments.types import (
    CampaignInput,
    CampaignIsNotDraft,
    CampaignStatus,
    NobodyIsAsked,
    PeriodIsBackwards,
    TitleIsMissing,
    UnknownTarget,
)
from kompetanse.domains.competence import api as competence
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.kernel.errors import NotFound
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .forms import CampaignForm
from .shapes import rate_words, sheets, status_parts, sum_parts, target_words, unit_bars

FAULTS = (TitleIsMissing, PeriodIsBackwards, NobodyIsAsked, UnknownTarget, CampaignIsNotDraft)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("kartlegginger/", right=Right.CAMPAIGN_MANAGE, methods=("GET",))
def campaigns(request: PageRequest) -> Reply:
    found = assessments.list_campaigns(request.ctx)
    rows = [(row, *status_parts(row)) for row in found]
    may_decide = access.possible(request.ctx.actor, Right.RANGE_SET)
    many = len({row.tenant_id for row in found}) > 1
    return Reply.page("assessments/campaigns.html", found, rows=rows, many=many, may_decide=may_decide)


@page("kartlegginger/ny/", right=Right.CAMPAIGN_MANAGE)
def new_campaign(request: PageRequest) -> Reply:
    """Draft a campaign in the municipality that `?kommune=` names, or the only one there is."""
    places = assessments.list_campaign_places(request.ctx)
    asked = request.GET.get("kommune", "")
    chosen = next((place for place in places if str(place[0]) == asked or len(places) == 1), None)
    if chosen is None:
        return Reply.page("assessments/choose_place.html", places)
    form = _form(request, chosen[0], None)
    if request.method == "POST" and form.is_valid():
        with catching(form, *FAULTS):
            made = assessments.plan_campaign(request.ctx, campaign=form.as_input(chosen[0]))
            notice = _("Kartleggingen er laget som utkast. Ingen er spurt før du åpner den.")
            return Reply.done(reverse("assessments.campaign", args=[made]), notice)
    return Reply.page("assessments/campaign_form.html", None, form=form, title=_("Ny kartlegging"), place=chosen[1])


@page("kartlegginger/<int:campaign_id>/endre/", right=Right.CAMPAIGN_MANAGE)
def edit_campaign(request: PageRequest, campaign_id: int) -> Reply:
    found = assessments.get_campaign(request.ctx, campaign_id=campaign_id)
    form = _form(request, found.campaign.tenant_id, found.told)
    if request.method == "POST" and form.is_valid():
        with catching(form, *FAULTS):
            told = form.as_input(found.campaign.tenant_id)
            assessments.change_campaign(request.ctx, campaign_id=campaign_id, campaign=told)
            return Reply.done(_to(campaign_id), _("Endringene er lagret."))
    return Reply.page(
        "assessments/campaign_form.html", found, form=form, title=_("Endre kartleggingen"),
        place=found.campaign.municipality,
    )  # fmt: skip


@page("kartlegginger/<int:campaign_id>/", right=Right.CAMPAIGN_MANAGE, methods=("GET",))
def campaign(request: PageRequest, campaign_id: int) -> Reply:
    """One campaign: whom and what it asks, how many have answered, and what to do next."""
    found = assessments.get_campaign(request.ctx, campaign_id=campaign_id)
    row, told = found.campaign, found.told
    shown = [
        (label, rate, rate_words(rate))
        for label, rate in ((_("Den ansatte selv"), found.own), (_("Leder"), found.manager))
        if rate is not None
    ]
    return Reply.page(
        "assessments/campaign.html",
        found,
        status=200,
        state=status_parts(row),
        facts=[
            (_("Kommune"), row.municipality),
            (_("Hvem"), target_words(told.sectors, told.titles, found.unit_names)),
            (_("Hva"), ", ".join(found.requirement_names) or _("Alt som kreves av den enkelte")),
        ],
        rates=shown,
        bars=unit_bars(row, found.units),
        sums=sum_parts(found.sums),
        is_draft=row.status is CampaignStatus.DRAFT,
        is_open=row.status is CampaignStatus.OPEN,
        is_closed=row.status is CampaignStatus.CLOSED,
    )


@page("kartlegginger/<int:campaign_id>/apne/", right=Right.CAMPAIGN_MANAGE, methods=("POST",))
def open_campaign(request: PageRequest, campaign_id: int) -> Reply:
    assessments.open_campaign(request.ctx, campaign_id=campaign_id)
    return Reply.done(_to(campaign_id), _("Kartleggingen er åpen. De som skal svare, får brev."))


@page("kartlegginger/<int:campaign_id>/lukk/", right=Right.CAMPAIGN_MANAGE)
def close(request: PageRequest, campaign_id: int) -> Reply:
    """Ask once, then close: what stands is frozen."""
    found = assessments.get_campaign(request.ctx, campaign_id=campaign_id)
    if request.method == "POST":
        assessments.close_campaign(request.ctx, campaign_id=campaign_id)
        return Reply.done(_to(campaign_id), _("Kartleggingen er avsluttet, og resultatet er frosset."))
    return Reply.page("assessments/close.html", found)


@page("kartlegginger/<int:campaign_id>/rapport.xlsx", right=Right.SNAPSHOT_READ, methods=("GET",))
def report(request: PageRequest, campaign_id: int) -> Reply:
    """The report with persons, for the municipality's HR."""
    found = assessments.get_report(request.ctx, campaign_id=campaign_id)
    out = io.BytesIO()
    rules.write_book(out, sheets(found))
    return Reply.file(out.getvalue(), filename=f"kartlegging-{campaign_id}.xlsx", content_type=XLSX)


def _form(request: PageRequest, tenant_id: int, before: CampaignInput | None) -> CampaignForm:
    units = organisation.list_units(request.ctx, tenant_id=tenant_id)
    if not units:
        raise NotFound()
    requirements = [(row.id, row.name) for row in competence.list_requirements()]
    return CampaignForm(request.POST if request.method == "POST" else None, units, requirements, before)


def _to(campaign_id: int) -> str:
    return reverse("assessments.campaign", args=[campaign_id])
