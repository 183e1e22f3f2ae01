"""Who may see and change what is known of people's competence.

A leader reaches evidence through the posts of the people led (organisation's POST_READ and PEOPLE_LEAD);
the rules here are for those who see a whole municipality. The forum has no rule for people: it sees the published
table, where small numbers are hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q

from kompetanse.domains.organisation.types import Role, StaffRow
from kompetanse.foundation.access import NOTHING, Holds, Owns, Policy
from kompetanse.kernel.context import Actor

from .models import (
    Arrangement,
    Dispensation,
    Duty,
    Evidence,
    LocalRule,
    PublishedGap,
    TextMapping,
    UnitCount,
    VersionReply,
)


class Right(StrEnum):
    EVIDENCE_READ = "evidence:read"
    EVIDENCE_RECORD = "evidence:record"
    EVIDENCE_CLAIM = "evidence:claim"
    DISPENSATION_READ = "dispensation:read"
    DISPENSATION_GIVE = "dispensation:give"
    DUTY_READ = "duty:read"
    DUTY_GIVE = "duty:give"
    MAPPING_CONFIRM = "mapping:confirm"
    REPORT_READ = "report:read"
    REPORT_NAMES = "report:names"
    REGISTER_SYNC = "register:sync"
    TOPIC_TEACH = "topic:teach"
    REGISTER_KEEP = "register:keep"
    REQUIREMENT_TIGHTEN = "requirement:tighten"
    VERSION_ANSWER = "version:answer"
    GAP_READ = "gap:read"
    GAP_PUBLISH = "gap:publish"
    COLLECTIVE_READ = "collective:read"
    COUNT_RECORD = "count:record"
    ARRANGEMENT_RECORD = "arrangement:record"


class EvidencePolicy(Policy):
    model = Evidence
    grants = {
        Right.EVIDENCE_READ: (
            Owns("employee.person_id"),
            Holds(Role.HR),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
        Right.EVIDENCE_RECORD: (
            Holds(Role.HR),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
        # How the municipality stands, in numbers; names are for HR and the office.
        Right.REPORT_READ: (
            Holds(Role.HR),
            Holds(Role.CHIEF_EXECUTIVE),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
        Right.REPORT_NAMES: (
            Holds(Role.HR),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
        # Telling of oneself; it counts when somebody else has seen the proof.
        Right.EVIDENCE_CLAIM: (Owns("employee.person_id"),),
        Right.REGISTER_SYNC: (
            Holds(Role.HR),
            Holds(Role.CONTACT_PERSON),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
    }


class DispensationPolicy(Policy):
    model = Dispensation
    grants = {
        Right.DISPENSATION_READ: (
            Owns("employee.person_id"),
            Holds(Role.LEADER, at="unit.path"),
            Holds(Role.HR, at="unit.path"),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
        # The leader sees it; it is decided by others.
        Right.DISPENSATION_GIVE: (
            Holds(Role.HR, at="unit.path"),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
    }


class DutyPolicy(Policy):
    model = Duty
    grants = {
        Right.DUTY_READ: (
            Owns("employee.person_id"),
            Holds(Role.LEADER, at="unit.path"),
            Holds(Role.HR, at="unit.path"),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
        Right.DUTY_GIVE: (
            Holds(Role.LEADER, at="unit.path"),
            Holds(Role.HR, at="unit.path"),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
    }


class TextMappingPolicy(Policy):
    model = TextMapping
    grants = {
        # Words and how many there are of each; never whose they are.
        Right.MAPPING_CONFIRM: (
            Holds(Role.HR),
            Holds(Role.CONTACT_PERSON),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
        # Names of topics are shared by all: the office keeps them.
        Right.TOPIC_TEACH: (Holds(Role.COURSE_ADMINISTRATOR), Holds(Role.SYSTEM_ADMINISTRATOR)),
    }


class LocalRulePolicy(Policy):
    model = LocalRule
    grants = {
        # The shared register is kept by the office, for all.
        Right.REGISTER_KEEP: (Holds(Role.COURSE_ADMINISTRATOR), Holds(Role.SYSTEM_ADMINISTRATOR)),
        # A municipality's own: requirements of its own, and stricter intervals. The office does not decide it.
        Right.REQUIREMENT_TIGHTEN: (Holds(Role.HR), Holds(Role.CONTACT_PERSON)),
    }


class VersionReplyPolicy(Policy):
    model = VersionReply
    grants = {Right.VERSION_ANSWER: (Holds(Role.HR), Holds(Role.CONTACT_PERSON))}


@dataclass(frozen=True, slots=True)
class HoldsAmong:
    """The actor holds the role in one of the municipalities that the row is about, for the whole of it."""

    role: Role
    members: str = "members"

    def allows(self, actor: Actor, row: Any) -> bool:
        return bool(self._held(actor) & set(getattr(row, self.members)))

    def rows(self, actor: Actor) -> Q:
        held = self._held(actor)
        return Q(**{f"{self.members}__overlap": sorted(held)}) if held else NOTHING

    def possible(self, actor: Actor) -> bool:
        return bool(self._held(actor))

    def _held(self, actor: Actor) -> set[int]:
        return {grant.tenant_id for grant in actor.places(self.role) if grant.unit_id is None}


class PublishedGapPolicy(Policy):
    model = PublishedGap
    grants = {
        # Told numbers of the whole region: for those who weigh and decide there, and for those in its municipalities
        # who prepare it or answer for a column.
        Right.GAP_READ: (
            Holds(Role.FORUM_MEMBER),
            Holds(Role.UNION_REPRESENTATIVE),
            Holds(Role.CHIEF_EXECUTIVE),
            Holds(Role.NETWORK_MEMBER),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
            HoldsAmong(Role.CHIEF_EXECUTIVE),
            HoldsAmong(Role.HR),
            HoldsAmong(Role.CONTACT_PERSON),
        ),
        Right.GAP_PUBLISH: (Holds(Role.COURSE_ADMINISTRATOR), Holds(Role.SYSTEM_ADMINISTRATOR)),
    }


class UnitCountPolicy(Policy):
    model = UnitCount
    grants = {
        # What a unit must have together: its leader, and those who answer for the whole municipality.
        Right.COLLECTIVE_READ: (
            Holds(Role.LEADER, at="unit.path"),
            Holds(Role.HR, at="unit.path"),
            Holds(Role.CHIEF_EXECUTIVE),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
        Right.COUNT_RECORD: (
            Holds(Role.LEADER, at="unit.path"),
            Holds(Role.HR, at="unit.path"),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
    }


class ArrangementPolicy(Policy):
    model = Arrangement
    grants = {
        # What the municipality has agreed with others.
        Right.ARRANGEMENT_RECORD: (
            Holds(Role.HR),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
    }


def answers_for(actor: Actor, post: StaffRow) -> bool:
    """Does the actor lead the one who holds this post, there? Nobody answers for themself."""
    return actor.is_system or (
        post.person_id != actor.person_id and Holds(Role.LEADER, at="unit_path").allows(actor, post)
    )
