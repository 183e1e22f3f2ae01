"""What courses cost: terms before people sign up, one run settled and billed, and one that is only simulated."""

from __future__ import annotations

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import RunStatus, TermsInput, Tier
from kompetanse.domains.settlements import api as settlements
from kompetanse.domains.settlements.types import (
    CostKind,
    CostLineInput,
    Key,
    PartInput,
    Place,
    SellerInput,
    SubsidyInput,
)
from kompetanse.kernel.organisation_numbers import check_digit

from . import calendar
from .calendar import at
from .people import Cast

TERMS = TermsInput(
    "Regionens vilkår", (Tier(14, 50), Tier(7, 100)), stay_away_percent=100, documented_days=3, decide_days=7,
)  # fmt: skip
FEE = 600_00
SPENT = (
    (CostKind.TRAINER, "Kursholder, en dag", 14_500_00),
    (CostKind.ROOM, "Kommunestyresalen", 3_000_00),
    (CostKind.CATERING, "Lunsj og kaffe", 5_760_00),
    (CostKind.TRAVEL, "Reise for kursholder", 1_243_50),
    (CostKind.ADMIN, "Arbeid ved kontoret", 4_000_00),
)
PLANNED = ((CostKind.TRAINER, "Kursholder, en dag", 14_500_00), (CostKind.CATERING, "Lunsj og kaffe", 4_800_00))
EXPECTED = (6, 2, 1, 2, 5, 1, 3)
MADE_UP = 31_270_000  # numbers of this kind are given out to nobody


def set_terms(cast: Cast, run_id: int) -> None:
    """The region's terms, and a price, before anybody signs up."""
    office = cast.as_(cast.office, calendar.PLANNED)
    made = {row.name: row.id for row in courses.list_terms(office)}
    terms_id = made.get(TERMS.name) or courses.make_terms(office, region_id=cast.region.tenant_id, terms=TERMS)
    courses.choose_terms(office, run_id=run_id, terms_id=terms_id, fee_ore=FEE)


def settle_runs(cast: Cast) -> None:
    """The first run that was held is made up by the office, approved by another and billed; the next to come is
    only simulated."""
    office = cast.as_(cast.office, at(5, 24))
    _billing(cast)
    held = courses.list_runs(office, status=RunStatus.HELD)
    costing_id = settlements.open_costing(office, run_id=held[0].id)
    for kind, text, ore in SPENT:
        settlements.set_cost_line(office, costing_id=costing_id, line=CostLineInput(kind, text, ore, ore))
    subsidy = SubsidyInput("Statsforvalteren, kompetansetilskudd", Place.BEFORE, 5_000_00, 5_000_00)
    settlements.set_subsidy(office, costing_id=costing_id, subsidy=subsidy)
    settlements.choose_sharing(office, costing_id=costing_id, key=Key.INHABITANTS)
    settlement_id = settlements.make_settlement(office, costing_id=costing_id)
    settlements.approve_settlement(cast.as_(cast.system, at(5, 25)), settlement_id=settlement_id)
    settlements.send_settlement(cast.as_(cast.office, at(5, 26)), settlement_id=settlement_id)
    coming = courses.list_runs(office, status=RunStatus.OPEN)
    for run in coming:
        set_terms(cast, run.id)
    costing_id = settlements.open_costing(office, run_id=coming[0].id)
    for kind, text, ore in PLANNED:
        settlements.set_cost_line(office, costing_id=costing_id, line=CostLineInput(kind, text, ore))
    # As many as are thought to come, until they have.
    thought = zip(cast.region.municipalities, EXPECTED, strict=False)
    parts = [PartInput(town.tenant_id, seats=people, participants=people) for town, people in thought]
    settlements.choose_sharing(
        office, costing_id=costing_id, key=Key.FIXED_AND_PARTICIPANTS, fixed_ore=500_00, parts=parts
    )


def _billing(cast: Cast) -> None:
    """Made-up organisation numbers, right in form."""
    office = cast.as_(cast.office, at(5, 24))
    firsts = [str(number) for number in range(MADE_UP, MADE_UP + 20) if check_digit(str(number)) is not None]
    numbers = [f"{first}{check_digit(first)}" for first in firsts]
    seller = SellerInput(
        cast.region.name, numbers[0], "Kirkegata 1", "3616", "Kongsberg", "12345678903",
        vat_reason="Utenfor merverdiavgiftsloven", due_days=30,
    )  # fmt: skip
    settlements.set_seller(office, region_id=cast.region.tenant_id, seller=seller)
    for town, number in zip(cast.region.municipalities, numbers[1:], strict=False):
        settlements.set_payer(
            office, region_id=cast.region.tenant_id, municipality_id=town.tenant_id, organisation_number=number,
            buyer_reference=f"RKK-{town.number}",
        )  # fmt: skip
