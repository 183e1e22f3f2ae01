"""Adopted measures and orders on them, made by the operations."""

from __future__ import annotations

from kompetanse.domains.orders import api as orders
from kompetanse.domains.organisation.types import Role
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureInput

from .governance import decided_case, frame
from .organisation import Region, Town, context, system, with_role


def plan(region: Region, *, adopted: bool = True, seats: int = 20, requirement: str = "") -> int:
    """A plan of the year with one measure, adopted by a decided case. Gives the measure's id."""
    ctx = system(region)
    frame(region)
    plan_id = plans.draft_plan(ctx, region_id=region.tenant_id, year=2027)
    measure_id = plans.add_measure(
        ctx,
        MeasureInput(
            plan_id, "Medikamenthåndtering", "Medikamenthandtering", budget_ore=10_000_00,
            seats_planned=seats, requirement_code=requirement,
        ),
    )  # fmt: skip
    plans.send_to_hearing(ctx, plan_id=plan_id)
    if adopted:
        plans.adopt_plan(ctx, plan_id=plan_id, case_id=decided_case(region))
    return measure_id


def order(region: Region, town: Town, measure_id: int, *, seats: int = 4, accepted: bool = True) -> int:
    """The municipality's contact person orders; the office accepts."""
    contact = context(with_role(region, Role.CONTACT_PERSON, town=town))
    order_id = orders.place_order(contact, tenant_id=town.tenant_id, measure_id=measure_id, seats=seats)
    if accepted:
        orders.accept_order(system(region), order_id=order_id)
    return order_id
