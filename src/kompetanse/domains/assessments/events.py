"""What has happened to campaigns, ratings and marks, in the past tense. Never what was said about whom."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse.foundation.operation import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignPlanned(Event):
    campaign_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignChanged(Event):
    campaign_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignOpened(Event):
    campaign_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignClosed(Event):
    campaign_id: int
    people: int
    ratings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleAsked(Event):
    campaign_id: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersAsked(Event):
    """Somebody should be written to. `occasion` says what about, `cause` makes each letter one of a kind."""

    campaign_id: int
    occasion: str
    cause: str
    employees: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingsGiven(Event):
    """Somebody rated a person. Which levels is in the ratings alone."""

    employee_id: int
    kind: str
    ratings: int
    campaign_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerInvited(Event):
    invitation_id: int
    employee_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateGiven(Event):
    mandate_id: int
    requirement_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateEnded(Event):
    mandate_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeSet(Event):
    requirement_id: int
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticalMarked(Event):
    mark_id: int
    requirement_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticalEnded(Event):
    mark_id: int
