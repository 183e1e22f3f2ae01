"""What has happened in the risk register, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kompetanse.foundation.operation import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRegistered(Event):
    risk_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskChanged(Event):
    risk_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskAssessed(Event):
    risk_id: int
    probability: int
    consequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MitigationAdded(Event):
    risk_id: int
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MitigationDone(Event):
    risk_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskNoted(Event):
    risk_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskClosed(Event):
    risk_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskReopened(Event):
    risk_id: int
