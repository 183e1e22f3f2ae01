"""Who may see and do what. What is said about people is for them, their leaders and the municipality's HR.

The office and the contact person run campaigns and see how many have answered; the forum has no rule here.
A leader reaches the ratings of people through the posts led (`sees`), as with other competence.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from kompetanse.domains.organisation.types import Role, StaffRow
from kompetanse.foundation.access import Holds, Owns, Policy
from kompetanse.kernel.context import Actor
from kompetanse.kernel.text_marker import N_

from .models import Campaign, CriticalMark, ExpertMandate, Participant, PeerInvitation, Rating, SnapshotRow, WantedRange


class Right(StrEnum):
    CAMPAIGN_MANAGE = "campaign:manage"
    ANSWER_GIVE = "answer:give"
    ANSWER_LEAD = "answer:lead"
    ANSWER_RATES = "answer:rates"
    RATING_READ = "rating:read"
    PEER_RATE = "peer:rate"
    EXPERT_RATE = "expert:rate"
    MANDATE_GIVE = "mandate:give"
    RANGE_SET = "range:set"
    CRITICAL_MARK = "critical:mark"
    SNAPSHOT_READ = "snapshot:read"


DECIDES = (Holds(Role.HR), Holds(Role.COURSE_ADMINISTRATOR))


class CampaignPolicy(Policy):
    model = Campaign
    grants = {
        Right.CAMPAIGN_MANAGE: (Holds(Role.HR), Holds(Role.CONTACT_PERSON), Holds(Role.COURSE_ADMINISTRATOR)),
    }
    refusal = N_("Kartlegginger lages av HR, kontaktpersonen eller kompetansekontoret. Ta kontakt med dem.")


class ParticipantPolicy(Policy):
    model = Participant
    grants = {
        Right.ANSWER_GIVE: (Owns("employee.person_id"),),
        # Rating, registering on behalf, reminding. Nobody answers for themself: the acts refuse that.
        Right.ANSWER_LEAD: (Holds(Role.LEADER, at="unit.path"),),
        # How many have answered in each unit.
        Right.ANSWER_RATES: (Holds(Role.LEADER, at="unit.path"), Holds(Role.HR, at="unit.path")),
    }
    refusal = N_("Personen hører til en annen leders folk. Spør lederen for arbeidsstedet.")


class RatingPolicy(Policy):
    model = Rating
    grants = {Right.RATING_READ: (Owns("employee.person_id"), Holds(Role.HR))}
    refusal = N_("Vurderinger kan leses av den de gjelder, lederen og kommunens HR.")


class PeerInvitationPolicy(Policy):
    model = PeerInvitation
    grants = {Right.PEER_RATE: (Owns("peer.person_id"),)}


class ExpertMandatePolicy(Policy):
    model = ExpertMandate
    grants = {
        Right.EXPERT_RATE: (Owns("expert.person_id"),),
        Right.MANDATE_GIVE: DECIDES,
    }


class WantedRangePolicy(Policy):
    model = WantedRange
    grants = {Right.RANGE_SET: DECIDES}


class CriticalMarkPolicy(Policy):
    model = CriticalMark
    grants = {Right.CRITICAL_MARK: DECIDES}
    refusal = N_("Det er kommunens HR og kompetansekontoret som avgjør hva som er kritisk.")


class SnapshotRowPolicy(Policy):
    model = SnapshotRow
    grants = {Right.SNAPSHOT_READ: (Holds(Role.HR),)}
    refusal = N_("Rapporten fra kartleggingen er for kommunens HR.")


def leads(actor: Actor, posts: Iterable[StaffRow]) -> bool:
    """Does the actor lead the one who holds one of these posts, there? Nobody leads themself."""
    return actor.is_system or any(
        post.person_id != actor.person_id and Holds(Role.LEADER, at="unit_path").allows(actor, post) for post in posts
    )


def sees(actor: Actor, posts: Iterable[StaffRow]) -> bool:
    """May the actor read what is said about the one who holds these posts? Oneself, the leader, HR."""
    rules = (Owns("person_id"), Holds(Role.LEADER, at="unit_path"), Holds(Role.HR, at="unit_path"))
    return actor.is_system or any(rule.allows(actor, post) for post in posts for rule in rules)
