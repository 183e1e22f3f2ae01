"""What has happened to the plans, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse.foundation.operation import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDrafted(Event):
    plan_id: int
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSentToHearing(Event):
    plan_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAdopted(Event):
    plan_id: int
    case_id: int
    budget_ore: int
    frame_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureAdded(Event):
    plan_id: int
    measure_id: int
    budget_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureChanged(Event):
    plan_id: int
    measure_id: int
    budget_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureStatusSet(Event):
    measure_id: int
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedPoolFollowed(Event):
    pool_id: int
    from_pool_id: int
    measures: int
