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


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionRecorded(Event):
    plan_id: int
    amount_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRolled(Event):
    plan_id: int
    from_plan_id: int
    measures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionOpened(Event):
    plan_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionWithdrawn(Event):
    plan_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureProposed(Event):
    plan_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalWithdrawn(Event):
    plan_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChosen(Event):
    plan_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CostShared(Event):
    measure_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRecorded(Event):
    measure_id: int
    committed_ore: int
    spent_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FocusAreaSet(Event):
    area_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorSet(Event):
    area_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRead(Event):
    area_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalMeasureSet(Event):
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationNoted(Event):
    measure_id: int
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TertialWritten(Event):
    plan_id: int
    tertial: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TertialSent(Event):
    plan_id: int
    tertial: int
