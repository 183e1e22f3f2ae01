"""Who may see and change what is known of people's competence.

A leader reaches evidence through the posts of the people led (organisation's POST_READ and PEOPLE_LEAD);
the rules here are for those who see a whole municipality. The forum has no rule: it sees numbers, elsewhere.
"""

from __future__ import annotations

from enum import StrEnum

from kompetanse.domains.organisation.types import Role, StaffRow
from kompetanse.foundation.access import Holds, Owns, Policy
from kompetanse.kernel.context import Actor

from .models import Arrangement, Evidence, TextMapping, UnitCount


class Right(StrEnum):
    EVIDENCE_READ = "evidence:read"
    EVIDENCE_RECORD = "evidence:record"
    MAPPING_CONFIRM = "mapping:confirm"
    REPORT_READ = "report:read"
    REPORT_NAMES = "report:names"
    REGISTER_SYNC = "register:sync"
    TOPIC_TEACH = "topic:teach"
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
        Right.REGISTER_SYNC: (
            Holds(Role.HR),
            Holds(Role.CONTACT_PERSON),
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
