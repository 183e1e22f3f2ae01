"""Adopted measures and orders on them, made by the operations."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.types.catalogue import OrderUnit, ServiceInput, ServiceKind
from kompetanse.domains.orders.types.guidelines import GuidelineInput, Route, Rule
from kompetanse.domains.organisation.types import Role
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureInput
from kompetanse.kernel.money import Money

from .governance import decided_case, frame
from .organisation import Region, Town, Who, context, system, with_role


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


def service(region: Region, **told: object) -> int:
    """A service in the region's catalogue: help with mapping at 900 kroner an hour. Gives its id."""
    wanted = ServiceInput(
        title_nb="Hjelp til kartlegging", title_nn="Hjelp til kartlegging", kind=ServiceKind.MAPPING,
        unit=OrderUnit.HOUR, price_each=Money.kroner(900), minutes_each=60, days_expected=30, most=200,
        terms_nb="Timene føres og faktureres etter levering.",
    )  # fmt: skip
    wanted = dataclasses.replace(wanted, **told)  # type: ignore[arg-type]
    return orders.publish_service(system(region), region_id=region.tenant_id, told=wanted)


def seats_service(region: Region, **told: object) -> int:
    """A course in the catalogue, ordered in seats that can be handed back until ten days before. Gives its id."""
    wanted: dict[str, object] = {
        "title_nb": "Lunsjkurs", "title_nn": "Lunsjkurs", "kind": ServiceKind.COURSE, "unit": OrderUnit.SEAT,
        "price_each": Money.kroner(500), "minutes_each": 30, "release_days": 10,
    }  # fmt: skip
    return service(region, **(wanted | told))


def service_order(region: Region, town: Town, service_id: int, *, quantity: int = 10, **told: Any) -> int:
    """The municipality's contact person orders the service. Gives the order's id."""
    contact = context(with_role(region, Role.CONTACT_PERSON, town=town))
    return orders.order_service(contact, tenant_id=town.tenant_id, service_id=service_id, quantity=quantity, **told)


def quoted(region: Region, order_id: int, *, kroner: int = 1_000, days: int = 14, minutes: int = 600) -> int:
    """The office offers the order at a price a unit. Gives the quote's number."""
    ctx = system(region)
    return orders.send_quote(
        ctx, order_id=order_id, price_each=Money.kroner(kroner), minutes=minutes, days_expected=20,
        expires_on=ctx.today + timedelta(days=days),
    )  # fmt: skip


def guideline(region: Region, *rules: Rule, valid_from: date | None = None, otherwise: Route = Route.DIRECT) -> int:
    """Guidelines that hold from today; without rules: what is dear goes to the forum. Gives their id."""
    ctx = system(region)
    dear = Rule(Route.FORUM, "Store oppdrag avgjøres i forumet.", cost_from_ore=50_000_00)
    told = GuidelineInput(valid_from or ctx.today, rules or (dear,), otherwise)
    return orders.set_guideline(ctx, region_id=region.tenant_id, told=told)


def staff(region: Region, who: Who, *, weekly: int = 20 * 60) -> int:
    """Somebody in the office has so many minutes a week for orders. Gives the staff member's id."""
    return orders.set_staff(
        system(region), region_id=region.tenant_id, person_id=who.person_id, weekly_minutes=weekly,
        valid_from=date(2027, 1, 1),
    )  # fmt: skip
