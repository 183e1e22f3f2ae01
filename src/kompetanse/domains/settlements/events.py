"""What has happened to the money, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse.foundation.operation import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CostingOpened(Event):
    costing_id: int
    measure_id: int
    run_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CostingChanged(Event):
    """A cost line, a subsidy, the key or who takes part."""

    costing_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementMade(Event):
    costing_id: int
    settlement_id: int
    version: int
    total_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementDiscarded(Event):
    costing_id: int
    settlement_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementApproved(Event):
    costing_id: int
    settlement_id: int
    version: int
    total_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementSent(Event):
    """`invoices` is how many bases for invoices and credit notes there are."""

    costing_id: int
    settlement_id: int
    invoices: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerSet(Event):
    region_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerSet(Event):
    municipality_id: int
