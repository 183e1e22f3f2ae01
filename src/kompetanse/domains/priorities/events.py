"""What has happened to the priorities, in the past tense. No event tells what anybody scored."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse.foundation.operation import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOpened(Event):
    round_id: int
    case_id: int
    pools: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPoolsChosen(Event):
    round_id: int
    pools: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsSet(Event):
    round_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringStarted(Event):
    round_id: int
    pools: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolScored(Event):
    round_id: int
    pool_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewsShown(Event):
    round_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolsWeighed(Event):
    round_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChosen(Event):
    round_id: int
    moved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderHandedOver(Event):
    round_id: int
    case_id: int
    pools: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPoolMerged(Event):
    """A pool became part of another while it was being weighed."""

    round_id: int
    pool_id: int
    from_pool_id: int
