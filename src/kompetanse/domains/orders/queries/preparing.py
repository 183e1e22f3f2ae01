"""What an order would be: checked, priced and decided by the guidelines. The form shows it, the act writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kompetanse.domains.orders import rules
from kompetanse.domains.orders.models import Order
from kompetanse.domains.orders.permissions import Right
from kompetanse.domains.orders.rules import routing
from kompetanse.domains.orders.types import Consequence, MeasureIsClosed, PlanIsNotAdopted
from kompetanse.domains.orders.types.catalogue import OrderUnit, RoleMayNotOrder, ServiceIsClosed, ServiceKind
from kompetanse.domains.orders.types.guidelines import Facts, Ruling
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import PlanStatus
from kompetanse.foundation import access
from kompetanse.foundation.access import Holds
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound
from kompetanse.kernel.money import Money
from kompetanse.kernel.text_marker import N_

from .capacity import next_start
from .catalogue import get_service
from .guidelines import guidelines_of
from .words import in_written_form, reason

PLAN_TERMS = N_(
    "Plassene holdes av til kommunen. Kostnaden deles mellom kommunene etter fordelingsnøkkelen i planen når tiltaket "
    "er gjennomført."
)
PLAN_TERMS_NN = (
    "Plassane blir haldne av til kommunen. Kostnaden blir delt mellom kommunane etter fordelingsnøkkelen i planen når "
    "tiltaket er gjennomført."
)
NO_DAY = 0  # the courses of the measure say when; the order promises no day


@dataclass(frozen=True, slots=True)
class Prepared:
    """An order that may be placed, with all that would be frozen in it."""

    region_id: int
    facts: Facts
    ruling: Ruling
    unit: OrderUnit
    quantity: int
    price_each_ore: int
    title_nb: str
    title_nn: str
    description_nb: str
    description_nn: str
    terms_nb: str
    terms_nn: str
    days_expected: int
    release_days: int | None
    service_version: int | None


def prepare_measure(ctx: Context, *, tenant_id: int, measure_id: int, seats: int) -> Prepared:
    """Seats on a measure. Raises Refused, NotFound, PlanIsNotAdopted, MeasureIsClosed or SeatsOutOfRange."""
    if tenant_id not in ctx.tenants:
        raise NotFound()
    access.require(ctx, Right.ORDER_PLACE, Order(tenant_id=tenant_id))
    rules.check_seats(seats)
    measure = plans.get_measure(ctx, measure_id=measure_id)
    if measure.plan_status is not PlanStatus.ADOPTED:
        raise PlanIsNotAdopted()
    if not rules.can_be_ordered(measure.status):
        raise MeasureIsClosed()
    cost = rules.share_of_budget(measure.budget_ore, measure.seats_planned, seats)
    facts = Facts(
        ServiceKind.COURSE, cost_ore=cost, in_plan=True, statutory=bool(measure.requirement_code)
    )  # fmt: skip
    return Prepared(
        measure.tenant_id, facts, _ruling(ctx, measure.tenant_id, facts), OrderUnit.SEAT, seats, 0,
        measure.title_nb, measure.title_nn, "", "", PLAN_TERMS, PLAN_TERMS_NN, NO_DAY, None, None,
    )  # fmt: skip


def prepare_service(
    ctx: Context,
    *,
    tenant_id: int,
    service_id: int,
    quantity: int,
    unit_id: int | None,
    municipalities: int,
    is_statutory: bool,
    version: int | None = None,
) -> Prepared:
    """A service of the catalogue, as it is offered now; or as a `version` had it, for an order placed under that.

    Raises Refused, NotFound, ServiceIsClosed, RoleMayNotOrder or QuantityOutOfRange.
    """
    if tenant_id not in ctx.tenants:
        raise NotFound()
    if unit_id is not None and organisation.get_unit(ctx, unit_id=unit_id).tenant_id != tenant_id:
        raise NotFound()
    order = access.require(ctx, Right.ORDER_PLACE, Order(tenant_id=tenant_id, unit_id=unit_id))
    service = get_service(ctx, service_id=service_id, version=version)
    if version is None and not service.is_open:
        raise ServiceIsClosed()
    told = service.told
    if not ctx.actor.is_system and not any(Holds(role, at="unit.path").allows(ctx.actor, order) for role in told.roles):
        raise RoleMayNotOrder()
    rules.check_quantity(quantity, told.least, told.most)
    minutes = rules.check_minutes(told.minutes_each * quantity)
    region = organisation.find_region_of(frozenset({service.tenant_id}), ctx.today)
    members = len(region.municipalities) if region else 1
    facts = Facts(
        told.kind, told.price_each.ore * quantity, minutes, max(1, min(municipalities, members)), False, is_statutory
    )
    return Prepared(
        service.tenant_id, facts, _ruling(ctx, service.tenant_id, facts), told.unit, quantity, told.price_each.ore,
        told.title_nb, told.title_nn, told.description_nb, told.description_nn, told.terms_nb, told.terms_nn,
        told.days_expected, told.release_days, service.version,
    )  # fmt: skip


def _ruling(ctx: Context, region_id: int, facts: Facts) -> Ruling:
    return routing.decide_by(routing.holding(guidelines_of(region_id), ctx.today), facts)


@query
def foresee_order(ctx: Context, *, tenant_id: int, measure_id: int, seats: int) -> Consequence:
    """What an order of seats would mean. Writes nothing. Raises what placing it raises."""
    ready = prepare_measure(ctx, tenant_id=tenant_id, measure_id=measure_id, seats=seats)
    return _consequence(ctx, ready, starts=False)


@query
def foresee_service(
    ctx: Context,
    *,
    tenant_id: int,
    service_id: int,
    quantity: int,
    unit_id: int | None = None,
    municipalities: int = 1,
    is_statutory: bool = False,
) -> Consequence:
    """What an order of a service would mean. Writes nothing. Raises what ordering it raises."""
    ready = prepare_service(
        ctx, tenant_id=tenant_id, service_id=service_id, quantity=quantity, unit_id=unit_id,
        municipalities=municipalities, is_statutory=is_statutory,
    )  # fmt: skip
    return _consequence(ctx, ready, starts=True)


def _consequence(ctx: Context, ready: Prepared, *, starts: bool) -> Consequence:
    due_on = ctx.today + timedelta(days=ready.days_expected) if starts else None
    return Consequence(
        title=in_written_form(ready.title_nb, ready.title_nn),
        quantity=ready.quantity,
        unit=ready.unit,
        total=Money(ready.facts.cost_ore),
        is_estimate=ready.service_version is None,
        minutes=ready.facts.minutes,
        ruling=ready.ruling,
        why=reason(ready.ruling.reason_nb, ready.ruling.reason_nn),
        starts_about=next_start(ctx, ready.region_id) if starts and ready.facts.minutes else None,
        due_on=due_on,
        release_on=rules.release_day(due_on, ready.release_days),
        terms=reason(ready.terms_nb, ready.terms_nn),
    )
