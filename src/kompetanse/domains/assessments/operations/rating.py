"""Ratings: by oneself, by the leader, by an invited colleague, by an expert. Only on what is required today."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q

from kompetanse.domains.assessments import rules
from kompetanse.domains.assessments.events import PeerInvited, RatingsGiven
from kompetanse.domains.assessments.models import Campaign, ExpertMandate, Participant, PeerInvitation, Rating
from kompetanse.domains.assessments.permissions import Right, leads
from kompetanse.domains.assessments.queries.answers import led_participant, own_participant
from kompetanse.domains.assessments.queries.marks import to_rate_as_expert
from kompetanse.domains.assessments.queries.standing import (
    everything,
    newest,
    required_today,
    valid_on,
)
from kompetanse.domains.assessments.types import (
    LONGEST_COMMENT,
    CampaignIsNotOpen,
    CampaignStatus,
    CommentIsTooLong,
    HasNoPostHere,
    Level,
    LevelIsUnknown,
    PeerIsNotColleague,
    Progress,
    RaterIsNotAsked,
    RaterKind,
    RatingInput,
    RequirementIsNotTheirs,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import Refused
from kompetanse.kernel.text_marker import N_


@dataclass(frozen=True, slots=True)
class Word:
    """Who says something about whom, as what, in which campaign."""

    tenant_id: int
    employee_id: int
    kind: RaterKind
    rater_id: int
    through_id: int | None = None
    campaign_id: int | None = None


@operation
def answer_self(ctx: Context, *, campaign_id: int, answers: Mapping[int, RatingInput]) -> Progress:
    """Save the actor's own answer, whole or in part: by requirement id. Gives how far it has come.

    Raises NotFound, CampaignIsNotOpen, RaterIsNotAsked, RequirementIsNotTheirs, LevelIsUnknown, CommentIsTooLong.
    """
    found = Participant.objects.select_related("campaign").select_for_update(of=("self",), no_key=True)
    row = own_participant(ctx, found, campaign_id)
    return _answer(ctx, row, required_today(ctx, row.employee_id, row.campaign.requirements), answers, None)


@operation
def answer_for(ctx: Context, *, campaign_id: int, employee_id: int, answers: Mapping[int, RatingInput]) -> Progress:
    """Register a person's own answer, from paper or by phone. It is the person's word, and seen to come through you.

    Raises as `answer_self`, and Refused where the actor does not lead the person.
    """
    row = _led(ctx, campaign_id, employee_id)
    asked = required_today(everything(ctx), employee_id, row.campaign.requirements)
    return _answer(ctx, row, asked, answers, _me(ctx, row.tenant_id))


def _answer(
    ctx: Context, row: Participant, asked: Collection[int], answers: Mapping[int, RatingInput], through: int | None
) -> Progress:
    _check_open(row.campaign)
    if not row.campaign.asks_self:
        raise RaterIsNotAsked()
    word = Word(row.tenant_id, row.employee_id, RaterKind.SELF, row.employee_id, through, row.campaign_id)
    if give(ctx, word, asked, answers):
        row.through_id = through
    done = rules.is_complete(asked, _answered(word))
    row.requirements = sorted(asked)
    row.self_begun_at = row.self_begun_at or ctx.now
    row.self_done_at = (row.self_done_at or ctx.now) if done else None
    row.save(update_fields=["requirements", "self_begun_at", "self_done_at", "through"])
    return Progress.DONE if done else Progress.BEGUN


@operation
def rate_person(ctx: Context, *, campaign_id: int, employee_id: int, answers: Mapping[int, RatingInput]) -> Progress:
    """The leader rates one of the people led: only what the posts that the actor leads require.

    Raises as `answer_self`, and Refused where the actor does not lead the person.
    """
    row = _led(ctx, campaign_id, employee_id)
    asked = required_today(ctx, employee_id, row.campaign.requirements)
    _check_open(row.campaign)
    if not row.campaign.asks_manager:
        raise RaterIsNotAsked()
    word = Word(row.tenant_id, employee_id, RaterKind.MANAGER, _me(ctx, row.tenant_id), None, row.campaign_id)
    give(ctx, word, asked, answers)
    done = rules.is_complete(asked, _answered(word))
    row.manager_begun_at = row.manager_begun_at or ctx.now
    row.manager_done_at = (row.manager_done_at or ctx.now) if done else None
    row.save(update_fields=["manager_begun_at", "manager_done_at"])
    return Progress.DONE if done else Progress.BEGUN


def _led(ctx: Context, campaign_id: int, employee_id: int) -> Participant:
    """One of the people led, locked."""
    found = Participant.objects.select_related("campaign", "employee", "unit")
    return led_participant(ctx, found, campaign_id, employee_id, lock=True)


@operation
def invite_peer(ctx: Context, *, employee_id: int, peer_id: int, campaign_id: int | None = None) -> int:
    """The person, or the leader, asks a named colleague in the municipality to rate the person. Gives the id.

    Told again, the same invitation is given back. Raises NotFound, Refused, PeerIsNotColleague, CampaignIsNotOpen.
    """
    staff = organisation.list_staff(ctx, employee_id=employee_id)
    who = organisation.access_employee(ctx, employee_id=employee_id)
    if who.person_id != ctx.actor.person_id and not leads(ctx.actor, staff):
        raise Refused(why=N_("Bare personen selv og lederen kan be en kollega om en vurdering."))
    peers = organisation.list_staff(everything(ctx), employee_id=peer_id, tenant_id=who.tenant_id)
    if not peers or peers[0].person_id == who.person_id:
        raise PeerIsNotColleague()
    if campaign_id is not None:
        campaign = Campaign.objects.filter(pk=campaign_id, tenant_id=who.tenant_id).first()
        if campaign is None or campaign.status != CampaignStatus.OPEN:
            raise CampaignIsNotOpen()
    row, is_new = PeerInvitation.objects.get_or_create(
        tenant_id=who.tenant_id, employee_id=employee_id, peer_id=peer_id, campaign_id=campaign_id,
        defaults={"invited_by_id": ctx.actor.person_id, "invited_at": ctx.now},
    )  # fmt: skip
    if is_new:
        publish(ctx, PeerInvited(tenant_id=who.tenant_id, invitation_id=row.pk, employee_id=employee_id))
    return int(row.pk)


@operation
def rate_as_peer(ctx: Context, *, invitation_id: int, answers: Mapping[int, RatingInput]) -> Progress:
    """The invited colleague says what they think. Raises NotFound, Refused, and as `answer_self`."""
    invitations = PeerInvitation.objects.select_related("campaign", "peer")
    row = access.fetch(ctx, invitations, invitation_id, Right.PEER_RATE, lock=True)
    if row.campaign is not None:
        _check_open(row.campaign)
    asked = required_today(everything(ctx), row.employee_id, row.campaign.requirements if row.campaign else ())
    word = Word(row.tenant_id, row.employee_id, RaterKind.PEER, row.peer_id, None, row.campaign_id)
    give(ctx, word, asked, answers)
    done = rules.is_complete(asked, _answered(word))
    row.answered_at = (row.answered_at or ctx.now) if done else None
    row.save(update_fields=["answered_at"])
    return Progress.DONE if done else Progress.BEGUN


@operation
def rate_as_expert(ctx: Context, *, mandate_id: int, answers: Mapping[int, RatingInput]) -> int:
    """The expert rates people on the mandate's requirement: by employee id. Gives how many ratings are new.

    Only those who are asked about it in an open campaign. Raises NotFound, Refused, RequirementIsNotTheirs,
    LevelIsUnknown, CommentIsTooLong.
    """
    mandates = ExpertMandate.objects.filter(valid_on(ctx.today)).select_related("expert")
    mandate = access.fetch(ctx, mandates, mandate_id, Right.EXPERT_RATE)
    people = to_rate_as_expert(mandate)
    made = 0
    for employee_id, answer in answers.items():
        if employee_id not in people:
            raise RequirementIsNotTheirs()
        asked = required_today(everything(ctx), employee_id, (mandate.requirement_id,))
        _name, _unit, campaign_id = people[employee_id]
        word = Word(mandate.tenant_id, employee_id, RaterKind.EXPERT, mandate.expert_id, None, campaign_id)
        made += give(ctx, word, asked, {mandate.requirement_id: answer})
    return made


def give(ctx: Context, word: Word, asked: Collection[int], answers: Mapping[int, RatingInput]) -> int:
    """Write what is new as new rows; what is said already is not said again. Gives how many were written."""
    if set(answers) - set(asked):
        raise RequirementIsNotTheirs()
    before = {
        key: (level, comment)
        for key, level, comment in newest(_said(word)).values_list("requirement_id", "level", "comment")
    }
    rows = []
    for requirement_id, answer in answers.items():
        if answer.level not in list(Level):
            raise LevelIsUnknown()
        comment = " ".join(answer.comment.split())
        if len(comment) > LONGEST_COMMENT:
            raise CommentIsTooLong(most=LONGEST_COMMENT)
        if before.get(requirement_id) != (answer.level, comment):
            rows.append(
                Rating(
                    tenant_id=word.tenant_id, employee_id=word.employee_id, requirement_id=requirement_id,
                    kind=word.kind, level=answer.level, comment=comment, rater_id=word.rater_id,
                    through_id=word.through_id, campaign_id=word.campaign_id, rated_at=ctx.now,
                )
            )  # fmt: skip
    Rating.objects.bulk_create(rows)
    if rows:
        publish(
            ctx,
            RatingsGiven(
                tenant_id=word.tenant_id, employee_id=word.employee_id, kind=word.kind, ratings=len(rows),
                campaign_id=word.campaign_id,
            ),
        )  # fmt: skip
    return len(rows)


def _said(word: Word) -> Q:
    """What this rater has said as this, about this person, in this campaign."""
    return Q(employee_id=word.employee_id, kind=word.kind, rater_id=word.rater_id, campaign_id=word.campaign_id)


def _answered(word: Word) -> set[int]:
    """What any rater of the kind has answered in the campaign: leaders may share the work."""
    which = Q(employee_id=word.employee_id, kind=word.kind, campaign_id=word.campaign_id)
    if word.kind is RaterKind.PEER:
        which &= Q(rater_id=word.rater_id)
    return set(newest(which).values_list("requirement_id", flat=True))


def _check_open(campaign: Campaign) -> None:
    if campaign.status != CampaignStatus.OPEN:
        raise CampaignIsNotOpen()


def _me(ctx: Context, tenant_id: int) -> int:
    """The actor as the municipality knows them. Raises HasNoPostHere."""
    for row in organisation.list_own_employments(ctx):
        if row.tenant_id == tenant_id:
            return row.id
    raise HasNoPostHere()
