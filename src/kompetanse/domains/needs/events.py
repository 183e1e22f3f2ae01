"""What has happened to needs and pools, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse.foundation.operation import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedReported(Event):
    need_id: int
    unit_id: int | None
    people: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedWithdrawn(Event):
    need_id: int
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsSynchronised(Event):
    file: str
    created: int
    changed: int
    ended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolsSuggested(Event):
    made: int
    changed: int
    emptied: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolConfirmed(Event):
    pool_id: int
    people: int
    needs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolSplit(Event):
    pool_id: int
    new_pool_id: int
    needs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolsMerged(Event):
    pool_id: int
    from_pool_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareMoved(Event):
    share_id: int
    pool_id: int
    from_pool_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolsRanked(Event):
    case_id: int
    pools: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOpened(Event):
    round_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalDelegated(Event):
    round_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedHandled(Event):
    """A need went on, back, or was spoken of in its municipality's round."""

    need_id: int
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsJoined(Event):
    need_id: int
    needs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundApproved(Event):
    round_id: int
    needs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDeclined(Event):
    """A need that the system suggested is none."""

    unit_id: int | None
    requirement_id: int
    cause: str
