"""Costings, settlements and who bills, made by the operations."""

from __future__ import annotations

import itertools

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import TermsInput, Tier
from kompetanse.domains.settlements import api as settlements
from kompetanse.domains.settlements.types import CostKind, CostLineInput, Key, SellerInput
from kompetanse.kernel.organisation_numbers import check_digit

from . import courses as made
from .organisation import Region, system

_numbers = itertools.count(31_000_000)


def number() -> str:
    """A made-up organisation number whose check digit is right."""
    return next(f"{first}{digit}" for first in _numbers if (digit := check_digit(str(first))) is not None)


def terms(region: Region, told: TermsInput | None = None) -> int:
    """Half from two weeks before, all from one; documented absence is free within three days."""
    told = told or TermsInput(
        "Våre vilkår", (Tier(14, 50), Tier(7, 100)), stay_away_percent=100, documented_days=3, decide_days=7
    )
    return courses.make_terms(system(region), region_id=region.tenant_id, terms=told)


def costing(region: Region, *, run_id: int | None = None, kroner: int = 10_000, key: Key = Key.EQUAL) -> int:
    """A run's costing with a trainer that is paid."""
    run_id = run_id or made.run(region)
    costing_id = settlements.open_costing(system(region), run_id=run_id)
    spend(region, costing_id, kroner * 100)
    settlements.choose_sharing(system(region), costing_id=costing_id, key=key)
    return costing_id


def spend(region: Region, costing_id: int, ore: int) -> int:
    line = CostLineInput(CostKind.TRAINER, "Kursholder", ore, ore)
    return settlements.set_cost_line(system(region), costing_id=costing_id, line=line)


def billing(region: Region) -> None:
    """Somebody bills, and everybody can be billed."""
    ctx = system(region)
    settlements.set_seller(
        ctx, region_id=region.tenant_id,
        seller=SellerInput("Regionrådet", number(), vat_reason="Utenfor avgiftsområdet, mval. § 3-28"),
    )  # fmt: skip
    for town in region.municipalities:
        settlements.set_payer(
            ctx, region_id=region.tenant_id, municipality_id=town.tenant_id, organisation_number=number(),
            buyer_reference="4100",
        )  # fmt: skip


def settled(region: Region, costing_id: int, *, sent: bool = False, why: str = "") -> int:
    """Made and approved; sent where it is asked for."""
    settlement_id = settlements.make_settlement(system(region), costing_id=costing_id, why=why)
    settlements.approve_settlement(system(region), settlement_id=settlement_id)
    if sent:
        settlements.send_settlement(system(region), settlement_id=settlement_id)
    return settlement_id
