"""What needs are sorted by, and how much they may hold."""

from __future__ import annotations

from enum import StrEnum

LEAST_PEOPLE, MOST_PEOPLE = 1, 10_000
LONGEST_TITLE, LONGEST_FIELD, LONGEST_REASON = 200, 160, 1000
MOST_ROWS = 20_000  # needs in one municipality's file


class NeedKind(StrEnum):
    """What kind of answer the need asks for: use what we have, learn, or recruit."""

    MOBILISE = "mobilise"
    LEARN = "learn"
    RECRUIT = "recruit"


class Cause(StrEnum):
    """Why, sorted so that it can be counted across municipalities; the reporter's own words stay at home."""

    LAW = "law"
    INSPECTION = "inspection"
    DEVIATION = "deviation"
    RENEWAL = "renewal"
    REORGANISATION = "reorganisation"
    NEW_TASKS = "new_tasks"
    RECRUITMENT = "recruitment"
    GOAL = "goal"
    UPDATE = "update"
    WISH = "wish"
    OTHER = "other"
    NONE = "none"


class Origin(StrEnum):
    FILE = "file"
    GAP = "gap"
    HAND = "hand"
    RAISED = "raised"  # suggested by the system, confirmed by a person


class WantedForm(StrEnum):
    """How those who asked would rather learn it."""

    ANY = ""
    COURSE = "course"
    ONLINE = "online"
    AT_WORK = "at_work"
    NETWORK = "network"
    EDUCATION = "education"


class NeedStatus(StrEnum):
    """Only what is reported counts in the region's pools."""

    IN_ROUND = "in_round"
    REPORTED = "reported"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


class PoolStatus(StrEnum):
    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"


class PoolOutcome(StrEnum):
    """What the forum did with a pool."""

    PRIORITISED = "prioritised"
    DEFERRED = "deferred"
    REJECTED = "rejected"


class Stage(StrEnum):
    """How far a need has come on the thread."""

    IN_ROUND = "in_round"
    RETURNED = "returned"
    REPORTED = "reported"
    ALONE = "alone"
    POOLED = "pooled"
    ON_AGENDA = "on_agenda"
    PRIORITISED = "prioritised"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
