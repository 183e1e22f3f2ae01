"""What waits for whom, and the pages where people answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from kompetanse.domains.assessments.models import Campaign, ExpertMandate, Participant, PeerInvitation
from kompetanse.domains.assessments.permissions import Right
from kompetanse.domains.assessments.types import (
    CampaignStatus,
    FormRow,
    LedRow,
    OwnPage,
    ParticipantRow,
    PeerRow,
    PeoplePage,
    Progress,
    RaterKind,
    RatingPage,
    WaitingRow,
)
from kompetanse.domains.competence import api as competence
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .campaigns import CAMPAIGN, campaign_row, row_of, unit_rates
from .marks import mandate_rows
from .standing import critical_in, everything, items, required_today, standing, valid_on, wanted

IN_CAMPAIGN = tuple(f"campaign__{name}" for name in CAMPAIGN)
OPEN = Q(campaign__status=CampaignStatus.OPEN, excused_at=None)
PEOPLE_SHOWN = 300


@query
def count_waiting_answers(ctx: Context) -> int:
    """How many answers wait for the actor: one's own, and the people one is the nearest leader of. One query."""
    if ctx.actor.person_id is None:
        return 0
    own = Q(campaign__asks_self=True, self_done_at=None, employee__person_id=ctx.actor.person_id)
    led = Q(campaign__asks_manager=True, manager_done_at=None, manager__person_id=ctx.actor.person_id)
    return Participant.objects.filter(OPEN, own | led).count()


@query
def get_own_page(ctx: Context) -> OwnPage:
    """All that waits for, or concerns, the actor. Four queries."""
    me = ctx.actor.person_id or 0
    mine = Participant.objects.filter(OPEN, employee__person_id=me, campaign__asks_self=True)
    led = (
        Participant.objects.filter(OPEN, manager__person_id=me)
        .order_by("campaign__ends_on", "campaign_id")
        .values_list(*IN_CAMPAIGN)
        .annotate(people=Count("id"), own=Count("self_done_at"), manager=Count("manager_done_at"))
    )
    invited = (
        PeerInvitation.objects.filter(access.rows(ctx.actor, Right.PEER_RATE), answered_at=None)
        .filter(Q(campaign=None) | Q(campaign__status=CampaignStatus.OPEN))
        .order_by("id")
        .values_list("id", "employee_id", "employee__given_name", "employee__family_name")
    )
    mandates = ExpertMandate.objects.filter(access.rows(ctx.actor, Right.EXPERT_RATE), valid_on(ctx.today))
    return OwnPage(
        tuple(
            WaitingRow(campaign_row(tuple(values)), employee_id, progress(begun, done))
            for employee_id, begun, done, *values in mine.order_by("campaign__ends_on", "id").values_list(
                "employee_id", "self_begun_at", "self_done_at", *IN_CAMPAIGN
            )
        ),
        tuple(LedRow(campaign_row(tuple(values)), *counts) for *values, counts in _split(led)),
        tuple(PeerRow(pk, who, f"{given} {family}".strip(), "") for pk, who, given, family in invited),
        tuple(mandate_rows(mandates)),
    )


def _split(found: Any) -> list[tuple[Any, ...]]:
    """A campaign's values with its three counts as one."""
    return [(*values[:-3], values[-3:]) for values in found]


@query
def get_answer_page(ctx: Context, *, campaign_id: int) -> RatingPage:
    """The actor's own answer: all that is required, with what one has said before. Raises NotFound."""
    participant = own_participant(ctx, Participant.objects.select_related("campaign__tenant"), campaign_id)
    return _page(ctx, participant, RaterKind.SELF)


def own_participant(ctx: Context, found: QuerySet[Participant], campaign_id: int) -> Participant:
    """The actor as one who is asked. Raises NotFound where the actor is not."""
    mine = found.filter(campaign_id=campaign_id, employee__person_id=ctx.actor.person_id or 0, excused_at=None)
    row = mine.exclude(campaign__status=CampaignStatus.DRAFT).order_by("id").first()
    if row is None:
        raise NotFound()
    return row


@query
def get_rating_page(ctx: Context, *, campaign_id: int, employee_id: int, on_behalf: bool = False) -> RatingPage:
    """One of the actor's people to rate, or to register for. Raises NotFound or Refused."""
    found = Participant.objects.select_related("campaign__tenant", "employee", "unit")
    participant = led_participant(ctx, found, campaign_id, employee_id)
    return _page(ctx, participant, RaterKind.SELF if on_behalf else RaterKind.MANAGER, on_behalf=on_behalf)


def led_participant(
    ctx: Context, found: QuerySet[Participant], campaign_id: int, employee_id: int, *, lock: bool = False
) -> Participant:
    """One of the people the actor leads. Raises NotFound or Refused; nobody is their own leader."""
    row = (
        found.filter(campaign_id=campaign_id, employee_id=employee_id, excused_at=None)
        .values_list("pk", flat=True)
        .first()
    )
    participant = access.fetch(ctx, found, row or 0, Right.ANSWER_LEAD, lock=lock)
    if participant.employee.person_id == ctx.actor.person_id:
        raise NotFound()
    return participant


def _page(ctx: Context, participant: Participant, kind: RaterKind, *, on_behalf: bool = False) -> RatingPage:
    campaign: Campaign = participant.campaign
    # A person's own word is about all their posts, also when it comes through the leader of one of them.
    reach = everything(ctx) if on_behalf else ctx
    asked = required_today(reach, participant.employee_id, campaign.requirements)
    which = Q(employee_id=participant.employee_id, requirement_id__in=list(asked))
    own = kind is RaterKind.SELF
    return RatingPage(
        kind, participant.employee_id, participant.employee.name, participant.unit.name,
        items(
            asked.values(), wanted(campaign.tenant_id), critical_in(campaign.tenant_id, ctx.today), standing(which)
        ),
        row_of(campaign),
        progress(participant.self_begun_at, participant.self_done_at)
        if own
        else progress(participant.manager_begun_at, participant.manager_done_at),
        on_behalf,
    )  # fmt: skip


@query
def get_people_page(ctx: Context, *, campaign_id: int, shows_all: bool = False) -> PeoplePage:
    """The leader's people in a campaign with how far each answer has come. Three queries. Raises NotFound.

    First those one is the nearest leader of; `shows_all` takes in all below.
    """
    campaign = Campaign.objects.select_related("tenant").filter(pk=campaign_id).first()
    below = Participant.objects.filter(
        access.rows(ctx.actor, Right.ANSWER_LEAD), campaign_id=campaign_id, excused_at=None
    ).exclude(employee__person_id=ctx.actor.person_id or 0)
    found = below if shows_all else below.filter(manager__person_id=ctx.actor.person_id)
    rows = list(
        found.order_by("unit__path", "employee__family_name", "employee__given_name", "employee_id").values_list(
            "employee_id", "employee__given_name", "employee__family_name", "unit_id", "unit__name", "self_begun_at",
            "self_done_at", "manager_begun_at", "manager_done_at", "through__given_name", "through__family_name",
            "employee__email", "reminded_at",
        )[: PEOPLE_SHOWN + 1]
    )  # fmt: skip
    if campaign is None or campaign.status == CampaignStatus.DRAFT or not access.possible(ctx.actor, Right.ANSWER_LEAD):
        raise NotFound()
    return PeoplePage(
        row_of(campaign),
        tuple(_participant_row(values) for values in rows[:PEOPLE_SHOWN]),
        unit_rates(campaign.pk, access.rows(ctx.actor, Right.ANSWER_RATES)),
        shows_all,
        max(0, len(rows) - PEOPLE_SHOWN),
    )


def _participant_row(values: tuple[Any, ...]) -> ParticipantRow:
    who, given, family, unit_id, unit, begun, done, led_begun, led_done, by_given, by_family, email, reminded = values
    return ParticipantRow(
        who, f"{given} {family}".strip(), unit_id, unit, progress(begun, done), progress(led_begun, led_done),
        f"{by_given or ''} {by_family or ''}".strip(), bool(email), reminded,
    )  # fmt: skip


@query
def list_forms(ctx: Context, *, campaign_id: int, employee_id: int | None = None) -> list[FormRow]:
    """Paper forms for the leader's people who have not answered, or for one of them. Two queries. Raises NotFound."""
    found = Participant.objects.filter(
        OPEN, access.rows(ctx.actor, Right.ANSWER_LEAD), campaign_id=campaign_id
    ).exclude(employee__person_id=ctx.actor.person_id or 0)
    if employee_id is None:
        found = found.filter(manager__person_id=ctx.actor.person_id, self_done_at=None)
    else:
        found = found.filter(employee_id=employee_id)
    rows = list(
        found.order_by("unit__path", "employee__family_name", "employee__given_name", "employee_id").values_list(
            "employee_id", "employee__given_name", "employee__family_name", "unit__name", "requirements"
        )
    )
    if not rows and (employee_id is not None or not Campaign.objects.filter(pk=campaign_id).exists()):
        raise NotFound()
    names = {row.id: row.name for row in competence.list_requirements()}
    return [
        FormRow(who, f"{given} {family}".strip(), unit, tuple(sorted(names[key] for key in asked if key in names)))
        for who, given, family, unit, asked in rows
    ]


@query
def get_peer_page(ctx: Context, *, invitation_id: int) -> RatingPage:
    """A colleague to rate: what is required of them, and the actor's own words only. Raises NotFound or Refused."""
    invitations = PeerInvitation.objects.select_related("campaign__tenant", "employee")
    invitation = access.fetch(ctx, invitations, invitation_id, Right.PEER_RATE)
    campaign = invitation.campaign
    asked = required_today(everything(ctx), invitation.employee_id, campaign.requirements if campaign else ())
    mine = Q(
        employee_id=invitation.employee_id, kind=RaterKind.PEER, rater_id=invitation.peer_id,
        requirement_id__in=list(asked),
    )  # fmt: skip
    ranges, critical = wanted(invitation.tenant_id), critical_in(invitation.tenant_id, ctx.today)
    return RatingPage(
        RaterKind.PEER, invitation.employee_id, invitation.employee.name, "",
        items(asked.values(), ranges, critical, standing(mine)), row_of(campaign) if campaign else None,
        Progress.DONE if invitation.answered_at else Progress.NOT_BEGUN,
    )  # fmt: skip


def progress(begun: datetime | None, done: datetime | None) -> Progress:
    if done is not None:
        return Progress.DONE
    return Progress.NOT_BEGUN if begun is None else Progress.BEGUN
